"""Drafts, pictures and an owner who says yes, for the tests of this folder."""

from io import BytesIO
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import aiohttp
from PIL import Image

from hawker.connect.values import Draft, Media, Published

BACK = "http://hawker.test/back"


def draft(
    text: str = "Fresh bao at six.",
    *,
    media: tuple[Media, ...] = (),
    language: str = "en",
    reply_to: Published | None = None,
    **options: str,
) -> Draft:
    return Draft(key=uuid4(), text=text, language=language, media=media, options=options, reply_to=reply_to)


def picture(alt: str = "Steam over bao", colour: str = "red") -> Media:
    content = pixels(colour)
    return Media(
        id=str(uuid4()),
        content_type="image/png",
        size=len(content),
        width=40,
        height=30,
        alt=alt,
        read=lambda: content,
    )


def pixels(colour: str = "red") -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file.getvalue()


async def decide(url: str, *, handle: str = "shop", decision: str = "allow") -> dict[str, str]:
    """What the owner brings back from the server's page."""
    form = {**dict(parse_qsl(urlsplit(url).query)), "username": handle, "decision": decision}
    page = url.partition("?")[0]
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as shown:
            assert shown.status == 200, await shown.text()
        async with session.post(page, data=form, allow_redirects=False) as answer:
            assert answer.headers["Location"].startswith(BACK)
            return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
