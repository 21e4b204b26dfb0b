"""What the pretend Facebook remembers, and how it behaves."""

import hashlib
import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.pretend_graph_hooks import Courier
from hawker.connect.pretend_graph_oauth import Keys
from hawker.connect.pretend_oauth import App
from hawker.platforms.facebook.app import APP

APP_ID, WORD = "1029384756", "pretend-verify-token"
SCOPES = frozenset(scope.name for scope in APP.scopes)
TASKS = ("ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE")


@dataclass(kw_only=True)
class Manners:
    """Facebook's ways, also those that its documents leave open. `chunk`: how much of a video it asks for at
    a time; `works`: looks at a video that find it still in work; `tells_post`: a reel's end names its post;
    `bare`: a video's status comes without phases; `hides`: the feed lags behind; `withholds`: nobody is told
    who wrote."""

    ahead: timedelta = timedelta(0)
    chunk: int = 50 * 2**20
    works: int = 1
    tells_post: bool = False
    bare: bool = False
    hides: bool = False
    withholds: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    id: str
    handle: str
    tasks: tuple[str, ...] = TASKS


@dataclass(kw_only=True)
class Person:
    """`pages` are those she runs herself; `businesses` hold others, by the id of the business."""

    id: str
    name: str
    pages: list[Page] = field(default_factory=list)
    businesses: dict[str, list[Page]] = field(default_factory=dict)


@dataclass(kw_only=True)
class Medium:
    """A picture, or a video with its cover. `kind`: photo, video, reel or story; `looks`: how often it will
    still be found in work; `told`: whether its end was asked for."""

    id: str
    page: Page
    kind: str
    content: bytes = field(default=b"", repr=False)
    content_type: str = ""
    alt: str = ""
    cover: bytes = field(default=b"", repr=False)
    title: str = ""
    total: int = 0
    session: str = ""
    looks: int = 0
    trouble: str = ""
    told: bool = False
    ai: bool = False
    in_story: bool = False

    @property
    def is_whole(self) -> bool:
        return bool(self.content) and len(self.content) == self.total


@dataclass(kw_only=True)
class Post:
    """Whatever a visitor sees. `id` is what the API calls it: of videos and reels the video's. `kind`: post,
    video, reel, story or comment; `parent`: what a comment is below."""

    id: str
    page: Page
    kind: str
    created_at: datetime
    text: str
    link: str = ""
    media: tuple[Medium, ...] = ()
    parent: str = ""


class World:
    """Everything at the pretend Facebook, in memory. `address`: its API; `site`: its pages."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.site = f"{address}/www"
        self.manners = Manners()
        self.app = App(client_id=APP_ID, client_secret="pretend-secret-of-the-app", name="Hawker")  # noqa: S106
        self.keys = Keys(self.now)
        self.courier = Courier("page", self.app.client_secret, self.now)
        self.pages: dict[str, Page] = {}
        self.people: dict[str, Person] = {}
        self.media: dict[str, Medium] = {}
        self.posts: dict[str, Post] = {}
        self.heard: dict[str, tuple[str, ...]] = {}
        self._numbers = itertools.count(1)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def id(self) -> str:
        return str(int(self.now().timestamp()) * 10**5 + next(self._numbers))

    def page(self, handle: str) -> Page:
        """Opens the page where there is none."""
        name = re.sub(r"[^\w.]", "", handle.lstrip("@"), flags=re.ASCII) or "shop"
        number = _number(f"page {name}")
        if number not in self.pages:
            self.pages[number] = Page(id=number, handle=name)
        return self.pages[number]

    def person(self, name: str) -> Person:
        """Somebody of this name, who joins where there is nobody, and who then runs the page of that name."""
        typed = name.strip().lstrip("@") or "shop"
        number = _number(f"person {typed}")
        if number not in self.people:
            self.people[number] = Person(id=number, name=typed, pages=[self.page(typed)])
        return self.people[number]

    def posts_of(self, page: Page, *kinds: str) -> list[Post]:
        """Oldest first; without `kinds` of every kind."""
        return [
            post
            for post in self.posts.values()
            if post.page.id == page.id and (post.kind in kinds or not kinds)
        ]

    def comments_on(self, parent: str) -> list[Post]:
        return [post for post in self.posts.values() if post.parent == parent]

    def add(self, post: Post) -> Post:
        """Shows a post, and tells of it."""
        self.posts[post.id] = post
        item = {"post": "photo" if post.media else "status", "reel": "video"}.get(post.kind, post.kind)
        self.courier.change(
            post.page.id,
            "feed",
            {
                "item": item,
                "verb": "add",
                "post_id": post.parent or post.id,
                **({"comment_id": post.id, "parent_id": post.parent} if post.kind == "comment" else {}),
                "from": {"id": post.page.id, "name": post.page.handle},
                "message": post.text,
                "created_time": int(post.created_at.timestamp()),
            },
        )
        return post


def _number(seed: str) -> str:
    return str(10**14 + int.from_bytes(hashlib.sha256(seed.encode()).digest()[:5]))
