"""The files of media, in Django's default storage; whatever it is made of, it raises OSError when away."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hawker.connect.text import say
from hawker.core.problems import NotFound, Unavailable

log = logging.getLogger("hawker.media")

SCRATCH = "work-"
# Folders of `scratch`, and files as Django names them while they are uploaded.
LEFTOVERS = (f"{SCRATCH}*", "tmp*.upload*")
LEFT_FOR = timedelta(days=1)

NOT_STORED = say(
    "The picture could not be stored just now, and nothing was changed. "
    "Try again in a moment; if that does not help, tell whoever runs Hawker."
)
NOT_READ = say(
    "The picture cannot be read just now. "
    "Try again in a moment; if that does not help, tell whoever runs Hawker."
)


def keep(path: str, data: bytes) -> str:
    """Stores a file and gives the path that it got. Raises Unavailable."""
    return _keep(path, ContentFile(data))


def keep_file(path: str, file: Path) -> str:
    """As `keep`, for a file of any size."""
    with file.open("rb") as opened:
        return _keep(path, File(opened))


def content(path: str) -> bytes:
    """The bytes of a stored file. Raises NotFound where it is lost, Unavailable where the storage is away."""
    with opened(path) as file:
        data: bytes = file.read()
    return data


def part(path: str, start: int, length: int) -> bytes:
    """As `content`: so many bytes at most, from a place on."""
    fetch = getattr(default_storage, "part", None)
    if fetch:
        with _told(path):
            fetched: bytes = fetch(path, start, length)
            return fetched
    with opened(path) as file:
        file.seek(start)
        data: bytes = file.read(length)
    return data


@contextmanager
def opened(path: str) -> "Iterator[File[bytes]]":
    """A stored file for reading. Raises as `content` does, also for what fails within the block."""
    with _told(path), default_storage.open(path, "rb") as file:
        yield file


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        log.warning("media.lost path=%s", path)
        raise NotFound from error
    except OSError as error:
        log.warning("media.not_read path=%s error=%s", path, error)
        raise Unavailable(NOT_READ) from error


def is_there(path: str) -> bool:
    """Raises Unavailable where the storage is away."""
    try:
        return bool(default_storage.exists(path))
    except OSError as error:
        raise Unavailable(NOT_READ) from error


def drop(path: str) -> None:
    """Takes a file off the storage, where it is there and can be reached."""
    try:
        default_storage.delete(path)
    except OSError as error:
        log.warning("media.not_dropped path=%s error=%s", path, error)


@contextmanager
def on_disk(path: str, folder: Path) -> Iterator[Path]:
    """A stored file as one on this machine's disk: itself, or a copy within `folder`."""
    try:
        place = Path(default_storage.path(path))
    except NotImplementedError:
        place = folder / f"source{Path(path).suffix}"
        with opened(path) as source, place.open("wb") as copy:
            shutil.copyfileobj(source, copy, 2**20)
    if not place.exists():
        log.warning("media.lost path=%s", path)
        raise NotFound
    yield place


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for files that are needed for the length of the block, beside the data: videos are large.
    Raises Unavailable where there is no room for it."""
    try:
        with tempfile.TemporaryDirectory(
            dir=settings.DATA, prefix=SCRATCH, ignore_cleanup_errors=True
        ) as made:
            yield Path(made)
    except OSError as error:
        log.warning("media.no_scratch error=%s", error)
        raise Unavailable(NOT_STORED) from error


def clear(now: datetime) -> None:
    """Removes from this machine's disk what a process that died left there in the middle of its work."""
    for place in (each for names in LEFTOVERS for each in Path(settings.DATA).glob(names)):
        with suppress(OSError):
            if place.stat().st_mtime > (now - LEFT_FOR).timestamp():
                continue
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink()


def _keep(path: str, file: "File[bytes]") -> str:
    try:
        kept: str = default_storage.save(path, file)
    except OSError as error:
        log.warning("media.not_stored path=%s error=%s", path, error)
        raise Unavailable(NOT_STORED) from error
    return kept
