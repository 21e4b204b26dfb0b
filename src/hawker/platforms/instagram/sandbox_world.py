"""What the pretend Instagram remembers, and how it behaves."""

import hashlib
import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.pretend_graph_hooks import Courier
from hawker.connect.pretend_graph_oauth import Keys
from hawker.connect.pretend_oauth import App

APP_ID, OWN_APP_ID, WORD = "1029384757", "5647382910", "pretend-verify-token"
LIFE = timedelta(hours=24)


@dataclass(kw_only=True)
class Manners:
    """Instagram's ways, also those that its documents leave open. `ahead`: of the clock; `quota`: posts in
    24 hours; `works`: looks at a video that find it still in work; `deletes`: whether programs may;
    `own_bytes`: whether videos are uploaded by keys of the login at Instagram, too; `bytes`: by those of
    the other; `wraps`: its keys come in a list; `hides`: what is published is not listed; `trims`: captions
    lose their line breaks; `bare_status`: a container's trouble is told as a number; `tells_quota`: whether
    it tells how many posts are left; `tells_bytes`: whether it tells how much of a video came;
    `claims_bytes`: so much more than really came; `names_uri`: whether it says where to upload; `trouble`:
    the subcode of what goes wrong with containers."""

    ahead: timedelta = timedelta(0)
    quota: int = 50
    works: int = 0
    deletes: bool = True
    bytes: bool = True
    own_bytes: bool = False
    wraps: bool = False
    hides: bool = False
    trims: bool = False
    bare_status: bool = False
    tells_quota: bool = True
    tells_bytes: bool = True
    claims_bytes: int = 0
    names_uri: bool = True
    trouble: int = 0


@dataclass(frozen=True, kw_only=True)
class Profile:
    """An account, with the page that it is linked to and the person who runs both."""

    handle: str
    id: str
    page_id: str
    person_id: str


@dataclass(frozen=True, kw_only=True)
class File:
    content: bytes = field(repr=False)
    content_type: str
    alt: str = ""

    @property
    def is_video(self) -> bool:
        return self.content_type.startswith("video/")


@dataclass(kw_only=True)
class Container:
    """`looks`: how often it will still be found in work; `trouble`: the subcode of what is wrong with it;
    `bytes_due`: whether its video is still to be uploaded."""

    id: str
    owner: Profile
    kind: str
    made_at: datetime
    caption: str = ""
    files: tuple[File, ...] = ()
    cover: bytes = field(default=b"", repr=False)
    partners: tuple[str, ...] = ()
    in_feed: bool = True
    is_child: bool = False
    looks: int = 0
    trouble: int = 0
    bytes_due: bool = False
    became: str = ""


@dataclass(frozen=True, kw_only=True)
class Post:
    """Whatever a visitor sees. `kind`: FEED, REELS, STORY, or COMMENT below `parent`."""

    id: str
    owner: Profile
    kind: str
    at: datetime
    text: str
    files: tuple[File, ...] = ()
    cover: bytes = field(default=b"", repr=False)
    partners: tuple[str, ...] = ()
    in_feed: bool = True
    parent: str = ""

    @property
    def shortcode(self) -> str:
        return hashlib.sha256(self.id.encode()).hexdigest()[:11]

    @property
    def media_type(self) -> str:
        if len(self.files) > 1:
            return "CAROUSEL_ALBUM"
        return "VIDEO" if self.files and self.files[0].is_video else "IMAGE"


class World:
    """Everything at the pretend Instagram, in memory. `address`: its API; `site`: its pages."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.site = f"{address}/www"
        self.manners = Manners()
        self.app = App(client_id=APP_ID, client_secret="pretend-secret-at-meta", name="Hawker")  # noqa: S106
        self.own_app = App(client_id=OWN_APP_ID, client_secret="pretend-secret-here", name="Hawker")  # noqa: S106
        self.keys = Keys(self.now)
        self.courier = Courier("instagram", self.app.client_secret, self.now)
        self.profiles: dict[str, Profile] = {}
        self.containers: dict[str, Container] = {}
        self.posts: dict[str, Post] = {}
        self.used: dict[str, int] = {}
        self.heard: dict[str, tuple[str, ...]] = {}
        self._numbers = itertools.count(1)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def id(self) -> str:
        return f"179{int(self.now().timestamp())}{next(self._numbers):04}"

    def profile(self, handle: str, person: str = "") -> Profile:
        """Opens the account where there is none; `person` runs it where it is not somebody of that name."""
        name = re.sub(r"[^\w.]", "", handle.lstrip("@"), flags=re.ASCII) or "shop"
        known = next((each for each in self.profiles.values() if each.handle == name), None)
        if known:
            return known
        made = Profile(
            handle=name,
            id=_number("17841", f"account {name}"),
            page_id=_number("104", f"page {name}"),
            person_id=_number("102", f"person {person or name}"),
        )
        self.profiles[made.id] = made
        return made

    def run_by(self, person_id: str) -> list[Profile]:
        return [each for each in self.profiles.values() if each.person_id == person_id]

    def posts_of(self, profile: Profile, *kinds: str) -> list[Post]:
        """Oldest first; without `kinds` of every kind."""
        own = (post for post in self.posts.values() if post.owner.id == profile.id)
        return [post for post in own if not kinds or post.kind in kinds]

    def comments_on(self, parent: str) -> list[Post]:
        return [post for post in self.posts.values() if post.parent == parent]

    def is_expired(self, container: Container) -> bool:
        return not container.became and container.made_at + LIFE < self.now()

    def usage(self, profile: Profile) -> int:
        since = self.now() - LIFE
        own = [post for post in self.posts_of(profile, "FEED", "REELS", "STORY") if post.at > since]
        return len(own) + self.used.get(profile.id, 0)

    def link(self, post: Post) -> str:
        below = self.posts.get(post.parent)
        if below:
            return self.link(below)
        if post.kind == "STORY":
            return f"{self.site}/stories/{post.owner.handle}/{post.id}"
        return f"{self.site}/{'reel' if post.kind == 'REELS' else 'p'}/{post.shortcode}/"


def _number(start: str, seed: str) -> str:
    return f"{start}{int.from_bytes(hashlib.sha256(seed.encode()).digest()[:5]):013}"
