"""Who and what there is in the pretend Business Profile: people, their accounts, places and posts."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hawker.connect.http import Json
from hawker.connect.pretend_google import Door, user_id

# Google's own numbers for its accounts have 21 digits, for its places 19 and more.
RIGHT = "https://www.googleapis.com/auth/business.manage"


@dataclass(frozen=True, kw_only=True)
class Manners:
    """Google's ways. `approved`: it has let the project in. `off`: the APIs that are not switched on.
    `review`: how long it takes; `rejects`: it does not like what it sees. `bare`: it says of what is wrong
    that it is an invalid argument, and nothing else."""

    approved: bool = True
    off: frozenset[str] = frozenset()
    review: timedelta = timedelta(0)
    rejects: bool = False
    bare: bool = False


@dataclass(frozen=True, kw_only=True)
class Picture:
    id: str
    content: bytes = field(repr=False)
    content_type: str


@dataclass(kw_only=True)
class Post:
    """`said` is what its maker wrote of it, but for its pictures."""

    name: str
    said: dict[str, Json]
    pictures: tuple[Picture, ...]
    created_at: datetime
    updated_at: datetime
    ready_at: datetime
    rejected: bool
    shown_at: datetime

    @property
    def id(self) -> str:
        return self.name.rpartition("/")[2]

    def state(self, now: datetime) -> str:
        if now < self.ready_at:
            return "PROCESSING"
        if self.rejected:
            return "REJECTED"
        return "SCHEDULED" if now < self.shown_at else "LIVE"


@dataclass(kw_only=True)
class Place:
    id: str
    title: str
    code: str
    verified: bool = True
    posts: dict[str, Post] = field(default_factory=dict)


@dataclass(kw_only=True)
class Group:
    """An account of Business Profile."""

    id: str
    name: str
    type: str
    places: dict[str, Place] = field(default_factory=dict)


class World:
    """`door` knows who calls; `people` are the accounts of each."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.site = f"{address}/google"
        self.manners = Manners()
        self.door = Door(address, frozenset([RIGHT]))
        self.people: dict[str, dict[str, Group]] = {}
        self.places: dict[str, Place] = {}

    def now(self) -> datetime:
        return self.door.clock()

    def groups_of(self, handle: str) -> dict[str, Group]:
        """Whoever comes has an account with one place."""
        if handle not in self.people:
            own = Group(id=user_id(handle), name=handle, type="PERSONAL")
            self.people[handle] = {own.id: own}
            self.add_place(own, handle)
        return self.people[handle]

    def own_place(self, handle: str) -> Place:
        return next(iter(next(iter(self.groups_of(handle).values())).places.values()))

    def add_group(self, handle: str, name: str, kind: str = "LOCATION_GROUP") -> Group:
        group = Group(id=_number(f"group {name}"), name=name, type=kind)
        self.groups_of(handle)[group.id] = group
        return group

    def add_place(self, group: Group, code: str, *, title: str = "", verified: bool = True) -> Place:
        """`code` is the shop's number of it; one that is there already is only brought into the group."""
        number = _number(f"place {code}")
        place = self.places.setdefault(
            number, Place(id=number, title=title or code, code=code, verified=verified)
        )
        group.places[number] = place
        return place

    def live(self, place: Place) -> list[Post]:
        """What a visitor sees, oldest first."""
        hidden = {"REJECTED", "SCHEDULED"}
        return [post for post in place.posts.values() if post.state(self.now()) not in hidden]


def _number(word: str) -> str:
    """Made of a word, so that a sandbox that starts anew plays the same places."""
    return str(10**18 + int.from_bytes(hashlib.sha256(word.encode()).digest()[:7]))


def fresh_number() -> str:
    return str(10**18 + secrets.randbelow(8 * 10**18))
