"""Where the pretend LINE's webhooks arrive."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

PATIENCE = 5.0
Heard = tuple[dict[str, str], bytes]


class Ear:
    def __init__(self) -> None:
        self.address = ""
        self._calls = asyncio.Queue[Heard]()

    async def listen(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self._calls.put_nowait((headers, await request.read()))
        return web.Response()

    async def next(self) -> Heard:
        """Headers, by lower-case names, and body of the next call."""
        async with asyncio.timeout(PATIENCE):
            return await self._calls.get()


@asynccontextmanager
async def listening() -> AsyncIterator[Ear]:
    ear, app = Ear(), web.Application()
    app.router.add_post("/hooks", ear.listen)
    async with TestServer(app) as server:
        ear.address = str(server.make_url("/hooks"))
        yield ear
