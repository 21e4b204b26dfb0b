"""What the pretend Threads remembers, and how it behaves."""

import base64
import hashlib
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.http import Json
from hawker.connect.pretend_graph import refusal
from hawker.connect.pretend_graph_fields import stamp
from hawker.connect.pretend_graph_hooks import Courier
from hawker.connect.pretend_graph_oauth import Keys
from hawker.connect.pretend_oauth import App
from hawker.platforms.threads.app import APP

APP_ID, WORD = "9876543210123", "pretend-verify-token"
SCOPES = frozenset(scope.name for scope in APP.scopes)
# What Hawker does not ask for, and other programs do.
MORE = frozenset(
    (
        "threads_manage_insights",
        "threads_manage_mentions",
        "threads_keyword_search",
        "threads_location_tagging",
    )
)
DAY = timedelta(hours=24)
QUOTAS: Mapping[str, int] = {"": 250, "reply_": 1000, "delete_": 100, "location_search_": 500}


@dataclass(kw_only=True)
class Manners:
    """Ways of Threads, also those that its documents leave open. `works`: looks at a video that find it still
    in work; `unseen`: looks at something fresh that do not find it; `hides`: lists lag behind; `forgets`:
    a published container is not known any more; `lists_own_replies`: /me/replies has those to own posts."""

    ahead: timedelta = timedelta(0)
    works: int = 1
    unseen: int = 0
    hides: bool = False
    forgets: bool = False
    lists_own_replies: bool = True


@dataclass(frozen=True, kw_only=True)
class Person:
    id: str
    handle: str


@dataclass(frozen=True, kw_only=True)
class Medium:
    id: str
    content: bytes = field(repr=False)
    content_type: str
    alt: str

    @property
    def is_video(self) -> bool:
        return self.content_type.startswith("video/")


@dataclass(kw_only=True)
class Post:
    """A post, or what is to become one. `kind` as it is read: TEXT_POST, IMAGE …"""

    id: str
    owner: Person
    kind: str
    created_at: datetime
    text: str = ""
    media: tuple[Medium, ...] = ()
    parent: str = ""
    quoted: str = ""
    reposted: str = ""
    link: str = ""
    topic: str = ""
    location: str = ""
    poll: Mapping[str, str] = field(default_factory=dict)
    audience: str = "everyone"
    hides_text: bool = False
    hides_media: bool = False
    is_hidden: bool = False
    looks: int = 0

    @property
    def shortcode(self) -> str:
        return base64.urlsafe_b64encode(int(self.id).to_bytes(8)).decode().strip("=").lstrip("A")


@dataclass(kw_only=True)
class Container:
    """`looks`: how often it will still be found in work, `unseen`: not found at all."""

    post: Post
    created_at: datetime
    item: bool = False
    trouble: str = ""
    looks: int = 0
    unseen: int = 0
    is_published: bool = False


@dataclass(kw_only=True)
class Quota:
    left: int
    resets_at: datetime


class World:
    """Everything at the pretend Threads, in memory. `address`: its API; `site`: its pages."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.site = f"{address}/www"
        self.manners = Manners()
        self.app = App(client_id=APP_ID, client_secret="pretend-secret-of-the-app", name="Hawker")  # noqa: S106
        self.keys = Keys(self.now, start="THQ")
        self.courier = Courier("threads", self.app.client_secret, self.now)
        self.people: dict[str, Person] = {}
        self.containers: dict[str, Container] = {}
        self.posts: dict[str, Post] = {}
        self.media: dict[str, Medium] = {}
        self._quotas: dict[tuple[str, str], Quota] = {}
        self._numbers = itertools.count(1)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def id(self) -> str:
        return str(10**16 + int(self.now().timestamp()) * 10**6 + next(self._numbers))

    def person(self, name: str) -> Person:
        """Somebody of this name, who joins where there is nobody."""
        handle = re.sub(r"[^\w.]", "", name.strip().lstrip("@"), flags=re.ASCII) or "shop"
        number = str(178 * 10**14 + int.from_bytes(hashlib.sha256(handle.encode()).digest()[:5]))
        if number not in self.people:
            self.people[number] = Person(id=number, handle=handle)
        return self.people[number]

    def posts_of(self, person: Person) -> list[Post]:
        """Oldest first."""
        return [post for post in self.posts.values() if post.owner.id == person.id]

    def replies_to(self, parent: str) -> list[Post]:
        return [post for post in self.posts.values() if post.parent == parent]

    def below(self, root: str) -> list[Post]:
        """The whole conversation, in its order."""
        return [each for reply in self.replies_to(root) for each in (reply, *self.below(reply.id))]

    def root_of(self, post: Post) -> Post:
        above = self.posts.get(post.parent)
        return self.root_of(above) if above else post

    def address_of(self, post: Post) -> str:
        return f"{self.site}/@{post.owner.handle}/post/{post.shortcode}"

    def status(self, container: Container) -> str:
        if container.is_published:
            return "PUBLISHED"
        if container.trouble:
            return "ERROR"
        if self.now() - container.created_at >= DAY:
            return "EXPIRED"
        return "IN_PROGRESS" if container.looks > 0 else "FINISHED"

    def leave(self, person: Person, kind: str, left: int, seconds: float) -> None:
        resets_at = self.now() + timedelta(seconds=seconds)
        self._quotas[person.id, kind] = Quota(left=left, resets_at=resets_at)

    def used(self, person: Person, kind: str) -> int:
        quota = self._quotas.get((person.id, kind))
        return QUOTAS[kind] - quota.left if quota and quota.resets_at > self.now() else 0

    def spend(self, person: Person, kind: str) -> None:
        """Counts once it was told how much to leave: a drill does more in a minute than Threads takes in a
        day."""
        quota = self._quotas.get((person.id, kind))
        if quota is None or quota.resets_at <= self.now():
            return
        if quota.left <= 0:
            message = "Application request limit reached"
            raise refusal(9, message, subcode=2207042, user="The account has reached its daily limit.")
        quota.left -= 1

    def add(self, post: Post) -> Post:
        """Shows a post, and tells of it."""
        self.posts[post.id] = post
        parent = self.posts.get(post.parent)
        if parent:
            self._tell("moderate", self.root_of(post).owner, "replies", post)
        self._tell("interaction", post.owner, "publish", post)
        return post

    def _tell(self, topic: str, target: Person, about: str, post: Post) -> None:
        """Not in the envelope of Meta's other products ("Webhooks", read 2026-11-22)."""
        root = self.root_of(post)
        value: dict[str, Json] = {
            "id": post.id,
            "username": post.owner.handle,
            "text": post.text,
            "media_type": post.kind,
            "permalink": self.address_of(post),
            "shortcode": post.shortcode,
            "timestamp": stamp(post.created_at),
        }
        if post.parent:
            value["replied_to"] = {"id": post.parent}
            value["root_post"] = {"id": root.id, "owner_id": root.owner.id, "username": root.owner.handle}
        self.courier.post(
            {
                "app_id": APP_ID,
                "topic": topic,
                "target_id": target.id,
                "time": int(self.now().timestamp()),
                "subscription_id": "234567",
                "has_uid_field": False,
                "values": {"value": value, "field": about},
            }
        )
