"""Running ffmpeg on files that came from outside: on local files only, never in a shell, within a time."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import imageio_ffmpeg

from hawker.core.media import rules

NICE = ("nice", "-n", "10")
QUIET = ("-hide_banner", "-nostdin", "-y", "-nostats", "-progress", "pipe:1")
LOOK_SECONDS = 0.2
SAID_BYTES = 64 * 2**10

Hear = Callable[[float], None]


class Missing(Exception):
    """There is no ffmpeg on this machine."""


class Failed(Exception):
    """ffmpeg could not do it, or not within the time; with its last words, for the log."""


class Killed(Exception):
    """Somebody ended ffmpeg, or the machine did, for want of memory."""


class Stopped(Exception):
    """Whoever asked for it wants it no more."""


@dataclass(frozen=True)
class Source:
    """A file on the disk, and the one format that it is read as: a playlist is never taken for a video."""

    path: Path
    demuxer: str

    @property
    def words(self) -> tuple[str, ...]:
        return (
            *("-protocol_whitelist", "file,pipe"),
            *("-codec_whitelist", ",".join(rules.DECODERS)),
            *("-max_pixels", str(rules.VIDEO_PIXELS)),
            *("-f", self.demuxer),
            *("-i", f"file:{self.path}"),
        )


@cache
def program() -> str:
    """The one that is installed with Hawker, unless IMAGEIO_FFMPEG_EXE names another; else the system's."""
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise Missing(str(error)) from error


def describe(source: Source) -> str:
    """What ffmpeg says of a file that it is only shown."""
    return _run([*source.words], rules.PROBE_SECONDS, None, None).said


def convert(
    source: Source,
    words: Sequence[str],
    *,
    before: Sequence[str] = (),
    seconds: float,
    hear: Hear | None = None,
    stop: threading.Event | None = None,
) -> str:
    """Makes what `words` ask for. `hear` is told how many seconds of the video are done.

    Raises Failed, Killed, Missing, Stopped.
    """
    done = _run([*before, *source.words, *words], seconds, hear, stop)
    if done.status < 0:
        raise Killed(f"signal {-done.status}")
    if done.status > 0:
        raise Failed(done.said[-1000:])
    return done.said


@dataclass(frozen=True)
class _Done:
    status: int
    said: str


def _run(words: Sequence[str], seconds: float, hear: Hear | None, stop: threading.Event | None) -> _Done:
    # The limit in ffmpeg's own hands counts where Hawker was killed meanwhile.
    limit = ("-timelimit", str(int(seconds * 4) + 60))
    with TemporaryFile() as said, _started([*limit, *words], said) as process:
        progress = _Progress()
        telling = threading.Thread(target=progress.read, args=(process.stdout,), daemon=True)
        telling.start()
        for _ in _waiting(process, seconds):
            if stop and stop.is_set():
                raise Stopped
            if hear:
                hear(progress.seconds)
        telling.join()
        return _Done(process.returncode, _end_of(said))


@dataclass
class _Progress:
    seconds: float = 0.0

    def read(self, told: IO[bytes]) -> None:
        for line in told:
            name, _, value = line.decode(errors="replace").strip().partition("=")
            if name == "out_time_us" and value.isdecimal():
                self.seconds = int(value) / 1_000_000


@contextmanager
def _started(words: Sequence[str], said: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """In a session of its own, so that a Ctrl-C in the terminal is Hawker's to handle."""
    process = subprocess.Popen(  # noqa: S603 - no shell, and no word of the user's but the path
        [*NICE, program(), *QUIET, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=said,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _waiting(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Gives a turn now and then until the process has ended."""
    end = time.monotonic() + seconds
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=LOOK_SECONDS)
            return
        if time.monotonic() > end:
            raise Failed(f"not done after {seconds:.0f} seconds")
        yield


def _end_of(said: IO[bytes]) -> str:
    size = said.seek(0, 2)
    said.seek(max(0, size - SAID_BYTES))
    return said.read().decode(errors="replace")
