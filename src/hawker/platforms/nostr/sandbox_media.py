"""The pretend Blossom server (BUD-01 and BUD-02)."""

import base64
import hashlib
import json
import mimetypes
from collections.abc import Sequence
from datetime import UTC, datetime

from aiohttp import web

from hawker.platforms.nostr import events
from hawker.platforms.nostr.events import Event, Kind
from hawker.platforms.nostr.sandbox_store import Store

_CORS = {"Access-Control-Allow-Origin": "*"}


class MediaServer:
    """`most`: the bytes of the largest file that it takes."""

    def __init__(self, address: str, store: Store) -> None:
        self.most = 100_000_000
        self.files: dict[str, tuple[bytes, str]] = {}
        self._address = address
        self._store = store

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.put("/media/upload", self._upload), web.get("/media/{name}", self._file)]

    async def _upload(self, request: web.Request) -> web.Response:
        data = await request.read()
        digest = hashlib.sha256(data).hexdigest()
        permit = _permit(request.headers.get("Authorization", ""))
        if permit is None or not _allows(permit, digest):
            return _refused(401, "Missing or invalid auth event")
        if permit.pubkey in self._store.banned:
            return _refused(403, "This public key may not upload here")
        if len(data) > self.most:
            return _refused(413, f"File too large. Max allowed size is {self.most} bytes")
        self.files.setdefault(digest, (data, request.content_type))
        return web.json_response(self._descriptor(digest), headers=_CORS)

    async def _file(self, request: web.Request) -> web.Response:
        found = self.files.get(request.match_info["name"].partition(".")[0])
        if found is None:
            return _refused(404, "Blob not found")
        return web.Response(body=found[0], content_type=found[1], headers=_CORS)

    def _descriptor(self, digest: str) -> dict[str, str | int]:
        data, content_type = self.files[digest]
        return {
            "url": f"{self._address}/{digest}{mimetypes.guess_extension(content_type) or ''}",
            "sha256": digest,
            "size": len(data),
            "type": content_type,
            "uploaded": int(datetime.now(UTC).timestamp()),
        }


def _permit(header: str) -> Event | None:
    scheme, _, encoded = header.partition(" ")
    try:
        return events.read(json.loads(base64.b64decode(encoded))) if scheme == "Nostr" else None
    except ValueError:
        return None


def _allows(permit: Event, digest: str) -> bool:
    now = datetime.now(UTC).timestamp()
    until = next(iter(permit.values("expiration")), "0")
    return (
        permit.kind == Kind.upload
        and permit.created_at <= now
        and until.isdecimal()
        and now < int(until)
        and permit.values("t") == ["upload"]
        and digest in permit.values("x")
    )


def _refused(status: int, reason: str) -> web.Response:
    headers = {**_CORS, "X-Reason": reason}
    return web.json_response({"message": reason}, status=status, headers=headers)
