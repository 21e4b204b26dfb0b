"""Reads of pictures, as rows, as bytes and as the values that connectors work with."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from hawker.connect.values import Media
from hawker.core.media.models import MediaFile
from hawker.core.people.rules import Actor
from hawker.core.problems import NotFound


def media(actor: Actor, ids: Iterable[UUID]) -> QuerySet[MediaFile]:
    return MediaFile.objects.filter(workspace_id=actor.workspace, id__in=list(ids))


def one(actor: Actor, media_id: UUID) -> MediaFile:
    """Raises NotFound."""
    found = media(actor, [media_id]).first()
    if found is None:
        raise NotFound
    return found


def content(path: str) -> bytes:
    """The bytes of a stored file. Raises NotFound where the storage has lost it."""
    try:
        with default_storage.open(path, "rb") as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        raise NotFound from error
    return data


def value(row: MediaFile, alt: str) -> Media:
    """The picture as a connector takes it; its bytes are read when it asks for them."""
    return Media(
        id=str(row.id),
        content_type=row.content_type,
        size=row.size,
        width=row.width,
        height=row.height,
        alt=alt,
        read=_reader(row.file),
    )


def _reader(path: str) -> Callable[[], bytes]:
    return lambda: content(path)
