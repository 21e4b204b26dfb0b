"""The pretend Pinterest's videos: registered, laid into a store by a form, then worked on."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from aiohttp import BodyPartReader, web

from hawker.connect.http import Json
from hawker.platforms.pinterest.sandbox_call import Bookmarks, body_of, caller, invalid, refusal, text
from hawker.platforms.pinterest.sandbox_world import Upload, World

LARGEST = 2_000_000_000


class MediaRoom:
    def __init__(self, world: World, bookmarks: Bookmarks) -> None:
        self._world = world
        self._bookmarks = bookmarks

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post("/v5/media", self._register),
            web.get("/v5/media", self._list),
            web.get("/v5/media/{id}", self._one),
            web.post("/store/", self._store),
        ]

    async def _register(self, request: web.Request) -> web.Response:
        person = caller(self._world, request, "pins:read", "pins:write")
        if text(await body_of(request), "media_type") != "video":
            raise invalid("media_type is not 'video'.")
        upload = Upload(id=self._world.number(), owner=person.username)
        self._world.uploads[upload.id] = upload
        told = {
            "media_id": upload.id,
            "media_type": "video",
            "upload_url": f"{self._world.address}/store/",
            "upload_parameters": upload.parameters,
        }
        return web.json_response(told, status=201)

    async def _list(self, request: web.Request) -> web.Response:
        person = caller(self._world, request, "pins:read")
        mine = (each for each in self._world.uploads.values() if each.owner == person.username)
        return self._bookmarks.page(request, [_told(each, self._state(each)) for each in mine])

    async def _one(self, request: web.Request) -> web.Response:
        person = caller(self._world, request, "pins:read")
        upload = self._world.uploads.get(request.match_info["id"])
        if upload is None or upload.owner != person.username:
            raise refusal(404, "Media upload not found.")
        upload.looks += 1
        return web.json_response(_told(upload, self._state(upload)))

    def _state(self, upload: Upload) -> str:
        return state_of(self._world, upload)

    async def _store(self, request: web.Request) -> web.Response:
        """As Amazon's store: every field of the policy, then the file; no content in the answer."""
        if request.content_length is None:
            return _refused(411, "MissingContentLength", "You must provide the Content-Length HTTP header.")
        if request.content_type != "multipart/form-data":
            return _refused(412, "PreconditionFailed", "Bucket POST must be of the enclosure-type multipart.")
        fields, content = dict[str, str](), None
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                return _refused(400, "MalformedPOSTRequest", "The body of your POST request is not valid.")
            if part.name == "file":
                content = bytes(await part.read())
                break
            fields[part.name or ""] = await part.text()
        return self._keep(fields, content)

    def _keep(self, fields: dict[str, str], content: bytes | None) -> web.Response:
        """Fields behind the file are not read, as at Amazon's."""
        if content is None:
            return _refused(400, "InvalidArgument", "POST requires exactly one file upload per request.")
        if len(content) > LARGEST:
            return _refused(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size.")
        for upload in self._world.uploads.values():
            if upload.parameters == fields:
                upload.content, upload.looks = content, 0
                upload.failed = content[4:8] != b"ftyp"
                return web.Response(status=204)
        return _refused(403, "AccessDenied", "Invalid according to Policy: Policy Condition failed")


def state_of(world: World, upload: Upload) -> str:
    if not upload.content:
        return "registered"
    if upload.looks < world.manners.works:
        return "processing"
    return "failed" if upload.failed else "succeeded"


def _told(upload: Upload, state: str) -> dict[str, Json]:
    return {"media_id": upload.id, "media_type": "video", "status": state}


def _refused(status: int, code: str, message: str) -> web.Response:
    body = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    return web.Response(status=status, text=body, content_type="application/xml")
