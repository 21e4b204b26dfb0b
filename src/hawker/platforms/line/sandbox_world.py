"""What the pretend LINE remembers: official accounts, their friends, and what went out to these."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hawker.platforms.line.sandbox_hooks import Courier
from hawker.platforms.line.sandbox_messages import Bubble

PLENTY, FRIENDS, FEW = 1_000_000, 120, 50
KEY_LIVES = timedelta(hours=24)
# At LINE each account has another; here an owner enters one before she has opened any account.
CHANNEL_SECRET = hashlib.sha256(b"a channel of the pretend LINE").hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class Manners:
    """What no document tells, or what a test wants otherwise. `looks_first`: at the messages, before the
    retry key; `headerless`: no id of the call comes with an answer; `worded`: a retry key that was used is
    told by words, without a header; `https`: files elsewhere are refused; `small`: a narrowcast to fewer than
    50 fails; `slow`: none is ever done; `unlimited`: the plan knows no quota; `insight`: of friends;
    `mute`: a push to somebody who is no friend is taken, and reaches nobody."""

    looks_first: bool = False
    headerless: bool = False
    worded: bool = False
    https: bool = False
    small: bool = True
    slow: bool = False
    unlimited: bool = False
    insight: str = "ready"
    mute: bool = False


@dataclass(kw_only=True)
class Group:
    """An audience."""

    id: int
    count: int
    status: str = "READY"


@dataclass(kw_only=True)
class Person:
    """Somebody who is a friend of an account, or was and has blocked it."""

    id: str
    name: str
    friend: bool = True


@dataclass(kw_only=True)
class Sent:
    """What one call sent. `way`: broadcast, narrowcast or push, which goes to one person (`to`); `phase` and
    `code` are of its progress."""

    id: str
    way: str
    at: datetime
    bubbles: list[Bubble]
    count: int
    silent: bool
    to: Person | None = None
    phase: str = "succeeded"
    code: int = 0


@dataclass(kw_only=True)
class Shop:
    """An official account with its channel. `token` is empty once its owner has taken it back."""

    id: str
    basic_id: str
    name: str
    channel: str
    secret: str
    token: str
    premium_id: str = ""
    friends: int = FRIENDS
    quota: int = PLENTY
    used: int = 0
    hourly: int | None = None
    fresh: set[str] = field(default_factory=set)
    keys: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    sent: dict[str, Sent] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)

    @property
    def handle(self) -> str:
        return self.premium_id or self.basic_id

    @property
    def shown(self) -> list[Sent]:
        return [each for each in self.sent.values() if each.phase != "failed" and each.count]


class World:
    """`ahead`: how far the clock is moved on."""

    def __init__(self) -> None:
        self.shops: dict[str, Shop] = {}
        self.files: dict[str, tuple[bytes, str]] = {}
        self.manners = Manners()
        self.courier = Courier(self.now, self._secret_of)
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def open(self, handle: str) -> Shop:
        """The account with this handle, made if there is none; it has a token."""
        shop = self.shops.setdefault(handle, _shop(handle))
        shop.token = shop.token or _token()
        return shop

    def by_token(self, token: str) -> Shop | None:
        return next((each for each in self.shops.values() if token in {each.token, *each.fresh} - {""}), None)

    def by_channel(self, channel: str, secret: str) -> Shop | None:
        keys = (channel, secret)
        return next((each for each in self.shops.values() if (each.channel, each.secret) == keys), None)

    def by_handle(self, handle: str) -> Shop | None:
        return next((each for each in self.shops.values() if each.handle == handle), None)

    def accepted(self, shop: Shop, key: str) -> str:
        """The id of the call that used this key within a day; empty where none did."""
        request, at = shop.keys.get(key, ("", self.now()))
        return request if self.now() - at < KEY_LIVES else ""

    def keep(self, content: bytes, kind: str) -> str:
        name = secrets.token_urlsafe(12)
        self.files[name] = (content, kind)
        return name

    def befriend(self, shop: Shop, name: str) -> Person:
        """Somebody adds the account as a friend; again, where she has blocked it."""
        number = f"U{hashlib.sha256(f'{shop.id} {name}'.encode()).hexdigest()[:32]}"
        again = number in shop.people
        person = shop.people.setdefault(number, Person(id=number, name=name, friend=False))
        if not person.friend:
            person.friend, shop.friends = True, shop.friends + 1
            self.courier.followed(shop.id, person.id, again=again)
        return person

    def block(self, shop: Shop, person: Person) -> None:
        if person.friend:
            person.friend, shop.friends = False, shop.friends - 1
            self.courier.unfollowed(shop.id, person.id)

    def write(self, shop: Shop, text: str) -> None:
        """A friend writes to the account."""
        shop.heard.append(text)
        self.courier.wrote(shop.id, text)

    def _secret_of(self, account: str) -> str:
        return next(each.secret for each in self.shops.values() if each.id == account)


def fresh_token(shop: Shop) -> str:
    token = _token()
    shop.fresh.add(token)
    return token


def request_id() -> str:
    return str(uuid4())


def progress(sent: Sent) -> Mapping[str, object]:
    told = {"phase": sent.phase, "acceptedTime": _time(sent.at)}
    counts = {"successCount": sent.count, "failureCount": 0, "targetCount": sent.count}
    if sent.phase == "failed":
        why = "An audience of less than 50 recipients is included as a condition of sending."
        return {**told, "failedDescription": why, "errorCode": sent.code, "completedTime": _time(sent.at)}
    done = {"completedTime": _time(sent.at)} if sent.phase == "succeeded" else {}
    return {**told, **(counts if done else {}), **done}


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"


def _token() -> str:
    return secrets.token_urlsafe(96)


def _shop(handle: str) -> Shop:
    digest = hashlib.sha256(handle.encode()).hexdigest()
    name = re.sub(r"[^a-z0-9_.-]+", "", handle.lower()) or digest[:8]
    return Shop(
        id=f"U{digest[:32]}",
        basic_id=f"@{name}",
        name=handle.lstrip("@").replace("_", " ").title(),
        channel=str(2_000_000_000 + int(digest[:6], 16)),
        secret=CHANNEL_SECRET,
        token="",
    )
