"""Pictures that the pretend Business Profile fetches, and what it refuses of them."""

import secrets
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from hawker.connect.http import Json
from hawker.connect.pretend_fetch import fetch
from hawker.platforms.google_business.sandbox_checks import known, text
from hawker.platforms.google_business.sandbox_errors import faulty, invalid
from hawker.platforms.google_business.sandbox_world import Picture

AGENT = "Google-Business-Photos"
LEAST_BYTES, MOST_BYTES, LEAST_SIDE = 10_240, 5 * 2**20, 250
TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}


async def pictures_of(media: Json) -> tuple[Picture, ...]:
    if not isinstance(media, list):
        raise invalid("Invalid value at 'local_post.media'")
    return tuple([await _picture(item) for item in media])


async def _picture(item: Json) -> Picture:
    said = known(item if isinstance(item, dict) else {}, "local_post.media")
    if text(said, "mediaFormat") == "VIDEO":
        raise faulty("media", "Video uploaded from post is not currently supported.")
    if text(said, "mediaFormat") != "PHOTO" or not text(said, "sourceUrl"):
        raise faulty("media", "Media format and source url are required.")
    content = await fetch(text(said, "sourceUrl"), agent=AGENT)
    if content is None:
        raise faulty("", "Fetching image failed.", code=1000)
    return _examined(content)


def _examined(content: bytes) -> Picture:
    try:
        with Image.open(BytesIO(content)) as image:
            kind, side = image.format or "", min(image.size)
    except UnidentifiedImageError:
        raise faulty("", "Fetching image failed.", code=1000) from None
    if kind not in TYPES:
        raise faulty("media", "Image format is not supported.")
    if not LEAST_BYTES <= len(content) <= MOST_BYTES:
        raise faulty("media", f"Image has {len(content)} bytes, which is too small or too large.")
    if side < LEAST_SIDE:
        raise faulty("media", f"Image must have at least {LEAST_SIDE} pixels on its short edge.")
    return Picture(id=f"AF1Qip{secrets.token_urlsafe(24)}", content=content, content_type=TYPES[kind])
