"""An owner at a network's own page, where it asks whether Hawker may act for her."""

from urllib.parse import parse_qsl, urlsplit

import aiohttp

BACK = "http://hawker.test/back"


async def decide(url: str, *, handle: str = "shop", decision: str = "allow") -> dict[str, str]:
    """What she brings back to `BACK`."""
    form = {**dict(parse_qsl(urlsplit(url).query)), "username": handle, "decision": decision}
    page = url.partition("?")[0]
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as shown:
            assert shown.status == 200, await shown.text()
        async with session.post(page, data=form, allow_redirects=False) as answer:
            assert answer.headers["Location"].startswith(BACK)
            return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
