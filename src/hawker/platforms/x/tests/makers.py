"""Drafts, pictures, videos and an owner who says yes, for the tests of this folder."""

from io import BytesIO
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import aiohttp
from PIL import Image

from hawker.connect.values import Draft, Media, Published

BACK = "http://hawker.test/channels/back/x"


def draft(
    text: str = "Fresh bao at six.",
    *,
    media: tuple[Media, ...] = (),
    reply_to: Published | None = None,
    **options: str,
) -> Draft:
    return Draft(key=uuid4(), text=text, language="en", media=media, options=options, reply_to=reply_to)


def picture(alt: str = "Steam over bao", kind: str = "PNG") -> Media:
    return medium(pixels(kind), f"image/{kind.lower()}", alt)


def medium(content: bytes, content_type: str, alt: str = "") -> Media:
    return Media(
        id=str(uuid4()),
        content_type=content_type,
        size=len(content),
        width=40,
        height=30,
        alt=alt,
        read=lambda: content,
    )


def pixels(kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, kind)
    return file.getvalue()


async def decide(url: str, *, handle: str = "shop", decision: str = "allow") -> dict[str, str]:
    """What the owner brings back from X's page."""
    form = {**dict(parse_qsl(urlsplit(url).query)), "username": handle, "decision": decision}
    page = url.partition("?")[0]
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as shown:
            assert shown.status == 200, await shown.text()
        async with session.post(page, data=form, allow_redirects=False) as answer:
            assert answer.headers["Location"].startswith(BACK)
            return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
