"""The line between Hawker and a server. It carries every call, and can lose one on the way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum

import aiohttp
from aiohttp import web
from yarl import URL

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}
BODY_BYTES = 64 * 2**20


class Fault(StrEnum):
    request_lost = "request lost"  # cut before the server knew of it
    answer_lost = "answer lost"  # cut after the server had done it
    answer_late = "answer late"  # the server has done it; the line is silent until it is taken down


@dataclass(frozen=True)
class Call:
    method: str
    path: str


class Line:
    """`address` leads to the server. `carried`: the calls that reached it, in their order."""

    def __init__(self, port: int) -> None:
        self.address = f"http://localhost:{port}"
        self.carried: list[Call] = []
        self.lost: list[Call] = []
        self._faults: dict[Call, list[Fault | None]] = {}
        self._server = ""

    def lead_to(self, server: str) -> None:
        self._server = server

    def fail(self, call: Call, fault: Fault, *, after: int = 0) -> None:
        """The next such call meets this fault; or the one after the next `after` calls."""
        self._faults[call] = [*[None] * after, fault]

    def heal(self) -> None:
        """Without faults, and as if it had never carried anything."""
        self._faults.clear()
        self.carried.clear()
        self.lost.clear()

    def count(self, call: Call) -> int:
        return self.carried.count(call)

    @asynccontextmanager
    async def open(self, port: int) -> AsyncIterator[None]:
        app = web.Application(client_max_size=BODY_BYTES)
        app.router.add_route("*", "/{path:.*}", self._carry)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        connector = aiohttp.TCPConnector(force_close=True)
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(
            connector=connector, cookie_jar=jar, auto_decompress=False
        ) as client:
            self._client, self._ended = client, asyncio.Event()
            yield
            self._ended.set()
        await runner.cleanup()

    async def _carry(self, request: web.Request) -> web.Response:
        call = Call(request.method, request.path)
        waiting = self._faults.get(call)
        fault = waiting.pop(0) if waiting else None
        body = await request.read()
        if fault is Fault.request_lost:
            return self._cut(request, call)
        answer = await self._pass_on(request, body)
        self.carried.append(call)
        if fault is Fault.answer_late:
            await self._keep_silent(call)
        return self._cut(request, call) if fault is Fault.answer_lost else answer

    async def _pass_on(self, request: web.Request, body: bytes) -> web.Response:
        sent = [(name, value) for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP]
        async with self._client.request(
            request.method,
            URL(f"{self._server}{request.raw_path}", encoded=True),
            headers=sent,
            data=body or None,
            allow_redirects=False,
        ) as answer:
            response = web.Response(status=answer.status, reason=answer.reason, body=await answer.read())
            for name, value in answer.headers.items():
                if name.lower() not in HOP_BY_HOP:
                    response.headers.add(name, value)
            return response

    async def _keep_silent(self, call: Call) -> None:
        self.lost.append(call)
        await self._ended.wait()

    def _cut(self, request: web.Request, call: Call) -> web.Response:
        self.lost.append(call)
        if request.transport:
            request.transport.abort()
        return web.Response()
