"""Files as the pretend Telegram takes them."""

import io

from aiohttp import web
from PIL import Image

from hawker.platforms.telegram.sandbox_call import Refusal
from hawker.platforms.telegram.sandbox_world import Upload, World

# Bot API 10.1, 2026-06-11, written down anew so that the connector is checked.
PHOTO_BYTES, FILE_BYTES = 10_000_000, 50_000_000
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}


def take(world: World, kind: str, file: web.FileField | None, size: tuple[int, int, int]) -> Upload:
    """`size`: width, height and seconds as the call tells them, for what is not measured here."""
    if file is None:
        raise Refusal(400, f"Bad Request: there is no {kind} in the request")
    data = file.file.read()
    if not data:
        raise Refusal(400, "Bad Request: file must be non-empty")
    if len(data) > FILE_BYTES:
        raise Refusal(413, "Request Entity Too Large")
    if kind == "photo":
        return _photo(world, data)
    return world.keep(kind, file.content_type, size, data)


def _photo(world: World, data: bytes) -> Upload:
    if len(data) > PHOTO_BYTES:
        raise Refusal(400, "Bad Request: file is too big")
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.verify()
            (width, height), form = image.size, str(image.format)
    except (OSError, SyntaxError, ValueError) as error:
        raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED") from error
    if form not in FORMATS:
        raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED")
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    return world.keep("photo", FORMATS[form], (width, height, 0), data)
