"""Small videos for the tests of networks."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import imageio_ffmpeg

_LOOK = "-pix_fmt yuv420p -c:v libx264 -c:a aac -shortest -movflags +faststart"


@cache
def moving(seconds: int = 4) -> bytes:
    """An upright MP4 with sound, its index first."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "film.mp4"
        shown = ("-f", "lavfi", "-i", f"testsrc=duration={seconds}:size=90x160:rate=24")
        heard = ("-f", "lavfi", "-i", f"sine=duration={seconds}")
        program = (imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error")
        subprocess.run((*program, *shown, *heard, *_LOOK.split(), str(file)), check=True, timeout=60)
        return file.read_bytes()
