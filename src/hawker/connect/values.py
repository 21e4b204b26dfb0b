"""What goes into a connector and what comes out: frozen values, no rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hawker.connect.text import Sentence


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one network, or one server of it, takes. Sizes in bytes, pictures in pixels."""

    text: int
    media: int
    alt_text: int
    image_bytes: int
    image_pixels: int
    image_types: tuple[str, ...]
    text_bytes: int | None = None
    url_weight: int | None = None


@dataclass(frozen=True, kw_only=True)
class Account:
    """Who a channel is at its network, with the secrets to act as it.

    `server` is the address of the API that the account lives on, `site` the address of the pages that people
    read, both without a slash at the end. `limits` is what that server said of itself. `expires_at` (UTC) is
    when `secrets` stop working unless refreshed; None means never.
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


@dataclass(frozen=True, kw_only=True)
class Media:
    """A picture that belongs to a post. `read` gives its bytes, from disk or from an object
    store; it raises Later where that is away, and Refused where the file is lost."""

    id: str
    content_type: str
    size: int
    width: int
    height: int
    alt: str
    read: Callable[[], bytes] = field(repr=False, compare=False)


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
    """

    key: UUID
    text: str
    language: str
    media: tuple[Media, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    reply_to: Published | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something a network will refuse. `field`: text, media, alt_text or an option."""

    field: str
    sentence: Sentence
