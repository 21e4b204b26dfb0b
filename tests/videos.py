"""Videos for tests, each made once in a run."""

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from hawker.core.media import ffmpeg

H264 = ("-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac")
_folder = Path(tempfile.mkdtemp(prefix="hawker-videos-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)


@cache
def video(
    *more: str,
    seconds: float = 2,
    size: str = "320x568",
    rate: int = 30,
    suffix: str = "mp4",
    sound: bool = True,
) -> bytes:
    """`more`: ffmpeg's words for the output; without any H.264 and AAC, the index first."""
    target = _folder / f"made.{suffix}"
    pictures = ("-f", "lavfi", "-i", f"testsrc=duration={seconds}:size={size}:rate={rate}")
    tone = ("-f", "lavfi", "-i", f"sine=duration={seconds}") if sound else ()
    words = more or (*H264, "-movflags", "+faststart")
    subprocess.run(
        [ffmpeg.program(), "-loglevel", "error", "-y", *pictures, *tone, *words, str(target)], check=True
    )
    return target.read_bytes()
