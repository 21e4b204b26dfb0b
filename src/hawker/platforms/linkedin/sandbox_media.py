"""Uploads to the pretend LinkedIn, by “Images API”, “Videos API” and “Documents API”, read 2026-11-22."""

import hashlib
from collections.abc import Sequence
from io import BytesIO

from aiohttp import web
from PIL import Image, UnidentifiedImageError

from hawker.connect.http import Json
from hawker.platforms.linkedin.sandbox_call import acting, body_of, forbid, grant_of, part, refuse
from hawker.platforms.linkedin.sandbox_world import Upload, World

PART = 4 * 2**20
PIXELS, DOCUMENT_BYTES = 36_152_320, 100_000_000
SMALLEST_VIDEO, VIDEO_BYTES = 75_000, 500_000_000
IMAGES = ("image/jpeg", "image/png", "image/gif")
HOUR = 3_600_000
COVER = -1


class MediaRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post("/rest/images", self._begin),
            web.post("/rest/documents", self._begin),
            web.post("/rest/videos", self._video),
            web.get("/rest/{kind:images|videos|documents}/{urn}", self._status),
            web.put("/dms-uploads/{number}/{part}", self._put),
        ]

    async def _begin(self, request: web.Request) -> web.Response:
        kind = "image" if request.path.endswith("images") else "document"
        upload = self._new(kind, await self._owner(request))
        value: dict[str, Json] = {
            "uploadUrlExpiresAt": self._soon(),
            "uploadUrl": self._address(upload, 0),
            kind: upload.urn,
        }
        return web.json_response({"value": value})

    async def _owner(self, request: web.Request) -> str:
        grant = grant_of(self._world, request)
        owner = str(part(await body_of(request), "initializeUploadRequest").get("owner", ""))
        return acting(self._world, grant, owner, "social").urn

    async def _video(self, request: web.Request) -> web.Response:
        if request.query.get("action") == "finalizeUpload":
            return await self._finish(request)
        owner = await self._owner(request)
        wish = part(await body_of(request), "initializeUploadRequest")
        total = wish.get("fileSizeBytes")
        if not isinstance(total, int) or not SMALLEST_VIDEO <= total <= VIDEO_BYTES:
            raise refuse(400, "fileSizeBytes is not within the limits", "ILLEGAL_ARGUMENT")
        upload = self._new("video", owner, total)
        parts: list[Json] = [
            {
                "uploadUrl": self._address(upload, number),
                "firstByte": start,
                "lastByte": min(start + PART, total) - 1,
            }
            for number, start in enumerate(range(0, total, PART))
        ]
        value: dict[str, Json] = {
            "video": upload.urn,
            "uploadToken": "",
            "uploadUrlsExpireAt": self._soon(),
            "uploadInstructions": parts,
        }
        if wish.get("uploadThumbnail"):
            value["thumbnailUploadUrl"] = self._address(upload, COVER)
        return web.json_response({"value": value})

    async def _finish(self, request: web.Request) -> web.Response:
        """Whether a second time is refused is not documented; here it is."""
        grant = grant_of(self._world, request)
        wish = part(await body_of(request), "finalizeUploadRequest")
        upload = self._world.uploads.get(str(wish.get("video", "")))
        if upload is None or upload.status != "WAITING_UPLOAD":
            raise refuse(400, "The video cannot be finalized", "ILLEGAL_ARGUMENT")
        acting(self._world, grant, upload.owner, "social")
        marks = [_mark(upload.parts[number]) for number in sorted(upload.parts) if number >= 0]
        if wish.get("uploadedPartIds") != marks or len(upload.content) != upload.total:
            raise refuse(400, "uploadedPartIds do not match what was uploaded", "ILLEGAL_ARGUMENT")
        self._settle(upload)
        return web.Response()

    async def _put(self, request: web.Request) -> web.Response:
        number, place = request.match_info["number"], int(request.match_info["part"])
        upload = next((each for each in self._world.uploads.values() if each.number == number), None)
        if upload is None:
            raise refuse(404, "Upload not found")
        if upload.kind != "video":  # the addresses of a video's parts carry their own right
            grant_of(self._world, request)
        content = await request.read()
        upload.parts[place] = content
        if upload.kind == "video":
            return web.Response(headers={"ETag": f'"{_mark(content)}"'})
        self._settle(upload)
        return web.Response(status=201)

    async def _status(self, request: web.Request) -> web.Response:
        """A member's token may ask for videos only."""
        grant = grant_of(self._world, request)
        upload = self._world.uploads.get(request.match_info["urn"])
        if upload is None:
            raise refuse(404, "Entity not found")
        if upload.kind != "video" and upload.owner == self._world.member(grant.handle).urn:
            raise forbid(f"{request.match_info['kind']}.GET")
        body: Json = {
            "id": upload.urn,
            "owner": upload.owner,
            "status": self._world.look(upload),
            "downloadUrl": f"{self._world.site}/media/{upload.number}",
            "downloadUrlExpiresAt": self._soon(),
        }
        return web.json_response(body)

    def _new(self, kind: str, owner: str, total: int = 0) -> Upload:
        urn = f"urn:li:{kind}:{self._world.number()}"
        self._world.uploads[urn] = Upload(urn=urn, owner=owner, total=total)
        return self._world.uploads[urn]

    def _address(self, upload: Upload, place: int) -> str:
        return f"{self._world.address}/dms-uploads/{upload.number}/{place}"

    def _soon(self) -> int:
        return int(self._world.now().timestamp() * 1000) + HOUR

    def _settle(self, upload: Upload) -> None:
        upload.content_type, upload.looks = _type(upload), self._world.manners.works
        upload.status = "PROCESSING"


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _type(upload: Upload) -> str:
    """Empty where LinkedIn would not take it."""
    content = upload.content
    if upload.kind == "video":
        return "video/mp4" if content[4:8] == b"ftyp" else ""
    if upload.kind == "document":
        return "application/pdf" if content[:5] == b"%PDF-" and len(content) <= DOCUMENT_BYTES else ""
    try:
        with Image.open(BytesIO(content)) as picture:
            kind, (width, height) = picture.get_format_mimetype() or "", picture.size
    except (UnidentifiedImageError, Image.DecompressionBombError):
        return ""
    return kind if kind in IMAGES and width * height < PIXELS else ""
