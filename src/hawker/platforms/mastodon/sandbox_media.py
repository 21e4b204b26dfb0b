"""Uploads to the pretend Mastodon: taken, worked on for a while, attached to a post or described anew."""

from collections.abc import Sequence
from io import BytesIO

from aiohttp import web
from PIL import Image, UnidentifiedImageError

from hawker.platforms.mastodon.sandbox_entities import attachment
from hawker.platforms.mastodon.sandbox_instance import (
    ALT_TEXT,
    IMAGE_BYTES,
    IMAGE_PIXELS,
    IMAGE_TYPES,
    VIDEO_BYTES,
    VIDEO_TYPES,
)
from hawker.platforms.mastodon.sandbox_request import author, missing, read_fields, refusal
from hawker.platforms.mastodon.sandbox_world import Upload, World


class MediaRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post("/api/v2/media", self._upload_and_leave),
            web.post("/api/v1/media", self._upload_and_stay),
            web.get("/api/v1/media/{id}", self._look),
            web.put("/api/v1/media/{id}", self._describe),
            web.get("/media/{id}", self._show),
        ]

    async def _upload_and_leave(self, request: web.Request) -> web.Response:
        """Answers 202 while the work goes on."""
        if not self._world.manners.media_v2:
            raise web.HTTPNotFound(text="<h1>404 Not Found</h1>", content_type="text/html")
        upload = await self._take(request, looks=self._world.manners.polls)
        return web.json_response(attachment(self._world, upload), status=202 if upload.looks else 200)

    async def _upload_and_stay(self, request: web.Request) -> web.Response:
        return web.json_response(attachment(self._world, await self._take(request, looks=0)))

    async def _take(self, request: web.Request, *, looks: int) -> Upload:
        person = author(self._world, request, "write:media")
        fields = await read_fields(request)
        file = fields.file("file")
        if file is None:
            raise refusal(422, "Validation failed: File can't be blank")
        content = file.file.read()
        content_type, width, height = _inspect(content, file.content_type)
        _check_description(fields.text("description"))
        upload = Upload(
            id=self._world.id(),
            person=person,
            content=content,
            content_type=content_type,
            width=width,
            height=height,
            description=fields.text("description"),
            focus=fields.text("focus"),
            looks=looks,
        )
        self._world.uploads[upload.id] = upload
        return upload

    async def _look(self, request: web.Request) -> web.Response:
        upload = self._unattached(request)
        answer = web.json_response(attachment(self._world, upload), status=206 if upload.looks > 0 else 200)
        upload.looks -= 1
        return answer

    async def _describe(self, request: web.Request) -> web.Response:
        upload = self._unattached(request)
        fields = await read_fields(request)
        _check_description(fields.text("description"))
        if fields.has("description"):
            upload.description = fields.text("description")
        if fields.has("focus"):
            upload.focus = fields.text("focus")
        return web.json_response(attachment(self._world, upload), status=206 if upload.looks > 0 else 200)

    def _unattached(self, request: web.Request) -> Upload:
        """Mastodon shows uploads only to their owner and only until they are in a post."""
        person = author(self._world, request, "write:media")
        upload = self._world.uploads.get(request.match_info["id"])
        if upload is None or upload.person != person or upload.status_id:
            raise missing()
        return upload

    async def _show(self, request: web.Request) -> web.Response:
        upload = self._world.uploads.get(request.match_info["id"])
        if upload is None:
            raise web.HTTPNotFound
        return web.Response(body=upload.content, content_type=upload.content_type)


def _inspect(content: bytes, told: str) -> tuple[str, int, int]:
    """The pretend Mastodon knows a video by its first bytes, and does not measure it."""
    if told in VIDEO_TYPES and (content[4:8] == b"ftyp" or content[:4] == b"\x1a\x45\xdf\xa3"):
        if len(content) > VIDEO_BYTES:
            raise refusal(422, "Validation failed: File file size must be less than 99 MB")
        return told, 640, 360
    try:
        with Image.open(BytesIO(content)) as picture:
            content_type, (width, height) = Image.MIME.get(picture.format or "", ""), picture.size
    except (UnidentifiedImageError, Image.DecompressionBombError):
        content_type, width, height = "", 1, 1
    if content_type not in IMAGE_TYPES:
        raise refusal(422, "Validation failed: File content type is invalid, File is invalid")
    if len(content) > IMAGE_BYTES:
        raise refusal(422, "Validation failed: File file size must be less than 16 MB")
    if width * height > IMAGE_PIXELS:
        raise refusal(422, f"{width}x{height} images are not supported")
    return content_type, width, height


def _check_description(description: str) -> None:
    if len(description) > ALT_TEXT:
        raise refusal(422, f"Validation failed: Description is too long (maximum is {ALT_TEXT} characters)")
