"""Whether the pretend Instagram takes a file, as far as its bytes tell, and what it answers where not."""

from io import BytesIO

from aiohttp import web
from PIL import Image, UnidentifiedImageError

from hawker.connect.pretend_graph import refusal
from hawker.connect.pretend_graph_media import fetch, kind_of
from hawker.platforms.instagram.sandbox_world import File

PICTURE_BYTES, VIDEO_BYTES, STORY_BYTES = 8 * 2**20, 300 * 10**6, 100 * 10**6
NARROWEST, WIDEST = 0.795, 1.915
BAD_VIDEO, BAD_MOMENT = 2207026, 2207057


async def fetched(url: str) -> bytes:
    content = await fetch(url) if url.isascii() else None
    if content is None or not kind_of(content):
        told = f"The media could not be fetched from this URI: {url}"
        raise refusal(
            9004,
            "Only photo or video can be accepted as media type.",
            subcode=2207052,
            title="Media download has failed. The media URI doesn't meet our requirements.",
            user=told,
        )
    return content


async def picture(url: str, alt: str, *, framed: bool) -> File:
    """`framed`: the ratio must be that of the feed."""
    content = await fetched(url)
    kind = kind_of(content)
    if len(content) > PICTURE_BYTES:
        raise _bad(36000, 2207004, "The image size is too large.", "Image size too large")
    if kind != "image/jpeg":
        raise _bad(36001, 2207005, "The image format is not supported.", "Unsupported image format")
    if framed and not NARROWEST <= _ratio(content) <= WIDEST:
        raise _bad(36003, 2207009, "The aspect ratio is not supported.", "Unsupported aspect ratio")
    return File(content=content, content_type=kind, alt=alt)


def _bad(code: int, subcode: int, message: str, title: str) -> web.HTTPException:
    return refusal(code, message, subcode=subcode, transient=False, title=title, user=message)


def _ratio(content: bytes) -> float:
    """0 where it only begins like a picture."""
    try:
        with Image.open(BytesIO(content)) as opened:
            return opened.width / opened.height
    except (UnidentifiedImageError, OSError):
        return 0


def trouble(content: bytes, kind: str, moment: int) -> int:
    """What is found wrong with a video while it is worked on, as a subcode; 0 where it is fine. `moment` of
    its cover in milliseconds."""
    seconds = _seconds(content)
    if not kind_of(content).startswith("video/"):
        return BAD_VIDEO
    if len(content) > (STORY_BYTES if kind == "STORIES" else VIDEO_BYTES):
        return BAD_VIDEO
    longest = 60 if kind == "STORIES" else 900
    if seconds and not 2.9 <= seconds <= longest + 0.5:
        return BAD_VIDEO
    return BAD_MOMENT if seconds and moment > seconds * 1000 else 0


def _seconds(content: bytes) -> float:
    """From the header of an MP4 (ISO/IEC 14496-12, mvhd, version 0); 0 where it has none."""
    place = content.find(b"mvhd")
    head = content[place + 16 : place + 24]
    if place < 0 or content[place + 4] or len(head) < 8:
        return 0
    scale = int.from_bytes(head[:4])
    return int.from_bytes(head[4:]) / scale if scale else 0
