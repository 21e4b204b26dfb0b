"""What the pretend YouTube remembers, and how it behaves."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hawker.connect.http import Json
from hawker.connect.pretend_google import Door
from hawker.connect.pretend_pages import Visits
from hawker.platforms.youtube.sandbox_mp4 import Film, read_film

RIGHTS = frozenset(
    f"https://www.googleapis.com/auth/youtube{name}" for name in ("", ".upload", ".readonly", ".force-ssl")
)
LONG = 15 * 60


@dataclass(frozen=True, kw_only=True)
class Manners:
    """YouTube's ways. `verified`: the channel's phone number is; `tells`: channels say so. `audited`: videos
    of the owner's project can become public; where they cannot, `says_no` tells whether that is refused.
    `works`: looks that find a video still in work. `failure` and `rejection`: what becomes of videos then.
    `forgets`: a session is dead as soon as its video is there; `lags`: a video is missing in the list of
    uploads; `comments`: they are allowed."""

    verified: bool = True
    tells: bool = True
    audited: bool = True
    says_no: bool = False
    works: int = 0
    failure: str = ""
    rejection: str = ""
    forgets: bool = False
    lags: bool = False
    comments: bool = True
    ahead: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Channel:
    id: str
    handle: str

    @property
    def uploads(self) -> str:
        return f"UU{self.id[2:]}"


@dataclass(kw_only=True)
class Video:
    id: str
    channel: Channel
    created_at: datetime
    snippet: dict[str, Json]
    status: dict[str, Json]
    content: bytes = field(repr=False)
    content_type: str
    film: Film
    works: int
    settled: bool = False
    thumbnail: bytes = field(default=b"", repr=False)

    def text(self, name: str) -> str:
        return str(self.snippet.get(name) or "")

    def privacy(self, now: datetime) -> str:
        """As it is now, where YouTube publishes by itself."""
        at = str(self.status.get("publishAt") or "")
        if at and datetime.fromisoformat(at) <= now:
            return "public"
        return str(self.status["privacyStatus"])


@dataclass(kw_only=True)
class Session:
    """An upload under way; `video` is what became of it, `heard` how many bytes came in all."""

    id: str
    channel: Channel
    snippet: dict[str, Json]
    status: dict[str, Json]
    content_type: str
    notifies: bool
    content: bytearray = field(default_factory=bytearray, repr=False)
    video: Video | None = None
    heard: int = 0


@dataclass(kw_only=True)
class Playlist:
    id: str
    channel: Channel
    title: str
    privacy: str = "public"
    items: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Comment:
    id: str
    channel: Channel
    video: str
    text: str
    created_at: datetime


class World:
    """Everything at the pretend YouTube, in memory. `address`: its API; `site`: its pages."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.site = f"{address}/www"
        self.manners = Manners()
        self.door = Door(address, RIGHTS)
        self.channels: dict[str, Channel] = {}
        self.homeless: set[str] = set()
        self.videos: dict[str, Video] = {}
        self.visits = Visits()
        self.sessions: dict[str, Session] = {}
        self.begun = 0
        self.playlists: dict[str, Playlist] = {}
        self.comments: dict[str, Comment] = {}

    def now(self) -> datetime:
        return datetime.now(UTC) + self.manners.ahead

    def channel(self, handle: str) -> Channel:
        """Opens it where there is none."""
        name = re.sub(r"[^\w.-]", "_", handle.lstrip("@")) or "shop"
        if name not in self.channels:
            digest = urlsafe_b64encode(hashlib.sha256(name.encode()).digest()).decode()
            self.channels[name] = Channel(id=f"UC{digest[:22]}", handle=name)
        return self.channels[name]

    def key(self, length: int) -> str:
        return secrets.token_urlsafe(length)[:length]

    def finish(self, session: Session) -> Video:
        """The last byte has come: the video is there."""
        content, head = bytes(session.content), bytes(session.content[:64])
        film, failure = read_film(content), self.manners.failure
        rejection = self.manners.rejection
        if not failure and not _is_film(head):
            failure = "invalidFile"
        if not rejection and not self.manners.verified and film.seconds > LONG:
            rejection = "length"
        session.status["uploadStatus"] = "failed" if failure else "rejected" if rejection else "uploaded"
        reasons = {"failureReason": failure, "rejectionReason": rejection}
        session.status |= {name: reason for name, reason in reasons.items() if reason}
        if not self.manners.audited:
            session.status["privacyStatus"] = "private"
        session.video = Video(
            id=self.key(11),
            channel=session.channel,
            created_at=self.now(),
            snippet=session.snippet,
            status=session.status,
            content=content,
            content_type=session.content_type,
            film=film,
            works=self.manners.works,
        )
        self.videos[session.video.id] = session.video
        session.content.clear()
        if self.manners.forgets:
            del self.sessions[session.id]
        return session.video

    def of(self, channel: Channel) -> list[Video]:
        """Oldest first."""
        return [video for video in self.videos.values() if video.channel.id == channel.id]

    def on(self, channel: Channel) -> list[Video]:
        """What its owner let out of her hands: what was only uploaded, for nobody, is not among it."""
        now = self.now()
        return [each for each in self.of(channel) if each.settled or each.privacy(now) != "private"]

    def under(self, video: str) -> list[Comment]:
        return [comment for comment in self.comments.values() if comment.video == video]


def _is_film(head: bytes) -> bool:
    return head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free"} or head.startswith(b"\x1a\x45\xdf\xa3")
