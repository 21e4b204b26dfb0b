"""Files under addresses of this machine, for networks that fetch media themselves."""

import atexit
import socket
from functools import cache
from uuid import uuid4

from aiohttp import web

from tests.cast import Loop


class _Server:
    def __init__(self) -> None:
        self._files: dict[str, tuple[bytes, str]] = {}
        self._loop = Loop()
        self.address = self._loop.run(self._start())
        atexit.register(self._end)

    async def _start(self) -> str:
        app = web.Application()
        app.router.add_get("/{name}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        listening = socket.create_server(("127.0.0.1", 0))
        await web.SockSite(self._runner, listening).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    def _end(self) -> None:
        self._loop.run(self._runner.cleanup())
        self._loop.stop()

    def add(self, content: bytes, content_type: str) -> str:
        name = f"{uuid4()}.{content_type.rpartition('/')[2]}"
        self._files[name] = (content, content_type)
        return f"{self.address}/{name}"

    async def _answer(self, request: web.Request) -> web.Response:
        found = self._files.get(request.match_info["name"])
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found[0], content_type=found[1])


@cache
def _server() -> _Server:
    return _Server()


@cache
def address_of(content: bytes, content_type: str) -> str:
    """Where this content can be fetched for as long as the tests run."""
    return _server().add(content, content_type)
