"""Conversations over a socket: the guards, the limits and the errors are those of calls."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hawker.connect import http as connect_http
from hawker.connect import sockets
from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer, Heard, Http, Listener
from hawker.connect.sockets import Socket
from hawker.connect.text import say
from tests.conformance.elsewhere import closed_port

HASTE = 1
Talk = Callable[[web.WebSocketResponse, str], Awaitable[None]]


@asynccontextmanager
async def talking(answer: Talk) -> AsyncIterator[str]:
    """A server that answers what it hears over a socket."""

    async def handle(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            await answer(socket, message.data)
        return socket

    async with _serving(handle) as address:
        yield address


@asynccontextmanager
async def _serving(handle: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/talk", handle)
    async with TestServer(app) as server:
        yield str(server.make_url("/talk"))


@asynccontextmanager
async def talk(
    answer: Talk, *, seconds: float = 5, listener: Listener | None = None
) -> AsyncIterator[Socket]:
    """A conversation with such a server."""
    async with talking(answer) as address, Http(allow_private=True, answer_seconds=seconds) as http:
        heard = http.heard_by(listener) if listener else http
        async with heard.talk(address) as socket:
            yield socket


async def echo(socket: web.WebSocketResponse, heard: str) -> None:
    await socket.send_str(heard)


async def hang_up(socket: web.WebSocketResponse, heard: str) -> None:
    await socket.close()


async def keep_silent(socket: web.WebSocketResponse, heard: str) -> None:
    pass


async def send_bytes(socket: web.WebSocketResponse, heard: str) -> None:
    await socket.send_bytes(b"tea")


async def test_what_is_said_is_heard_and_the_call_is_noted_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="hawker.http")
    heard: list[Heard] = []
    async with talk(echo, listener=heard.append) as socket:
        for text in ("茶", "包子"):
            await socket.say(text)
            assert await socket.hear() == text
    assert [record.getMessage().split()[1] for record in caplog.records] == ["SOCKET"]
    assert [(each.method, each.path, each.answer.status) for each in heard] == [("SOCKET", "/talk", 101)]


@pytest.mark.parametrize("answer", [hang_up, keep_silent, send_bytes])
@pytest.mark.parametrize(("irreversible", "kind"), [(False, Later), (True, OutcomeUnknown)])
async def test_an_answer_that_never_comes_is_lost(
    answer: Talk, irreversible: bool, kind: type[NetworkError]
) -> None:
    async with talk(answer, seconds=HASTE if answer is keep_silent else 10) as socket:
        await socket.say("tea", irreversible=irreversible)
        with pytest.raises(NetworkError) as caught:
            await socket.hear()
    assert type(caught.value) is kind


async def test_what_is_said_into_a_closed_socket_is_lost() -> None:
    async with talk(hang_up) as socket:
        await socket.say("tea")
        for _ in range(2):
            with pytest.raises(Later):
                await socket.hear()
        with pytest.raises(OutcomeUnknown):
            await socket.say("tea", irreversible=True)


async def test_what_came_before_stays_irreversible() -> None:
    async with talk(keep_silent, seconds=HASTE) as socket:
        await socket.say("tea", irreversible=True)
        await socket.say("who is there?")
        with pytest.raises(OutcomeUnknown):
            await socket.hear()


async def test_one_who_does_not_listen_is_not_talked_to_for_ever() -> None:
    over = asyncio.Event()

    async def turn_away(request: web.Request) -> web.StreamResponse:
        await web.WebSocketResponse().prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        request.transport.pause_reading()
        await over.wait()
        request.transport.abort()
        return web.Response()

    async with (
        _serving(turn_away) as address,
        Http(allow_private=True, answer_seconds=HASTE) as http,
        http.talk(address) as socket,
    ):
        with pytest.raises(OutcomeUnknown):
            await socket.say("tea" * 2**24, irreversible=True)
        over.set()


async def test_a_message_that_is_too_large_is_not_taken() -> None:
    async def shout(socket: web.WebSocketResponse, heard: str) -> None:
        await socket.send_str("茶" * sockets.MESSAGE_BYTES)

    async with talk(shout) as socket:
        await socket.say("tea")
        with pytest.raises(Later):
            await socket.hear()


async def test_one_who_talks_without_end_is_not_heard_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect_http, "ANSWER_BYTES", 10)
    async with talk(echo) as socket:
        await socket.say("12345678")
        assert await socket.hear() == "12345678"
        await socket.say("12345678")
        with pytest.raises(Later):
            await socket.hear()


async def test_a_conversation_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "TALK_SECONDS", 0)
    async with talk(keep_silent) as socket:
        with pytest.raises(Later):
            await socket.hear()


async def test_an_address_of_this_house_is_refused() -> None:
    async with talking(echo) as address, Http(allow_private=False) as http:
        with pytest.raises(Refused) as caught:
            async with http.talk(address):
                pytest.fail("it was opened")
    assert caught.value.field == "server"


async def test_nobody_there_is_tried_later() -> None:
    async with Http(allow_private=True) as http:
        with pytest.raises(Later):
            async with http.talk(closed_port()):
                pytest.fail("it was opened")


@pytest.mark.parametrize("url", ["http://", "no address"])
async def test_what_is_no_address_is_refused(url: str) -> None:
    async with Http(allow_private=True) as http:
        with pytest.raises(Refused) as caught:
            async with http.talk(url):
                pytest.fail("it was opened")
    assert caught.value.field == "server"


async def test_one_who_does_not_answer_the_door_is_tried_later() -> None:
    async def wait(request: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        return web.Response()

    async with _serving(wait) as address, Http(allow_private=True, answer_seconds=HASTE) as http:
        with pytest.raises(Later):
            async with http.talk(address):
                pytest.fail("it was opened")


@pytest.mark.parametrize(
    ("status", "kind"), [(200, Refused), (404, Refused), (401, SignInAgain), (429, Later), (503, Later)]
)
async def test_a_server_that_opens_no_socket_is_understood_as_in_calls(
    status: int, kind: type[NetworkError]
) -> None:
    heard: list[Heard] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Retry-After": "7"})

    async with _serving(answer) as address, Http(allow_private=True) as http:
        with pytest.raises(NetworkError) as caught:
            async with http.heard_by(heard.append).talk(address):
                pytest.fail("it was opened")
    assert type(caught.value) is kind
    assert [each.answer.status for each in heard] == [status]
    assert not isinstance(caught.value, Later) or caught.value.at is not None


async def test_a_network_may_say_what_a_closed_door_means() -> None:
    def explain(answer: Answer) -> NetworkError:
        return Refused(say("There is no tea."), code=str(answer.status))

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=418)

    async with _serving(answer) as address, Http(allow_private=True) as http:
        with pytest.raises(Refused, match="There is no tea") as caught:
            async with http.talk(address, explain=explain):
                pytest.fail("it was opened")
    assert caught.value.code == "418"
