"""Reading a picture that came from outside, and writing it again without what it should not tell."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from hawker.connect.text import say
from hawker.core.media import rules
from hawker.core.problems import invalid

NO_PICTURE = say("This is not a picture. Choose a JPEG, PNG, WebP or GIF file, or an MP4, MOV or WebM video.")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A clean picture: no EXIF, so no place, no owner, no camera; upright; with a small copy (WebP)."""

    content_type: str
    suffix: str
    width: int
    height: int
    data: bytes = field(repr=False)
    thumbnail: bytes = field(repr=False)


def read(data: bytes) -> Picture:
    """Raises Invalid where this is no picture that Hawker takes; the name of the file does not matter."""
    if len(data) > rules.FILE_BYTES:
        raise invalid(
            "media", say("This file is too large: %(limit)s MB at most.", limit=rules.FILE_BYTES // 2**20)
        )
    try:
        return _read(data)
    except UnidentifiedImageError as error:
        raise invalid("media", NO_PICTURE) from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise invalid(
            "media", say("This picture is damaged. Save it again and choose it once more.")
        ) from error


def small(file: Path) -> bytes:
    """The small copy of a picture that Hawker made itself."""
    with Image.open(file) as opened:
        return _thumbnail(opened)


def _read(data: bytes) -> Picture:
    with Image.open(BytesIO(data)) as opened:
        kept_as = rules.KEPT_AS.get(opened.format or "")
        if kept_as is None:
            raise invalid("media", say("Hawker takes JPEG, PNG, WebP and GIF pictures."))
        if not rules.fits(opened.width, opened.height):
            raise invalid(
                "media",
                say(
                    "This picture has too many pixels: %(limit)s million at most.",
                    limit=rules.PIXELS // 1_000_000,
                ),
            )
        clean, size = _clean(opened, kept_as)
        return Picture(
            content_type=rules.CONTENT_TYPES[kept_as],
            suffix=kept_as.lower(),
            width=size[0],
            height=size[1],
            data=clean,
            thumbnail=_thumbnail(opened),
        )


def _clean(opened: Image.Image, kept_as: str) -> tuple[bytes, tuple[int, int]]:
    out = BytesIO()
    icc = opened.info.get("icc_profile")
    if kept_as == "GIF":
        opened.save(out, "GIF", save_all=True)
        return out.getvalue(), opened.size
    upright = ImageOps.exif_transpose(opened)
    for tag in ("exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop"):
        upright.info.pop(tag, None)
    options = {"quality": 95, "subsampling": 0} if kept_as == "JPEG" else {"lossless": kept_as == "WEBP"}
    extra = {"icc_profile": icc} if icc else {}
    upright.save(out, kept_as, **options, **extra)
    return out.getvalue(), upright.size


def _thumbnail(opened: Image.Image) -> bytes:
    small = ImageOps.exif_transpose(opened)
    small.thumbnail((rules.THUMBNAIL_SIDE, rules.THUMBNAIL_SIDE))
    out = BytesIO()
    small.convert("RGBA" if "A" in small.getbands() else "RGB").save(out, "WEBP", quality=80)
    return out.getvalue()
