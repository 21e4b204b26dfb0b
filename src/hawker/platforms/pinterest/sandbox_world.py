"""What the pretend Pinterest remembers, and how it behaves."""

import hashlib
import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.pretend_oauth import App
from hawker.platforms.pinterest.sandbox_keys import Keys

CLIENT = "1480001"
SCOPES = frozenset({"boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read"})
BOARDS = (("Fresh today", "PUBLIC"), ("Behind the counter", "PUBLIC"), ("Ideas for spring", "SECRET"))


@dataclass(frozen=True, kw_only=True)
class Manners:
    """Pinterest's ways. `trial`: the app has Trial access only; `works`: the look at an uploaded video
    that finds it done; `legacy`: an app of before September 2025; `zoned`: times have a zone; `tells_links`;
    `arranged`: its owner has put the Pins of a board into another order; `says`: with which status and words
    the next Pins are turned away."""

    trial: bool = False
    works: int = 0
    legacy: bool = False
    zoned: bool = False
    tells_links: bool = True
    arranged: bool = False
    says: tuple[int, str] | None = None
    ahead: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Person:
    id: str
    username: str


@dataclass(kw_only=True)
class Board:
    id: str
    name: str
    owner: str
    created_at: datetime
    privacy: str = "PUBLIC"
    description: str = ""
    is_ads_only: bool = False

    @property
    def slug(self) -> str:
        return re.sub(r"[\s/?#%&]+", "-", self.name.lower()).strip("-") or self.id


@dataclass(frozen=True, kw_only=True)
class File:
    content: bytes = field(repr=False)
    content_type: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, kw_only=True)
class Pin:
    """`files`: its pictures, of a video the cover, where one was sent."""

    id: str
    owner: str
    board: str
    created_at: datetime
    kind: str
    title: str
    description: str
    link: str
    alt_text: str
    files: tuple[File, ...]
    video: bytes = field(repr=False, default=b"")
    hidden: bool = False


@dataclass(kw_only=True)
class Upload:
    """A registered video. `content` is there once its form has come."""

    id: str
    owner: str
    content: bytes = field(repr=False, default=b"")
    looks: int = 0
    failed: bool = False

    @property
    def parameters(self) -> dict[str, str]:
        """What the form must hold before the file."""
        key = f"uploads/{self.id[:2]}/3:video:{self.id}"
        signed = hashlib.sha256(key.encode()).hexdigest()
        return {
            "x-amz-date": "20261123T000000Z",
            "x-amz-signature": signed,
            "x-amz-security-token": "pretend-session",
            "x-amz-algorithm": "AWS4-HMAC-SHA256",
            "key": key,
            "policy": signed[:24],
            "x-amz-credential": "PRETEND/20261123/us-east-1/s3/aws4_request",
            "Content-Type": "multipart/form-data",
        }


class World:
    """Everything at the pretend Pinterest, in memory. `address`: its API; `site`: its pages."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.site = f"{address}/www"
        self.manners = Manners()
        secret = "pretend-secret-of-the-app"  # noqa: S105
        self.apps = {CLIENT: App(client_id=CLIENT, client_secret=secret, name="Your shop's app")}
        self.keys = Keys(self.now, timedelta(days=30))
        self.people: dict[str, Person] = {}
        self.boards: dict[str, Board] = {}
        self.pins: dict[str, Pin] = {}
        self.uploads: dict[str, Upload] = {}
        self._numbers = itertools.count(1)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def number(self) -> str:
        return str(985_231_000_000_000_000 + next(self._numbers))

    def person(self, handle: str) -> Person:
        """Opens the account where there is none; Pinterest takes letters, digits and “_”."""
        name = re.sub(r"\W", "_", handle.lstrip("@"), flags=re.ASCII) or "shop"
        if name not in self.people:
            self.people[name] = Person(id=_number(name), username=name)
            for title, privacy in BOARDS:
                board = Board(
                    id=_number(f"{name}/{title}"),
                    name=title,
                    owner=name,
                    created_at=self.now(),
                    privacy=privacy,
                )
                self.boards[board.id] = board
        return self.people[name]

    def boards_of(self, person: Person) -> list[Board]:
        return [board for board in self.boards.values() if board.owner == person.username]

    def pins_on(self, board: Board) -> list[Pin]:
        """The newest first, as long as nobody arranged them."""
        found = [pin for pin in self.pins.values() if pin.board == board.id]
        return found if self.manners.arranged else found[::-1]

    def pins_of(self, person: Person) -> list[Pin]:
        """Oldest first."""
        return [pin for pin in self.pins.values() if pin.owner == person.username]


def _number(name: str) -> str:
    return str(10**17 + int(hashlib.sha256(name.encode()).hexdigest()[:14], 16))
