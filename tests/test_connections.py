"""Which connection a call takes, at servers that keep theirs, hang up, or break off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hawker.connect.errors import Later, OutcomeUnknown
from hawker.connect.http import Http
from tools.process import free_port

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """Answers calls; `hangs_up`: closes after each answer without saying so; `deaf_to`: the calls (counted
    from 1) that it reads and never answers."""

    def __init__(self, *, hangs_up: bool = False, deaf_to: tuple[int, ...] = ()) -> None:
        self.connections = 0
        self.calls = 0
        self._hangs_up = hangs_up
        self._deaf_to = deaf_to

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while await self._read(reader):
            self.calls += 1
            if self.calls in self._deaf_to:
                break
            writer.write(ANSWER)
            if self._hangs_up:
                break
        writer.close()
        await writer.wait_closed()

    @staticmethod
    async def _read(reader: asyncio.StreamReader) -> bool:
        try:
            await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return False
        return True


@asynccontextmanager
async def serving(server: Server, port: int = 0) -> AsyncIterator[str]:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", port)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/post"


async def send(http: Http, url: str, method: str = "POST") -> None:
    await http.request(method, url, irreversible=True)


async def test_calls_in_quick_succession_share_a_connection() -> None:
    server = Server()
    async with serving(server) as url, Http(allow_private=True) as http:
        for _ in range(3):
            await send(http, url)
    assert (server.calls, server.connections) == (3, 1)


async def test_a_server_that_hangs_up_after_each_answer_loses_no_call() -> None:
    server = Server(hangs_up=True)
    async with serving(server) as url, Http(allow_private=True) as http:
        for _ in range(20):
            await send(http, url)
    assert (server.calls, server.connections) == (20, 20)


async def test_where_a_kept_connection_broke_each_irreversible_call_gets_its_own() -> None:
    server = Server(deaf_to=(2,))
    async with serving(server) as url, Http(allow_private=True) as http:
        await send(http, url)
        with pytest.raises(OutcomeUnknown):
            await send(http, url)
        for _ in range(3):
            await send(http, url)
    assert (server.calls, server.connections) == (5, 4)


async def test_where_no_server_was_reached_calls_share_a_connection_as_before() -> None:
    server, port = Server(), free_port()
    async with Http(allow_private=True) as http:
        with pytest.raises(Later):
            await send(http, f"http://127.0.0.1:{port}/post")
        async with serving(server, port) as url:
            for _ in range(3):
                await send(http, url)
    assert (server.calls, server.connections) == (3, 1)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_an_irreversible_call_leaves_once_on_a_connection_of_its_own(method: str) -> None:
    server = Server(deaf_to=(1,))
    async with serving(server) as url, Http(allow_private=True) as http:
        with pytest.raises(OutcomeUnknown):
            await send(http, url, method)
    assert server.calls == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_an_irreversible_call_leaves_once_on_a_kept_connection(method: str) -> None:
    server = Server(deaf_to=(2,))
    async with serving(server) as url, Http(allow_private=True) as http:
        await send(http, url, method)
        with pytest.raises(OutcomeUnknown):
            await send(http, url, method)
    assert (server.calls, server.connections) == (2, 1)


async def test_a_put_that_may_be_repeated_is_repeated_by_aiohttp() -> None:
    server = Server(deaf_to=(1,))
    async with serving(server) as url, Http(allow_private=True) as http:
        await http.request("PUT", url)
    assert server.calls == 2
