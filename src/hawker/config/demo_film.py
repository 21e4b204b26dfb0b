"""A film for the demo, made here so that nobody's rights are touched."""

import tempfile
from pathlib import Path

from django.core.files import File
from django.core.files.base import ContentFile

from hawker.config import demo_pictures
from hawker.core.media import ffmpeg
from hawker.core.media.ffmpeg import Source

SECONDS, RATE = 6, 30
LIMIT_SECONDS = 60


def hills() -> "File[bytes]":
    """An upright walk across the tea hills, with silence, as large as networks want one. Raises what
    `ffmpeg.convert` raises."""
    with tempfile.TemporaryDirectory() as folder:
        picture, film = Path(folder) / "hills.jpg", Path(folder) / "hills.mp4"
        picture.write_bytes(demo_pictures.tea_hills())
        ffmpeg.convert(Source(picture, "image2"), [*_words(), f"file:{film}"], seconds=LIMIT_SECONDS)
        return ContentFile(film.read_bytes(), "hills.mp4")


def _words() -> list[str]:
    frames = SECONDS * RATE
    walk = f"zoompan=z=1.3:x=(iw-iw/zoom)*on/{frames}:y=ih/8:d={frames}:s=1200x900:fps={RATE}"
    return [
        *("-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo"),
        *("-vf", f"{walk},crop=506:900,scale=720:1280:out_range=tv,setsar=1,format=yuv420p"),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "16"),
        *("-c:a", "aac", "-shortest", "-movflags", "+faststart"),
    ]
