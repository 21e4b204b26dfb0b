"""A server of which a test says, call by call, what it answers."""

import socket
from types import TracebackType
from typing import Self

from aiohttp import web

from hawker.connect.values import Account
from hawker.platforms.x.account import LIMITS


class Stranger:
    """`says` maps "METHOD /path" to answers; any other call gets 404 and a page. `heard` keeps the calls."""

    def __init__(self) -> None:
        self.says: dict[str, web.Response] = {}
        self.heard: list[str] = []
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
        told = self.says.get(call, web.Response(status=404, text="<h1>404</h1>", content_type="text/html"))
        return web.Response(status=told.status, body=told.body, headers=told.headers)

    def account(self) -> Account:
        return Account(
            remote_id="1",
            handle="@shop",
            name="shop",
            server=self.address,
            site=self.address,
            url=f"{self.address}/shop",
            limits=LIMITS,
            secrets={"access_token": "a", "refresh_token": "r", "client_id": "c"},
        )
