"""What the pretend Mastodon remembers, and how it behaves."""

import hashlib
import itertools
import re
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from hawker.connect import pretend_oauth

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Manners:
    """Mastodon's ways, unless a test makes a lookalike of it. `polls`: looks at an upload that find it still
    in work. `ahead`: how far its clock is off."""

    discovery: bool = True
    fine_scopes: bool = True
    instance_v2: bool = True
    media_v2: bool = True
    polls: int = 1
    idempotent: bool = True
    paragraphs: bool = True
    keeps_media_ids: bool = True
    links: bool = True
    lists_hidden: bool = True
    deletes: bool = True
    ahead: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Person:
    id: str
    handle: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class App(pretend_oauth.App):
    id: str
    website: str
    redirect_uris: tuple[str, ...]
    scopes: frozenset[str]


@dataclass(kw_only=True)
class Token:
    """Without a person it is the application's own."""

    value: str
    person: Person | None
    client_id: str
    scopes: frozenset[str]
    created_at: datetime
    revoked: bool = False


@dataclass(kw_only=True)
class Upload:
    id: str
    person: Person
    content: bytes = field(repr=False)
    content_type: str
    width: int
    height: int
    description: str
    focus: str
    looks: int
    status_id: str = ""


@dataclass(frozen=True, kw_only=True)
class Post:
    id: str
    person: Person
    created_at: datetime
    text: str
    warning: str
    sensitive: bool
    visibility: str
    language: str
    reply_to: str
    uploads: tuple[Upload, ...]

    def is_open(self) -> bool:
        """Whether anybody may read it."""
        return self.visibility in {"public", "unlisted"}


class World:
    """Everything on one pretend server, in memory. `address`: where it is served."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.manners = Manners()
        self.people: dict[str, Person] = {}
        self.apps: dict[str, App] = {}
        self.tokens: dict[str, Token] = {}
        self.uploads: dict[str, Upload] = {}
        self.posts: dict[str, Post] = {}
        self.answered: dict[tuple[str, str], tuple[str, datetime]] = {}
        self._numbers = itertools.count()

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def id(self) -> str:
        """Ordered by time and larger than 2^53, as Mastodon's are."""
        return str((time.time_ns() // 1_000_000 << 16) + next(self._numbers) % 2**16)

    def person(self, handle: str) -> Person:
        """The one of this name, who joins if there is none."""
        name = re.sub(r"\W", "_", handle.strip().lstrip("@").partition("@")[0], flags=re.ASCII) or "shop"
        if name not in self.people:
            self.people[name] = Person(id=_person_id(name), handle=name, created_at=self.now())
        return self.people[name]

    def give_token(self, person: Person | None, client_id: str, scopes: frozenset[str]) -> Token:
        token = Token(
            value=secrets.token_urlsafe(32),
            person=person,
            client_id=client_id,
            scopes=scopes,
            created_at=self.now(),
        )
        self.tokens[token.value] = token
        return token

    def posts_of(self, person: Person) -> list[Post]:
        """Oldest first."""
        return [post for post in self.posts.values() if post.person == person]

    def replies_to(self, post_id: str) -> list[Post]:
        return [post for post in self.posts.values() if post.reply_to == post_id]

    def first_answer(self, person: Person, key: str) -> Post | None:
        """What a call with the same Idempotency-Key made within the last hour."""
        post_id, at = self.answered.get((person.id, key), ("", self.now()))
        return self.posts.get(post_id) if self.now() - at < HOUR else None


def _person_id(name: str) -> str:
    """Larger than 2^53, as Mastodon's are, and the same at every start of the sandbox."""
    digest = hashlib.sha256(name.encode()).digest()
    return str(1 << 56 | int.from_bytes(digest[:7]))
