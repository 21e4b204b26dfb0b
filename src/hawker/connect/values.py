"""What goes into a connector and what comes out: frozen values, no rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hawker.connect.text import Sentence


@dataclass(frozen=True, kw_only=True)
class Own:
    """A choice of the option named `option` that only this account has, such as an album of its owner's."""

    option: str
    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one network, or one server of it, takes. Sizes in bytes, pictures in pixels. Where there are no
    `video_types` it takes no videos. `withheld`: choices of the platform's options that this account has not,
    each as “option=choice”; `own`: choices that only this account has, in their order. `by_hand`: no program
    may post to it: Hawker makes ready what is due, and hands it to its owner, who posts it herself. `people`:
    how many at most get what is posted, where that is counted."""

    text: int
    media: int
    alt_text: int
    image_bytes: int
    image_pixels: int
    image_types: tuple[str, ...]
    text_bytes: int | None = None
    url_weight: int | None = None
    video_bytes: int = 0
    video_seconds: float = 0
    video_types: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    by_hand: bool = False
    own: tuple[Own, ...] = ()
    people: int | None = None


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who a channel is at its network, with the secrets to act as it.

    `server` is the address of the API that the account lives on, `site` the address of the pages that people
    read, both without a slash at the end. `limits` is what that server said of itself. `expires_at` (UTC) is
    when `secrets` stop working unless refreshed; None means never. `app` holds the keys of the owner's
    developer app as this installation has them now, with the version of the API; they may be gone
    (`connect.apps.key`).
    """

    remote_id: str
    handle: str
    name: str
    server: str
    site: str
    url: str
    limits: Limits
    secrets: Mapping[str, str] = field(repr=False)
    expires_at: datetime | None = None
    app: Mapping[str, str] = field(default_factory=dict, repr=False)


def _no_address() -> str:
    raise NotImplementedError("this medium has no public address")


@dataclass(frozen=True, kw_only=True)
class Media:
    """A picture or a video that belongs to a post. `read` gives its bytes, from disk or from an object
    store; `slice` those from a place on, so many at most. `address` gives an address at which the network
    can fetch it for some hours. They raise Later where the store is away, and Refused where the file is
    lost or no network can reach Hawker. `seconds`: how long a video lasts, 0 for pictures; `rate`: its frames
    a second; `codecs`: what its streams are coded in, as ffmpeg names it, picture before sound."""

    id: str
    content_type: str
    size: int
    width: int
    height: int
    alt: str
    read: Callable[[], bytes] = field(repr=False, compare=False)
    slices: Callable[[int, int], bytes] | None = field(repr=False, compare=False, default=None)
    address: Callable[[], str] = field(repr=False, compare=False, default=_no_address)
    seconds: float = 0
    rate: float = 0
    codecs: tuple[str, ...] = ()

    @property
    def is_video(self) -> bool:
        return self.content_type.startswith("video/")

    def slice(self, start: int, length: int) -> bytes:
        return self.slices(start, length) if self.slices else self.read()[start : start + length]


@dataclass(frozen=True, kw_only=True)
class Published:
    """A post that is on the network. `detail` is what a reply to it needs beside its id."""

    remote_id: str
    url: str
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One post for one account.

    `key` stays the same over every attempt to publish this text, and changes with it: the network's own
    key against doubles is made of it. `language` is a BCP 47 tag. `options` answers the platform's `options`.
    `to`: whom a message is for, where a post goes to people one by one (`Platform.audience`).
    """

    key: UUID
    text: str
    language: str
    media: tuple[Media, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    reply_to: Published | None = None
    to: "Recipient | None" = None


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One of the people that a message is for. `open_until` (UTC): until when the network lets the business
    write freely to her, as she wrote last; None where she never did."""

    address: str
    name: str = ""
    open_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something a network will refuse. `field`: text, media, alt_text or an option."""

    field: str
    sentence: Sentence
