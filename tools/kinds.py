"""Which posts networks take, asked of their own rules: for tests and drills that write for all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from hawker.connect.platform import Audience, Platform
from hawker.connect.shapes import JPEG, MP4
from hawker.connect.values import Draft, Media, Published
from hawker.core.posts import rules

# Of a post: how many pictures and how many videos.
Kind = tuple[int, int]
WORDS, PICTURE, PICTURES, VIDEO = (0, 0), (1, 0), (2, 0), (0, 1)
KINDS: tuple[Kind, ...] = (WORDS, PICTURE, PICTURES, VIDEO)


def takes(platform: Platform, kind: Kind) -> bool:
    """Whether Hawker can send a post of this kind there with the options as they stand at first. Messages to
    people are no such posts."""
    return _fits(platform, kind, _defaults(platform), comment=False)


def answers(platform: Platform, kind: Kind, *, comment: bool = False) -> Mapping[str, str] | None:
    """The options with which such a post can go out there, and a comment under it: as they stand at first, or
    with one of them chosen otherwise. None where it cannot."""
    if comment and not platform.comments:
        return None
    return next((each for each in _choices(platform) if _fits(platform, kind, each, comment=comment)), None)


def simplest(platform: Platform) -> Kind | None:
    """The least that makes a post there; None where nothing does."""
    return next((kind for kind in KINDS if answers(platform, kind) is not None), None)


def _defaults(platform: Platform) -> dict[str, str]:
    return {option.name: option.default for option in platform.options}


def _choices(platform: Platform) -> Iterator[dict[str, str]]:
    defaults = _defaults(platform)
    yield defaults
    for option in platform.options:
        yield from ({**defaults, option.name: choice.value} for choice in option.choices)


def _fits(platform: Platform, kind: Kind, options: Mapping[str, str], *, comment: bool) -> bool:
    if platform.audience is Audience.always or platform.by_hand:
        return False
    pictures, videos = kind
    media = (*[_PICTURE] * pictures, *[_VIDEO] * videos)
    post = Draft(key=UUID(int=1), text="Tea", language="en", media=media, options=options)
    drafts = [post, replace(post, media=(), reply_to=_LEADER)] if comment else [post]
    return not any(rules.problems(each, platform, platform.limits) for each in drafts)


def _nothing() -> bytes:
    return b""


_LEADER = Published(remote_id="", url="")
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
