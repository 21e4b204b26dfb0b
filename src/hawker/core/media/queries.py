"""Reads of media, as rows and as the values that connectors work with."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from hawker.connect.errors import Later, Refused
from hawker.connect.text import say
from hawker.connect.values import Media
from hawker.core.media import addresses, files
from hawker.core.media.models import MediaFile, Rendition
from hawker.core.people.rules import Actor
from hawker.core.problems import NotFound, Unavailable

T = TypeVar("T")
LOST = say("Hawker has lost the file of a picture. Take the picture out of the post, or add it again.")
AWAY = say("The pictures of this post cannot be read just now. Hawker tries again by itself.")


def media(actor: Actor, ids: Iterable[UUID]) -> QuerySet[MediaFile]:
    return MediaFile.objects.filter(workspace_id=actor.workspace, id__in=list(ids))


def one(actor: Actor, media_id: UUID) -> MediaFile:
    """Raises NotFound."""
    found = media(actor, [media_id]).first()
    if found is None:
        raise NotFound
    return found


def is_reachable() -> bool:
    """Whether networks can fetch media from this Hawker; where not, `addresses.NOT_REACHABLE` says what to
    do."""
    return addresses.is_reachable()


def value(row: MediaFile | Rendition, alt: str) -> Media:
    """A medium as a connector takes it; its bytes are read when it asks for them."""
    return Media(
        id=str(row.id),
        content_type=row.content_type,
        size=row.size,
        width=row.width,
        height=row.height,
        alt=alt,
        seconds=row.seconds,
        rate=row.rate,
        codecs=tuple(row.codecs),
        address=partial(_told, partial(_address, row)),
        read=partial(_told, partial(files.content, row.file)),
        slices=lambda start, length: _told(partial(files.part, row.file, start, length)),
    )


def _address(row: MediaFile | Rendition) -> str:
    """A network that fetches cannot tell a file that is lost from a Hawker that is away: this can."""
    files.part(row.file, 0, 1)
    return addresses.of(row)


def _told(read: Callable[[], T]) -> T:
    """What goes wrong while reading, as connectors and workers understand it."""
    try:
        return read()
    except NotFound as error:
        raise Refused(LOST, field="media") from error
    except Unavailable as error:
        raise Later(AWAY) from error
