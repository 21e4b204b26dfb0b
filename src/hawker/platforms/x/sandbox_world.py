"""What the pretend X remembers, and how it behaves."""

import hashlib
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.http import Json
from hawker.connect.pretend_oauth import App, Grant, Keys

# Ids hold the milliseconds since this instant, and 22 bits below them.
EPOCH = 1_288_834_974_657
SCOPES = frozenset(["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"])
CONFIDENTIAL, PUBLIC = "pretend-app-confidential", "pretend-app-public"


@dataclass(frozen=True, kw_only=True)
class Manners:
    """X's ways. `renames`: the names of its OpenAPI document 2.167 instead of those on the wire. `remembers`:
    how long equal words are refused. `works`: looks at a video that find it still in work. `ends_twice`: an
    upload that is ended may be ended once more. `describes`: takes words for videos too."""

    credit: bool = True
    rotates: bool = True
    renames: bool = False
    remembers: timedelta = timedelta(hours=24)
    works: int = 1
    ends_twice: bool = True
    describes: bool = True
    hides: bool = False
    ahead: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Person:
    id: str
    handle: str
    subscription: str = "None"


@dataclass(kw_only=True)
class Upload:
    """`heard`: how many bytes came, also those that came twice. `whole`: its parts are put together."""

    id: str
    person: Person
    category: str
    content_type: str
    total: int
    parts: dict[int, bytes] = field(default_factory=dict, repr=False)
    width: int = 0
    height: int = 0
    alt: str = ""
    heard: int = 0
    whole: bool = False
    ready: bool = False
    looks: int = 0

    @property
    def content(self) -> bytes:
        return b"".join(self.parts[number] for number in sorted(self.parts))

    @property
    def key(self) -> str:
        kind = {"tweet_image": 3, "tweet_gif": 16, "tweet_video": 13}[self.category]
        return f"{kind}_{self.id}"


@dataclass(frozen=True, kw_only=True)
class Post:
    id: str
    person: Person
    created_at: datetime
    text: str
    reply_to: str
    uploads: tuple[Upload, ...]
    reply_settings: str
    poll: tuple[str, ...]
    labels: tuple[str, ...]


class World:
    """Everything at the pretend X, in memory. `address`: its API; `site`: its pages."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.site = f"{address}/x.com"
        self.manners = Manners()
        self.people: dict[str, Person] = {}
        secret = "pretend-secret-of-the-app"  # noqa: S105
        self.apps: dict[str, App] = {
            CONFIDENTIAL: App(client_id=CONFIDENTIAL, client_secret=secret),
            PUBLIC: App(client_id=PUBLIC, client_secret=""),
        }
        self.keys = Keys(self.now, timedelta(hours=2))
        self.uploads: dict[str, Upload] = {}
        self.posts: dict[str, Post] = {}
        self._numbers = itertools.count(1)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def id(self) -> str:
        milliseconds = int(self.now().timestamp() * 1000) - EPOCH
        return str((milliseconds << 22) + next(self._numbers))

    def person(self, handle: str) -> Person:
        """Opens the account where there is none; X takes letters, digits and “_”."""
        name = re.sub(r"\W", "_", handle.lstrip("@"), flags=re.ASCII) or "shop"
        if name not in self.people:
            digest = hashlib.sha256(name.encode()).digest()
            self.people[name] = Person(id=str(int.from_bytes(digest[:6]) + 10**15), handle=name)
        return self.people[name]

    def give(self, person: Person, client_id: str, scopes: frozenset[str]) -> Mapping[str, Json]:
        """A pair of tokens, as the token endpoint answers."""
        grant = Grant(handle=person.handle, client_id=client_id, scopes=scopes)
        return self.keys.give(grant, lasting="offline.access" in scopes)

    def posts_of(self, person: Person) -> list[Post]:
        """Oldest first."""
        return [post for post in self.posts.values() if post.person.id == person.id]

    def replies_to(self, post_id: str) -> list[Post]:
        return [post for post in self.posts.values() if post.reply_to == post_id]
