"""Files at the pretend WhatsApp: uploaded, shown for thirty days, fetched with a key."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Route, refusal, unsupported
from hawker.connect.pretend_graph_media import kind_of
from hawker.platforms.whatsapp.sandbox_send import own_phone, trouble
from hawker.platforms.whatsapp.sandbox_world import LIFE, File, World

LARGEST: Mapping[str, int] = {
    "image/jpeg": 5_000_000,
    "image/png": 5_000_000,
    "video/mp4": 16_000_000,
    "application/pdf": 100_000_000,
}


class MediaRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[Route]:
        return [Route(method="POST", path="/{id}/media", answers=self._take)]

    def pages(self) -> Sequence[web.AbstractRouteDef]:
        return [web.get("/lookaside/{id}", self._bytes)]

    async def _take(self, call: Call) -> Json:
        phone = own_phone(self._world, call, "whatsapp_business_messaging")
        if call.given("messaging_product") != "whatsapp":
            raise refusal(100, "(#100) Param messaging_product must be one of {WHATSAPP}")
        file = call.files.get("file")
        if file is None:
            raise refusal(100, "(#100) The parameter file is required.")
        kind = "application/pdf" if file.content.startswith(b"%PDF") else kind_of(file.content)
        if kind not in LARGEST:
            message = "(#100) Param file must be a file with one of the following types: "
            received = f". Received file of type '{file.content_type}'."
            raise refusal(100, message + ", ".join(LARGEST) + received)
        if len(file.content) > LARGEST[kind]:
            raise trouble(
                131053, f"Media file size too big. Max file size we currently support: {LARGEST[kind]}."
            )
        made = File(
            id=str(10**15 + secrets.randbelow(10**14)),
            phone=phone.id,
            content_type=kind,
            content=file.content,
            at=self._world.now(),
        )
        self._world.files[made.id] = made
        return {"id": made.id}

    def file(self, call: Call) -> File | None:
        """One of the caller's, unless it is too old."""
        file = self._world.files.get(call.part("id"))
        if file is None or self._world.now() - file.at > LIFE:
            return None
        phones = [
            phone.id
            for business in self._world.businesses.values()
            for phone in business.phones
            if business.user == call.holder.who
        ]
        return file if file.phone in phones else None

    def show(self, file: File) -> Json:
        return {
            "messaging_product": "whatsapp",
            "url": f"{self._world.address}/lookaside/{file.id}",
            "mime_type": file.content_type,
            "sha256": hashlib.sha256(file.content).hexdigest(),
            "file_size": str(len(file.content)),
            "id": file.id,
        }

    def drop(self, call: Call) -> Json:
        if self.file(call) is None:
            raise unsupported(call.part("id"))
        del self._world.files[call.part("id")]
        return {"success": True}

    async def _bytes(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").partition(" ")[2]
        file, key = self._world.files.get(request.match_info["id"]), self._world.keys.find(token)
        if file is None or key is None or key.dead:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.content_type)
