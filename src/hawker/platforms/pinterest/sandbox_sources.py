"""What a Pin at the pretend Pinterest is made of: pictures that come along or are fetched, or a video."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from hawker.connect.http import Json
from hawker.connect.pretend_fetch import fetch
from hawker.platforms.pinterest.sandbox_call import INVALID, NO_RIGHT, invalid, refusal, text
from hawker.platforms.pinterest.sandbox_media import state_of
from hawker.platforms.pinterest.sandbox_world import File, Person, World

TYPES, LARGEST, FEWEST, MOST = ("image/jpeg", "image/png"), 20_000_000, 2, 5
NO_COVER = (
    "Video pins need cover_image_url or cover_image_content_type and cover_image_data or "
    "cover_image_key_frame_time."
)
NOT_FETCHED = "Sorry, we could not fetch the image. Unable to reach the URL."


@dataclass(frozen=True, kw_only=True)
class Source:
    kind: str
    files: tuple[File, ...]
    video: bytes = b""


async def source_of(world: World, person: Person, body: Mapping[str, Json]) -> Source:
    source = body.get("media_source")
    if not isinstance(source, dict):
        raise invalid("media_source is missing.")
    kind = text(source, "source_type")
    if kind in {"image_base64", "image_url"}:
        return Source(kind="image", files=(await _picture(source, kind),))
    if kind in {"multiple_image_base64", "multiple_image_urls"}:
        return Source(kind="multiple_images", files=await _carousel(source, kind))
    if kind == "video_id":
        return await _video(world, person, source)
    if kind == "pin_url":
        raise refusal(403, "You are not permitted to access that resource.", NO_RIGHT)
    raise invalid(f"media_source.source_type: {json.dumps(kind)}.")


async def _picture(source: Mapping[str, Json], kind: str) -> File:
    if kind.endswith("base64"):
        return _decoded(text(source, "content_type"), text(source, "data"))
    content = await fetch(text(source, "url"), agent="Pinterestbot/1.0")
    if content is None:
        raise refusal(400, NOT_FETCHED, INVALID)
    return _opened(content)


async def _carousel(source: Mapping[str, Json], kind: str) -> tuple[File, ...]:
    items = source.get("items")
    if not isinstance(items, list) or not FEWEST <= len(items) <= MOST:
        raise invalid(f"media_source.items, constraint: minItems={FEWEST}, maxItems={MOST}.")
    files = [await _picture(item, kind) for item in items if isinstance(item, dict)]
    if len({(file.width, file.height) for file in files}) > 1:
        raise refusal(400, "All images of a carousel must have the same width and height.", INVALID)
    return tuple(files)


async def _video(world: World, person: Person, source: Mapping[str, Json]) -> Source:
    upload = world.uploads.get(text(source, "media_id"))
    if upload is None or upload.owner != person.username:
        raise refusal(404, "Media upload not found.")
    if state_of(world, upload) != "succeeded":
        raise refusal(400, "The media upload has not been processed yet.", INVALID)
    cover = await _cover(source)
    return Source(kind="video", files=cover, video=upload.content)


async def _cover(source: Mapping[str, Json]) -> tuple[File, ...]:
    moment = source.get("cover_image_key_frame_time")
    if text(source, "cover_image_data"):
        kind, data = (text(source, f"cover_image_{name}") for name in ("content_type", "data"))
        return (_decoded(kind, data),)
    if text(source, "cover_image_url"):
        return (await _picture({"url": source["cover_image_url"]}, "image_url"),)
    if isinstance(moment, int) and not isinstance(moment, bool) and moment >= 0:
        return ()
    raise refusal(400, NO_COVER, INVALID)


def _decoded(kind: str, data: str) -> File:
    if kind not in TYPES:
        raise invalid(f"content_type of the image: {json.dumps(kind)}.")
    try:
        content = base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise invalid("the data of the image is no base64.") from error
    file = _opened(content)
    if file.content_type != kind:
        raise refusal(400, "The image is not what its content_type says.", INVALID)
    return file


def _opened(content: bytes) -> File:
    try:
        with Image.open(BytesIO(content)) as image:
            kind, (width, height) = image.get_format_mimetype() or "", image.size
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise refusal(400, "The image could not be read.", INVALID) from error
    if kind not in TYPES or len(content) > LARGEST:
        raise refusal(400, "The image is too large, or neither JPEG nor PNG.", INVALID)
    return File(content=content, content_type=kind, width=width, height=height)
