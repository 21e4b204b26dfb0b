"""Servers that are not the network."""

import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.test_utils import TestServer

_FILE_NAME = re.compile(r'filename="([^"]+)"')


class Stranger:
    """A server of which a test says, call by call, what it answers. `says` maps "METHOD /path" to answers;
    any other call gets 404 and a page. `heard` keeps the calls, `file_names` those of uploads."""

    def __init__(self) -> None:
        self.says: dict[str, web.Response] = {}
        self.heard: list[str] = []
        self.file_names: list[str] = []
        self.address = ""

    async def __aenter__(self) -> Self:
        listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._runner = web.ServerRunner(web.Server(self._answer), shutdown_timeout=1)
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        call = f"{request.method} {request.path}"
        self.heard.append(call)
        if request.content_type == "multipart/form-data":
            self.file_names += _FILE_NAME.findall((await request.read()).decode(errors="replace"))
        told = self.says.get(call, web.Response(status=404, text="<h1>404</h1>", content_type="text/html"))
        return web.Response(status=told.status, body=told.body, headers=told.headers)


@asynccontextmanager
async def gate(status: int = 200, body: str = "<h1>Welcome</h1>") -> AsyncIterator[str]:
    """What stands between here and a network, such as a hotel's sign-in page, answers everything itself."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body, content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")
