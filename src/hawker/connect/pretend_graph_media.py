"""Files at the pretend Graph API: fetched from an address, or uploaded in a session."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from hawker.connect import pretend_fetch
from hawker.connect.pretend_graph import Key

AGENT = "facebookexternalhit/1.1"
PIECE = 2**13
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)


def kind_of(content: bytes) -> str:
    """By its first bytes; empty where it is neither picture nor video."""
    if content[4:8] == b"ftyp":
        return "video/quicktime" if content[8:10] == b"qt" else "video/mp4"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _STARTS if content.startswith(start)), "")


async def fetch(url: str) -> bytes | None:
    """What lies at an address; None where nothing can be got there without a login or a detour."""
    return await pretend_fetch.fetch(url, agent=AGENT)


def seconds_of(content: bytes) -> float:
    """How long an MP4 lasts, by its movie header (ISO 14496-12, 8.2.2); 0 where it has none."""
    at = content.find(b"mvhd") + 4
    if at < 4:
        return 0
    wide = content[at] == 1
    scale, length = (20, 24) if wide else (12, 16)
    rate = int.from_bytes(content[at + scale : at + scale + 4])
    return int.from_bytes(content[at + length : at + length + (8 if wide else 4)]) / rate if rate else 0


@dataclass(kw_only=True)
class Session:
    """An upload under way. `content` is what arrived of it."""

    id: str
    key: Key
    content: bytearray = field(default_factory=bytearray, repr=False)
    total: int = 0
    breaks_at: int = 0

    @property
    def is_whole(self) -> bool:
        return bool(self.content) and len(self.content) == self.total


class UploadRoom:
    """The upload server beside the API. A session goes on where it broke off; its `breaks_at` lets the next
    upload break there. `arrived` is told what is there of a session: its id, the bytes, how many there are
    to be."""

    def __init__(self, address: str, keys: Callable[[str], Key | None], versions: Sequence[str]) -> None:
        self.sessions: dict[str, Session] = {}
        self.arrived: Callable[[str, bytes, int], None] = _nobody
        self._address = address
        self._keys = keys
        self._version = versions[0]

    def open(self, kind: str, session_id: str, key: Key) -> str:
        """The address to upload to; `kind` stands in it: "video-upload"."""
        self.sessions[session_id] = Session(id=session_id, key=key)
        return f"{self._address}/rupload/{kind}/{self._version}/{session_id}"

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        path = "/rupload/{kind}/{version}/{id}"
        return [web.post(path, self._take), web.get(path, self._tell)]

    async def _take(self, request: web.Request) -> web.Response:
        session = self._session(request)
        if "file_url" in request.headers:
            return await self._fetch(request, session)
        offset, total = request.headers.get("offset", ""), request.headers.get("file_size", "")
        if not offset.isdecimal() or not total.isdecimal() or int(offset) > len(session.content):
            raise _failure("InvalidHeader", "Upload offset or file size is missing or wrong")
        session.total = int(total)
        del session.content[int(offset) :]
        async for piece in request.content.iter_chunked(PIECE):
            session.content += piece
            if session.breaks_at and len(session.content) >= session.breaks_at and request.transport:
                session.breaks_at = 0
                self._tell_of(session)
                request.transport.abort()
                break
        self._tell_of(session)
        if not session.is_whole:
            raise _failure(
                "PartialRequestError", "Partial request (did not match length of file)", again=True
            )
        return web.json_response({"success": True, "message": "Upload successful."})

    async def _fetch(self, request: web.Request, session: Session) -> web.Response:
        content = await fetch(request.headers["file_url"])
        if content is None:
            raise _failure("ProcessingFailedError", "The file could not be fetched from this address")
        session.content[:], session.total = content, len(content)
        self._tell_of(session)
        return web.json_response({"success": True})

    async def _tell(self, request: web.Request) -> web.Response:
        session = self._session(request)
        return web.json_response({"id": session.id, "file_offset": len(session.content)})

    def _tell_of(self, session: Session) -> None:
        self.arrived(session.id, bytes(session.content), session.total)

    def _session(self, request: web.Request) -> Session:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        key = self._keys(token) if kind == "OAuth" else None
        session = self.sessions.get(request.match_info["id"])
        if key is None or key.dead:
            raise _failure("NotAuthorizedError", "OAuth token is missing or dead", status=401)
        if session is None or key.who != session.key.who:
            raise _failure("OffsetInvalidError", "Unknown upload session")
        return session


def _nobody(session_id: str, content: bytes, total: int) -> None:
    """Nobody asks."""


def _failure(kind: str, message: str, *, again: bool = False, status: int = 400) -> web.HTTPException:
    body = {"debug_info": {"retriable": again, "type": kind, "message": message}}
    made = web.HTTPUnauthorized if status == 401 else web.HTTPBadRequest
    return made(text=json.dumps(body), content_type="application/json")
