"""Pretend networks that fetch files from an address, as the networks do."""

import aiohttp

MOST, SECONDS = 512 * 2**20, 30


async def fetch(url: str, *, agent: str) -> bytes | None:
    """What lies at an address; None where nothing can be got there without a login or a detour."""
    limit = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=limit, headers={"User-Agent": agent}) as session,
            session.get(url, allow_redirects=False) as answer,
        ):
            content = await answer.content.read(MOST) if answer.status == 200 else None
            while content is not None and not answer.content.at_eof() and len(content) < MOST:
                content += await answer.content.read(MOST)
            return content
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None
