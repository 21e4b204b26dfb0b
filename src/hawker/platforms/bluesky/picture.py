"""Pictures as Bluesky takes them: small enough, upright, without what a camera notes of place and time."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image, ImageOps

from hawker.connect.errors import Refused
from hawker.connect.text import say

# What older servers hold to; newer ones take 2,000,000 (lexicon app.bsky.embed.images, 2026-08-20).
MODEST_BYTES = 1_000_000
PIXELS = 50_000_000
TOO_MANY_PIXELS = say("A picture of this post has too many pixels. Take a smaller one.")
_SIDES = (2560, 2000, 1600, 1200, 900, 600, 400, 200)
_QUALITIES = (88, 78, 68)
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_HARMLESS = {
    *("icc_profile", "dpi", "gamma", "srgb", "chromaticity", "transparency", "interlace", "aspect"),
    *("jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"),
    *("adobe", "adobe_transform", "loop", "background", "timestamp", "duration"),
}


@dataclass(frozen=True, kw_only=True)
class Picture:
    data: bytes = field(repr=False)
    content_type: str
    width: int
    height: int


def fit(data: bytes, most: int) -> Picture:
    """The picture in at most `most` bytes and MODEST_BYTES. Raises Refused.

    Takes seconds of processor time for a large one: call it in a thread.
    """
    try:
        return _fit(data, min(most, MODEST_BYTES))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        sentence = say("A picture of this post cannot be read. Save it as JPEG or PNG and add it again.")
        raise Refused(sentence, field="media") from error


def _fit(data: bytes, most: int) -> Picture:
    with Image.open(io.BytesIO(data)) as image:
        if image.width * image.height > PIXELS:
            raise Refused(TOO_MANY_PIXELS, field="media")
        image.load()
        if len(data) <= most and _clean(image):
            return _picture(data, str(image.format), image)
        for picture in _attempts(image):
            if len(picture.data) <= most:
                return picture
    raise Refused(say("A picture of this post cannot be made small enough for Bluesky."), field="media")


def _clean(image: Image.Image) -> bool:
    """Whether the file can go out as it is."""
    still = getattr(image, "n_frames", 1) == 1
    return still and image.format in _TYPES and image.info.keys() <= _HARMLESS


def _attempts(image: Image.Image) -> Iterator[Picture]:
    """Smaller and smaller: first without loss, then coarser, then with fewer pixels."""
    plain, profile = _upright(image)
    if image.format in {"PNG", "GIF"}:
        yield _save(plain, "PNG", profile)
    form = "WEBP" if plain.mode == "RGBA" else "JPEG"
    sides = [side for side in _SIDES if side < max(plain.size)]
    for side in sides if len(sides) == len(_SIDES) else [max(plain.size), *sides]:
        smaller = plain.copy()
        smaller.thumbnail((side, side))
        yield from (_save(smaller, form, profile, quality) for quality in _QUALITIES)


def _upright(image: Image.Image) -> tuple[Image.Image, bytes | None]:
    """The first frame's pixels and nothing else, and their colour profile where it still fits them."""
    image.seek(0)
    profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
    plain = ImageOps.exif_transpose(image).convert("RGBA" if image.has_transparency_data else "RGB")
    plain.info.clear()
    return plain, profile


def _save(image: Image.Image, form: str, profile: bytes | None, quality: int = 0) -> Picture:
    file = io.BytesIO()
    image.save(file, form, quality=quality, icc_profile=profile)
    return _picture(file.getvalue(), form, image)


def _picture(data: bytes, form: str, image: Image.Image) -> Picture:
    return Picture(data=data, content_type=_TYPES[form], width=image.width, height=image.height)
