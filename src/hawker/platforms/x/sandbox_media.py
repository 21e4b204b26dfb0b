"""Uploads to the pretend X: pictures in one call, videos in parts, and their descriptions."""

from collections.abc import Sequence
from io import BytesIO

from aiohttp import web
from PIL import Image, UnidentifiedImageError

from hawker.connect.http import Json
from hawker.platforms.x.sandbox_request import body_of, invalid, missing, person_of
from hawker.platforms.x.sandbox_world import Person, Upload, World

# docs.x.com, x-api/media, 2026-08-22.
IMAGE_BYTES, GIF_BYTES, VIDEO_BYTES, ALT_TEXT, PARTS = 5_000_000, 15_000_000, 512_000_000, 1_000, 1_000
IMAGES = ("image/jpeg", "image/png", "image/webp", "image/gif")
VIDEOS = ("video/mp4", "video/quicktime", "video/webm", "video/mp2t")
MOST = {"tweet_image": IMAGE_BYTES, "tweet_gif": GIF_BYTES, "tweet_video": VIDEO_BYTES}
LIFE, SESSION = 86_400, 1_295_999


class MediaRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post("/2/media/upload", self._upload),
            web.get("/2/media/upload", self._status),
            web.post("/2/media/upload/initialize", self._initialize),
            web.post("/2/media/upload/{id}/append", self._append),
            web.post("/2/media/upload/{id}/finalize", self._finalize),
            web.post("/2/media/metadata", self._describe),
        ]

    async def _upload(self, request: web.Request) -> web.Response:
        person = person_of(self._world, request, "media.write")
        form = await request.post()
        file, category = form.get("media"), str(form.get("media_category", ""))
        if not isinstance(file, web.FileField) or category != "tweet_image":
            raise invalid("media", "", "media and media_category are required")
        content = file.file.read()
        upload = self._new(person, category, "", len(content))
        upload.parts[0] = content
        _inspect(upload)
        upload.ready = True
        return web.json_response({"data": self._entity(upload)})

    async def _initialize(self, request: web.Request) -> web.Response:
        person = person_of(self._world, request, "media.write")
        wish = await body_of(
            request, "media_type", "total_bytes", "media_category", "additional_owners", "shared"
        )
        category, kind, total = wish.get("media_category"), wish.get("media_type"), wish.get("total_bytes")
        if category not in MOST or kind not in (*IMAGES, *VIDEOS) or not isinstance(total, int):
            raise invalid("media_type", str(kind), "media_type or media_category is not supported")
        if not 0 < total <= MOST[str(category)]:
            raise invalid("total_bytes", str(total), "File size exceeds the limit")
        upload = self._new(person, str(category), str(kind), total)
        data: Json = {"id": upload.id, "media_key": upload.key, "expires_after_secs": SESSION}
        return web.json_response({"data": data})

    async def _append(self, request: web.Request) -> web.Response:
        upload = self._own(request, request.match_info["id"])
        form = await request.post()
        file, index = form.get("media"), str(form.get("segment_index", ""))
        if not isinstance(file, web.FileField) or not index.isdecimal() or int(index) >= PARTS:
            raise invalid("segment_index", index, "media and segment_index are required")
        upload.parts[int(index)] = file.file.read()
        upload.heard += len(upload.parts[int(index)])
        expires = int(self._world.now().timestamp()) + SESSION
        return web.json_response({"data": {"expires_at": expires}})

    async def _finalize(self, request: web.Request) -> web.Response:
        upload = self._own(request, request.match_info["id"])
        if upload.whole and not self._world.manners.ends_twice:
            raise invalid("id", upload.id, "The media was finalized already.")
        if len(upload.content) != upload.total:
            raise invalid("id", upload.id, "Segments do not add up to provided total file size.")
        if upload.category != "tweet_video":
            _inspect(upload)
        elif not upload.whole:
            upload.looks = self._world.manners.works
        upload.whole, upload.ready = True, upload.looks <= 0
        return web.json_response({"data": self._entity(upload)})

    async def _status(self, request: web.Request) -> web.Response:
        upload = self._own(request, request.query.get("media_id", ""))
        upload.looks -= 1
        upload.ready = upload.looks <= 0 and _is_video(upload)
        return web.json_response({"data": self._entity(upload)})

    async def _describe(self, request: web.Request) -> web.Response:
        wish = await body_of(request, "id", "metadata")
        upload, metadata = self._own(request, str(wish.get("id", ""))), wish.get("metadata")
        told = metadata.get("alt_text") if isinstance(metadata, dict) else None
        alt = told.get("text") if isinstance(told, dict) else None
        if not isinstance(alt, str) or len(alt) > ALT_TEXT:
            raise invalid("metadata.alt_text.text", "", f"alt_text exceeds {ALT_TEXT} characters")
        if upload.category == "tweet_video" and not self._world.manners.describes:
            raise invalid("id", upload.id, "alt_text is not supported for this media category")
        upload.alt = alt
        data: Json = {"id": upload.id, "associated_metadata": {"alt_text": {"text": alt}}}
        return web.json_response({"data": data})

    def _new(self, person: Person, category: str, content_type: str, total: int) -> Upload:
        upload = Upload(
            id=self._world.id(), person=person, category=category, content_type=content_type, total=total
        )
        self._world.uploads[upload.id] = upload
        return upload

    def _own(self, request: web.Request, media_id: str) -> Upload:
        person = person_of(self._world, request, "media.write")
        upload = self._world.uploads.get(media_id)
        if upload is None or upload.person.id != person.id:
            raise missing("media", media_id)
        return upload

    def _entity(self, upload: Upload) -> dict[str, Json]:
        entity: dict[str, Json] = {
            "id": upload.id,
            "media_key": upload.key,
            "size": upload.total,
            "expires_after_secs": LIFE,
        }
        if upload.category == "tweet_video":
            state = "succeeded" if upload.ready else "in_progress"
            if upload.looks <= 0 and not _is_video(upload):
                state = "failed"
            entity["processing_info"] = {"state": state, "check_after_secs": 1}
        else:
            entity["image"] = {"image_type": upload.content_type, "w": upload.width, "h": upload.height}
        return entity


def _is_video(upload: Upload) -> bool:
    """By how an MP4 or MOV file begins."""
    return upload.content[4:8] == b"ftyp"


def _inspect(upload: Upload) -> None:
    try:
        with Image.open(BytesIO(upload.content)) as picture:
            upload.content_type, (upload.width, upload.height) = (
                picture.get_format_mimetype() or "",
                picture.size,
            )
    except (UnidentifiedImageError, Image.DecompressionBombError):
        upload.content_type = ""
    if upload.content_type not in IMAGES or len(upload.content) > MOST[upload.category]:
        raise invalid("media", "", "The media could not be processed.")
