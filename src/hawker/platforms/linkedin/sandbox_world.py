"""What the pretend LinkedIn remembers, and how it behaves."""

import hashlib
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.http import Json
from hawker.connect.pretend_oauth import App, Grant, Keys
from hawker.platforms.linkedin.sandbox_text import shown

# Scopes as the Auth tab lists them: of the Community Management API, and of what anybody gets at once.
COMMUNITY = (
    "r_basicprofile, rw_organization_admin, w_organization_social, r_organization_social, "
    "w_organization_social_feed, r_organization_social_feed, w_member_social, w_member_social_feed"
)
SELF_SERVE = "openid, profile, email, w_member_social"
# What a page's token gets that is pasted in: nothing of the member's own.
PAGE_SCOPES = frozenset(COMMUNITY.split(", ")) - {"w_member_social", "w_member_social_feed"}
LIFE = timedelta(days=60)
ACTIVE = ("202601", "202602", "202603", "202604", "202605", "202606", "202607")


@dataclass(frozen=True, kw_only=True)
class Manners:
    """Ways of LinkedIn, also those that its documents leave open. `partner`: the app gets refresh tokens;
    `works`: looks at a medium that find it still in work; `opens_members`: the app may read members' posts;
    `ghosts`: it refuses posts as doubles of some that never were; `nameless`: without naming them;
    `counts_escapes`: the length of a text is that of its escaped form; `shortens`: addresses in texts;
    `unmarked`: it does not say when a post was made; `bodiless`: a comment is answered by headers alone."""

    ahead: timedelta = timedelta(0)
    partner: bool = False
    works: int = 1
    opens_members: bool = False
    ghosts: bool = False
    nameless: bool = False
    counts_escapes: bool = False
    shortens: bool = False
    unmarked: bool = False
    bodiless: bool = False
    remembers: timedelta = timedelta(days=1)
    active: tuple[str, ...] = ACTIVE


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """A member, or a page that the member of the same handle runs."""

    urn: str
    handle: str
    name: str
    is_page: bool

    @property
    def path(self) -> str:
        return f"{'company' if self.is_page else 'in'}/{self.handle}"


@dataclass(kw_only=True)
class Upload:
    """`parts` by their number; `total` is known beforehand of videos only."""

    urn: str
    owner: str
    total: int = 0
    parts: dict[int, bytes] = field(default_factory=dict, repr=False)
    content_type: str = ""
    status: str = "WAITING_UPLOAD"
    looks: int = 0

    @property
    def kind(self) -> str:
        return self.urn.split(":")[2]

    @property
    def number(self) -> str:
        return self.urn.rpartition(":")[2]

    @property
    def content(self) -> bytes:
        return b"".join(self.parts[number] for number in sorted(self.parts) if number >= 0)


@dataclass(frozen=True, kw_only=True)
class Post:
    """`wish` is what was asked for; `uploads` with their alternative texts."""

    urn: str
    author: Somebody
    created_at: datetime
    wish: Mapping[str, Json]
    uploads: tuple[tuple[Upload, str], ...] = ()

    @property
    def text(self) -> str:
        return shown(str(self.wish["commentary"]))

    @property
    def content(self) -> Mapping[str, Json]:
        content = self.wish.get("content")
        return content if isinstance(content, dict) else {}


@dataclass(frozen=True, kw_only=True)
class Comment:
    id: str
    author: Somebody
    created_at: datetime
    under: str
    text: str

    @property
    def urn(self) -> str:
        """As the connector names it."""
        return f"urn:li:comment:({self.under},{self.id})"

    @property
    def own_urn(self) -> str:
        """As LinkedIn does: by the activity, whose number is not the post's."""
        return f"urn:li:comment:(urn:li:activity:{int(self.under.rpartition(':')[2]) + 1},{self.id})"


class World:
    """Everything at the pretend LinkedIn, in memory. `address`: its API; `site`: its pages."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.site = f"{address}/www"
        self.manners = Manners()
        secret = "pretend-secret-of-the-app"  # noqa: S105
        self.apps: dict[str, tuple[App, str]] = {
            "pretend-community": (App(client_id="pretend-community", client_secret=secret), COMMUNITY),
            "pretend-self-serve": (App(client_id="pretend-self-serve", client_secret=secret), SELF_SERVE),
        }
        self.keys = Keys(self.now, LIFE)
        self.handles: dict[str, None] = {}
        self.uploads: dict[str, Upload] = {}
        self.posts: dict[str, Post] = {}
        self.deleted: dict[str, Post] = {}
        self.comments: dict[str, Comment] = {}
        self._numbers = itertools.count(1)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def number(self) -> int:
        milliseconds = int(self.now().timestamp() * 1000)
        return (milliseconds << 22) + next(self._numbers)

    def join(self, typed: str) -> str:
        """The handle of whoever is called so; with a member comes a page that she runs."""
        handle = re.sub(r"[^\w-]", "-", typed.strip().lstrip("@"), flags=re.ASCII) or "shop"
        self.handles[handle] = None
        return handle

    def member(self, handle: str) -> Somebody:
        digest = hashlib.sha256(handle.encode()).hexdigest()
        return Somebody(urn=f"urn:li:person:{digest[:10]}", handle=handle, name=handle.title(), is_page=False)

    def page(self, handle: str) -> Somebody:
        number = 10**7 + int.from_bytes(hashlib.sha256(handle.encode()).digest()[:4])
        return Somebody(urn=f"urn:li:organization:{number}", handle=handle, name=handle, is_page=True)

    def somebody(self, urn: str) -> Somebody | None:
        everybody = (each for handle in self.handles for each in (self.member(handle), self.page(handle)))
        return next((each for each in everybody if each.urn == urn), None)

    def give(self, handle: str, client_id: str, scopes: frozenset[str]) -> dict[str, Json]:
        """As the token endpoint answers. A refresh token comes to partners only."""
        grant = Grant(handle=handle, client_id=client_id, scopes=scopes)
        given = self.keys.give(grant, lasting=self.manners.partner)
        more: dict[str, Json] = {"refresh_token_expires_in": 365 * 86_400} if self.manners.partner else {}
        return {**given, "scope": ",".join(sorted(scopes)), **more}

    def posts_of(self, author: Somebody) -> list[Post]:
        """Oldest first."""
        return [post for post in self.posts.values() if post.author.urn == author.urn]

    def comments_on(self, urn: str) -> list[Comment]:
        return [each for each in self.comments.values() if each.under == urn]

    def look(self, upload: Upload) -> str:
        """Its status, as somebody asks: what is in work is so for a few looks."""
        if upload.status == "PROCESSING":
            upload.looks -= 1
            if upload.looks < 0:
                upload.status = "AVAILABLE" if upload.content_type else "PROCESSING_FAILED"
        return upload.status
