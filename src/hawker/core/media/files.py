"""The files of pictures, in Django's default storage; whatever it is made of, it raises OSError when away."""

import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hawker.connect.text import say
from hawker.core.problems import NotFound, Unavailable

log = logging.getLogger("hawker.media")

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
    try:
        kept: str = default_storage.save(path, ContentFile(data))
    except OSError as error:
        log.warning("media.not_stored path=%s error=%s", path, error)
        raise Unavailable(NOT_STORED) from error
    return kept


def content(path: str) -> bytes:
    """The bytes of a stored file. Raises NotFound where it is lost, Unavailable where the storage is away."""
    try:
        with default_storage.open(path, "rb") as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        log.warning("media.lost path=%s", path)
        raise NotFound from error
    except OSError as error:
        log.warning("media.not_read path=%s error=%s", path, error)
        raise Unavailable(NOT_READ) from error
    return data
