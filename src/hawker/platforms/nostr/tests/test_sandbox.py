"""What the pretend relay and media server do that neither the connector nor the client makes them do."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from hawker.connect.http import Json
from hawker.platforms.nostr import events
from hawker.platforms.nostr.bech32 import nevent, npub
from hawker.platforms.nostr.events import Event, Kind
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.reach import as_socket
from hawker.platforms.nostr.sandbox_store import Store, words
from hawker.platforms.nostr.tests.scene import Scene
from hawker.sandbox.tests.makers import draft

KEY = Key((7).to_bytes(32))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as browser:
        yield browser


class Line:
    """A bare socket to the pretend relay."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def hear(self) -> Json:
        said: Json = json.loads(await self._socket.receive_str(timeout=5))
        return said

    async def say(self, *parts: object) -> Json:
        """Gives the first reply."""
        await self._socket.send_str(json.dumps(parts))
        return await self.hear()

    async def mutter(self, text: str) -> Json:
        await self._socket.send_str(text)
        return await self.hear()


@pytest.fixture
async def line(scene: Scene, browser: aiohttp.ClientSession) -> AsyncIterator[Line]:
    async with browser.ws_connect(scene.relay) as socket:
        yield Line(socket)


def note(content: str = "Tea", kind: int = 1, minutes: int = 0, *tags: tuple[str, ...]) -> Event:
    return events.write(KEY, kind, content=content, tags=tags, at=NOON + timedelta(minutes=minutes))


def test_the_newest_of_a_slot_replaces_the_others() -> None:
    store = Store()
    old, new = note("old", 0), note("new", 0, 1)
    assert [store.keep(each) for each in (old, new, old)] == ["", "", "duplicate: have a newer event"]
    assert store.find([{"kinds": [0]}]) == [new]
    assert store.keep(new) == "duplicate: already have this event"


def test_of_the_same_second_the_lowest_id_stays() -> None:
    store = Store()
    one, other = sorted((note("a", 10_002), note("b", 10_002)), key=lambda event: event.id)
    assert [bool(store.keep(each)) for each in (one, other)] == [False, True]
    assert store.find([{}]) == [one]


def test_what_has_an_address_is_replaced_by_address() -> None:
    store = Store()
    tea, cake, again = (note("x", 30_023, at, ("d", name)) for at, name in enumerate(("tea", "cake", "tea")))
    assert [store.keep(each) for each in (tea, cake, again)] == ["", "", ""]
    assert store.find([{"kinds": [30_023]}]) == [again, cake]


def test_what_is_for_the_moment_is_not_kept() -> None:
    store = Store()
    assert store.keep(note("x", 20_001)) == ""
    assert store.find([{}]) == []


def test_filters_narrow_by_each_of_their_keys_and_add_up() -> None:
    store = Store()
    first, second = note("a", 1, 0, ("t", "tea")), note("b", 1, 1, ("t", "cake"))
    store.keep(first)
    store.keep(second)
    at = int(NOON.timestamp())
    assert store.find([{"#t": ["tea"]}, {"ids": [second.id]}]) == [first, second]
    assert store.find([{"since": at + 1}]) == [second]
    assert store.find([{"until": at, "kinds": [1]}]) == [first]
    assert store.find([{"limit": 1}]) == [second]
    assert store.find([{"authors": [KEY.public], "#t": ["bread"]}]) == []
    assert store.find([{"ids": "none"}]) == []


def test_what_was_deleted_does_not_come_back() -> None:
    store, gone = Store(), note()
    store.keep(gone)
    store.keep(note("", Kind.deletion, 1, ("e", gone.id)))
    assert store.keep(gone) == "blocked: this event was deleted by its author"


def test_only_addresses_at_the_end_are_media() -> None:
    described = ("imeta", "url https://a.example/1.png", "alt tea")
    assert words(note("see https://a.example/1.png", 1, 0, described)) == "see https://a.example/1.png"
    assert words(note("see\n\nhttps://a.example/1.png", 1, 0, described)) == "see"


async def test_it_answers_as_nip_01_has_it(line: Line) -> None:
    event = events.write(KEY, 1, content="Tea")
    plain = event.model_dump()
    assert await line.say("EVENT", plain) == ["OK", event.id, True, ""]
    assert await line.say("EVENT", plain) == ["OK", event.id, True, "duplicate: already have this event"]
    assert await line.say("REQ", "x", {"ids": [event.id]}) == ["EVENT", "x", json.loads(event.json_text)]
    assert await line.hear() == ["EOSE", "x"]
    forged = {**plain, "content": "Coffee"}
    assert await line.say("EVENT", forged) == ["OK", event.id, False, "invalid: bad event id or signature"]


@pytest.mark.parametrize(
    "text", ["", "tea", "[]", '["REQ"]', '["REQ","",{}]', '["EVENT","x"]', '["REQ","x"]']
)
async def test_what_it_does_not_understand_it_says_so(line: Line, text: str) -> None:
    assert await line.mutter(text) == ["NOTICE", "error: could not parse command"]


async def test_only_an_answer_to_its_own_challenge_names_somebody(
    scene: Scene, browser: aiohttp.ClientSession
) -> None:
    scene.pretend.relay.rules.members = True

    def identity(challenge: Json, relay: str = scene.relay, kind: int = Kind.identity) -> Json:
        tags = (("relay", as_socket(relay)), ("challenge", str(challenge)))
        return json.loads(events.write(KEY, kind, tags=tags).json_text)  # type: ignore[no-any-return]

    async with browser.ws_connect(scene.relay) as socket:
        line, said = Line(socket), []
        match await line.hear():
            case ["AUTH", str(challenge)]:
                wrong = (
                    identity("x"),
                    identity(challenge, "http://a.example"),
                    identity(challenge, kind=1),
                    {"id": 1},
                )
                said = [await line.say("AUTH", each) for each in (*wrong, identity(challenge))]
        assert [reply[2] for reply in said if isinstance(reply, list)] == [False] * 4 + [True]
        assert await line.say("REQ", "x", {"ids": []}) == ["EOSE", "x"]


async def test_whoever_was_put_out_is_told_so(scene: Scene, browser: aiohttp.ClientSession) -> None:
    scene.network.pretend.revoke("teashop")
    async with browser.ws_connect(scene.relay) as socket:
        line = Line(socket)
        assert await line.hear() != []
        assert await line.say("REQ", "x", {}) == [
            "CLOSED",
            "x",
            "auth-required: we only serve our members",
        ]


@pytest.mark.parametrize("header", ["", "Nostr", "Nostr %%%", "Nostr bm9uZQ==", "Bearer x"])
async def test_nobody_uploads_without_a_permit(
    scene: Scene, browser: aiohttp.ClientSession, header: str
) -> None:
    address = f"{scene.network.address}/media/upload"
    async with browser.put(address, data=b"tea", headers={"Authorization": header}) as answer:
        assert (answer.status, answer.headers["X-Reason"]) == (401, "Missing or invalid auth event")


async def test_what_was_never_there_is_not_shown(scene: Scene, browser: aiohttp.ClientSession) -> None:
    await scene.post(draft("Tea"))
    found = []
    for path in ("p/npub1wrong", "p/tea", f"p/{nevent('0' * 64, KEY.public, '')}", "media/none.png"):
        async with browser.get(f"{scene.network.address}/{path}") as answer:
            found.append(answer.status)
    async with browser.get(f"{scene.network.address}/p/{npub(KEY.public)}") as answer:
        found.append(answer.status)
    assert found == [404, 404, 404, 404, 200]


async def test_a_browser_is_told_what_a_relay_is(scene: Scene, browser: aiohttp.ClientSession) -> None:
    async with browser.get(scene.relay) as answer:
        assert await answer.text() == "Please use a Nostr client to connect."
