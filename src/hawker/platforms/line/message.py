"""A draft as the messages that LINE sends, at most five at once."""

from collections.abc import Iterator, Sequence

from hawker.connect.http import Json
from hawker.connect.shapes import JPEG, PNG, PictureShape, Shape, VideoShape
from hawker.connect.values import Draft, Limits, Media
from hawker.platforms.line.card import NARROWEST, SIDE, card
from hawker.platforms.line.options import CARD, KIND

# What a phone shows; LINE documents no largest side.
LARGEST = 4_096


def is_card(draft: Draft) -> bool:
    return draft.options.get(KIND) == CARD


def messages(draft: Draft) -> list[Json]:
    """Raises what an address of a picture or video raises."""
    if is_card(draft):
        return [card(draft)]
    words: list[Json] = [{"type": "text", "text": draft.text}] if draft.text.strip() else []
    return [*words, *(_shown(medium, cover) for medium, cover in shown(draft.media))]


def shown(media: Sequence[Media]) -> Iterator[tuple[Media, Media | None]]:
    """Each picture or video that is a message of its own. The picture behind a video is its cover."""
    left = list(media)
    while left:
        medium = left.pop(0)
        covered = medium.is_video and bool(left) and not left[0].is_video
        yield medium, left.pop(0) if covered else None


def _shown(medium: Media, cover: Media | None) -> Json:
    address = medium.address()
    return {
        "type": "video" if medium.is_video else "image",
        "originalContentUrl": address,
        "previewImageUrl": cover.address() if cover else address,
    }


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    carded = is_card(draft)
    picture = PictureShape(
        types=(JPEG, PNG),
        bytes=limits.image_bytes,
        side=SIDE if carded else LARGEST,
        narrowest=NARROWEST if carded else None,
    )
    video = VideoShape(bytes=limits.video_bytes, longest=limits.video_seconds)
    return [video if medium.is_video else picture for medium in draft.media]
