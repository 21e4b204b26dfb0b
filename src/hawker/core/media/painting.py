"""Making a picture right: another format, another ratio, fewer pixels, fewer bytes."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageFilter, ImageOps

from hawker.core.media import sizes
from hawker.core.media.rules import Recipe
from hawker.core.media.sizes import Size

QUALITIES = (92, 85, 76, 66)
# Of the longer side, one after the other until the bytes fit.
SCALES = (0.8, 0.64, 0.5, 0.4, 0.32, 0.25, 0.2, 0.1)
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
GROUND_SIDE = 48
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


class TooHeavy(Exception):
    """However small it is made, it has too many bytes."""


def paint(source: Path, recipe: Recipe, target: Path) -> Size:
    """Writes the picture to `target`. Raises TooHeavy, or what Pillow raises where it cannot be read."""
    with Image.open(source) as opened:
        plain = _plain(opened, recipe)
    for size in _smaller_and_smaller(plain, recipe):
        drawn = _drawn(plain, size)
        for data in _coarser_and_coarser(drawn, recipe):
            if len(data) <= recipe.bytes:
                target.write_bytes(data)
                return size
    raise TooHeavy


def _plain(opened: Image.Image, recipe: Recipe) -> Image.Image:
    """Upright, in sRGB, and on white where the format knows no transparency."""
    upright = ImageOps.exif_transpose(opened)
    icc = upright.info.get("icc_profile")
    clear = upright.has_transparency_data
    plain = upright.convert("RGBA" if clear else "RGB") if upright.mode != "CMYK" else upright
    plain = _in_srgb(plain, icc)
    if not clear:
        return plain
    if recipe.content_type != "image/jpeg" and not recipe.size.has_ground:
        return plain
    white = Image.new("RGB", plain.size, "white")
    white.paste(plain, mask=plain.getchannel("A"))
    return white


def _in_srgb(plain: Image.Image, icc: bytes | None) -> Image.Image:
    """Without a profile, or with one that cannot be read, the numbers count as sRGB."""
    if icc:
        try:
            profile = ImageCms.ImageCmsProfile(BytesIO(icc))
            mode = "RGB" if plain.mode == "CMYK" else plain.mode
            turned = ImageCms.profileToProfile(plain, profile, SRGB, outputMode=mode)
            plain = turned or plain
        except (OSError, ImageCms.PyCMSError):
            pass
    plain.info.clear()
    return plain.convert("RGB") if plain.mode == "CMYK" else plain


def _smaller_and_smaller(plain: Image.Image, recipe: Recipe) -> Iterator[Size]:
    yield recipe.size
    longest = max(recipe.size.width, recipe.size.height)
    for scale in SCALES:
        bounds = replace(recipe.bounds, side=max(1, round(longest * scale)))
        yield sizes.within(plain.width, plain.height, bounds)


def _drawn(plain: Image.Image, size: Size) -> Image.Image:
    inner = (size.inner_width, size.inner_height)
    film = plain if plain.size == inner else plain.resize(inner, Image.Resampling.LANCZOS)
    if not size.has_ground:
        return film
    ground = _ground(plain, size)
    ground.paste(film, ((size.width - inner[0]) // 2, (size.height - inner[1]) // 2))
    return ground


def _ground(plain: Image.Image, size: Size) -> Image.Image:
    """The picture itself, enlarged until it covers all, and blurred until it is only its colours."""
    scale = GROUND_SIDE / max(size.width, size.height)
    small = (max(1, round(size.width * scale)), max(1, round(size.height * scale)))
    covering = ImageOps.fit(plain, small, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(2))
    return covering.resize((size.width, size.height), Image.Resampling.BICUBIC)


def _coarser_and_coarser(drawn: Image.Image, recipe: Recipe) -> Iterator[bytes]:
    form = FORMATS[recipe.content_type]
    for quality in QUALITIES if form != "PNG" else (0,):
        out = BytesIO()
        drawn.save(out, form, **({"optimize": True} if form == "PNG" else {"quality": quality}))
        yield out.getvalue()
