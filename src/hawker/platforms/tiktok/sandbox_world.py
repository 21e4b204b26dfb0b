"""What the pretend TikTok remembers, and how it behaves."""

import hashlib
import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.http import Json
from hawker.connect.pretend_oauth import App, Keys

CLIENT = "pretend-client-key"
SCOPES = frozenset({"user.info.basic", "video.publish", "video.upload", "video.list"})
PUBLIC, PRIVATE = "PUBLIC_TO_EVERYONE", "SELF_ONLY"


@dataclass(frozen=True, kw_only=True)
class Manners:
    """TikTok's ways. `works`: looks at a whole upload that find it still at work; `moderates`: looks at a
    finished post that do not show its id yet; `counts`: tells how many bytes it has; `verified`: Hawker's
    domain is; `lists_photos`: among the public videos; `fails`: the reason for which every post fails;
    `refuses`: the code with which posts, and questions before them, are turned away; `forgets`: knows no
    publish_id any more; `flat`: refuses with a 200."""

    audited: bool = True
    private: bool = False
    no_comments: bool = False
    no_duet: bool = False
    no_stitch: bool = False
    longest: int = 600
    works: int = 0
    moderates: int = 0
    counts: bool = True
    verified: bool = True
    lists_photos: bool = True
    fails: str = ""
    refuses: str = ""
    forgets: bool = False
    flat: bool = False
    rotates: bool = True
    life: timedelta = timedelta(hours=1)
    ahead: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Person:
    open_id: str
    handle: str


@dataclass(frozen=True)
class File:
    content: bytes = field(repr=False)
    content_type: str


@dataclass(kw_only=True)
class Post:
    """A publish_id and what has become of it. `info` is its post_info; `size`, `chunk` and `count` of an
    upload; `id` is there once it is public."""

    publish_id: str
    person: Person
    kind: str
    direct: bool
    at: datetime
    info: dict[str, Json]
    size: int = 0
    chunk: int = 0
    count: int = 0
    content: bytearray = field(default_factory=bytearray, repr=False)
    content_type: str = ""
    files: tuple[File, ...] = ()
    status: str = "PROCESSING_UPLOAD"
    reason: str = ""
    id: str = ""
    looks: int = 0
    downloaded: int = 0

    @property
    def is_out(self) -> bool:
        return self.status in {"PUBLISH_COMPLETE", "SEND_TO_USER_INBOX"}

    @property
    def text(self) -> str:
        return str(self.info.get("title" if self.kind == "video" else "description", ""))

    @property
    def key(self) -> str:
        return self.id or self.publish_id


class World:
    """Everything at the pretend TikTok, in memory. `address`: its API; `site`: its pages."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.site = f"{address}/www"
        self.manners = Manners()
        self.people: dict[str, Person] = {}
        secret = "pretend-secret-of-the-app"  # noqa: S105
        self.apps = {CLIENT: App(client_id=CLIENT, client_secret=secret, name="Your shop's app")}
        self.keys = Keys(self.now, timedelta(hours=2))
        self.posts: dict[str, Post] = {}
        self.spent: dict[tuple[str, str], datetime] = {}
        self._numbers = itertools.count(1)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def number(self) -> int:
        return next(self._numbers)

    def person(self, handle: str) -> Person:
        """Opens the account where there is none; TikTok takes letters, digits, “_” and “.”."""
        name = re.sub(r"[^\w.]", "_", handle.lstrip("@"), flags=re.ASCII) or "shop"
        if name not in self.people:
            digest = hashlib.sha256(name.encode()).hexdigest()
            self.people[name] = Person(open_id=f"-000{digest[:32]}", handle=name)
        return self.people[name]

    def is_spent(self, person: Person, budget: str) -> bool:
        return self.spent.get((person.handle, budget), self.now()) > self.now()

    def posts_of(self, person: Person) -> list[Post]:
        """What is out, or in the inbox, oldest first."""
        return [post for post in self.posts.values() if post.person == person and post.is_out]

    def finish(self, post: Post) -> None:
        """Everything of it is here, and in order: it goes where it was meant to go."""
        post.status = "PUBLISH_COMPLETE" if post.direct else "SEND_TO_USER_INBOX"
        if post.direct and post.info.get("privacy_level") == PUBLIC:
            post.id = str(7_400_000_000_000_000_000 + self.number())

    def fail(self, post: Post, reason: str) -> None:
        post.status, post.reason = "FAILED", reason
