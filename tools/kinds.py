"""Which posts networks take, asked of their own rules: for tests and drills that write for all of them."""

from uuid import UUID

from hawker.connect.platform import Platform
from hawker.connect.shapes import JPEG, MP4
from hawker.connect.values import Draft, Media
from hawker.core.posts import rules

# Of a post: how many pictures and how many videos.
Kind = tuple[int, int]
WORDS, PICTURE, PICTURES, VIDEO = (0, 0), (1, 0), (2, 0), (0, 1)
KINDS: tuple[Kind, ...] = (WORDS, PICTURE, PICTURES, VIDEO)


def takes(platform: Platform, kind: Kind) -> bool:
    """Whether a post of this kind can go out there with the options as they stand at first. Messages to
    people are no such posts."""
    if platform.audience:
        return False
    pictures, videos = kind
    draft = Draft(
        key=UUID(int=1),
        text="Tea",
        language="en",
        media=(*[_PICTURE] * pictures, *[_VIDEO] * videos),
        options={option.name: option.default for option in platform.options},
    )
    return not rules.problems(draft, platform, platform.limits)


def simplest(platform: Platform) -> Kind | None:
    """The least that makes a post there; None where nothing does."""
    return next((kind for kind in KINDS if takes(platform, kind)), None)


def _nothing() -> bytes:
    return b""


_PICTURE = Media(id="picture", content_type=JPEG, size=20_000, width=640, height=480, alt="", read=_nothing)
_VIDEO = Media(
    id="video",
    content_type=MP4,
    size=200_000,
    width=320,
    height=568,
    alt="",
    read=_nothing,
    seconds=4,
    rate=30,
    codecs=("h264", "aac"),
)
