"""Pictures and videos as pages show them."""

from dataclasses import dataclass

from django.urls import reverse

from hawker.connect.values import Media
from hawker.core.media.rules import span


@dataclass(frozen=True, kw_only=True)
class Tile:
    """`url` is for an <img>, or for a <video> where it `is_video`; `poster` is a small still of either.
    `length`: how long a video lasts, as people write it."""

    id: str
    alt: str
    poster: str
    url: str
    is_video: bool = False
    seconds: float = 0

    @property
    def length(self) -> str:
        return span(self.seconds)


def tile(medium: Media) -> Tile:
    shown = unknown(medium.id, medium.alt)
    if not medium.is_video:
        return shown
    url = reverse("media:file", args=[medium.id])
    return Tile(
        id=medium.id, alt=medium.alt, poster=shown.poster, url=url, is_video=True, seconds=medium.seconds
    )


def unknown(media_id: str, alt: str) -> Tile:
    """As a small picture, whatever it is."""
    small = reverse("media:small", args=[media_id])
    return Tile(id=media_id, alt=alt, poster=small, url=small)
