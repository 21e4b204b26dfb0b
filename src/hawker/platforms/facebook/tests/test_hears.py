"""Webhooks of a page: asked for, signed, and kept."""

import json

from aiohttp import web
from aiohttp.test_utils import TestServer

from hawker.connect.meta_hooks import signature
from hawker.platforms.facebook import PLATFORM
from hawker.platforms.facebook.sandbox_world import WORD
from hawker.platforms.facebook.tests.scene import Scene
from hawker.sandbox.tests.makers import draft


class Door:
    """What stands at Hawker's address for webhooks, as far as the network sees it."""

    def __init__(self, keys: dict[str, str]) -> None:
        self.keys = keys
        self.kept: list[bytes] = []

    async def answer(self, request: web.Request) -> web.Response:
        assert PLATFORM.hears
        if request.method == "GET":
            told = PLATFORM.hears.challenge(request.query, self.keys)
            return web.Response(text=told) if told is not None else web.Response(status=403)
        headers, body = {name.lower(): value for name, value in request.headers.items()}, await request.read()
        if not PLATFORM.hears.is_genuine(headers, body, self.keys):
            return web.Response(status=403)
        self.kept.append(body)
        return web.Response()

    def server(self) -> TestServer:
        app = web.Application()
        app.router.add_route("*", "/", self.answer)
        return TestServer(app)


async def test_what_happens_on_a_page_is_told_and_signed(scene: Scene) -> None:
    door = Door(dict(scene.pretend.app()))
    async with door.server() as server:
        scene.pretend.tell(str(server.make_url("/")))
        first = await scene.post(draft("包子出爐了！"))
        await scene.post(draft("And tea.", reply_to=first))
        await scene.world.courier.arrived()
    told = [json.loads(body)["entry"][0]["changes"][0]["value"] for body in door.kept]
    assert [(each["item"], each["post_id"]) for each in told] == [
        ("status", first.remote_id),
        ("comment", first.remote_id),
    ]
    assert told[1]["parent_id"] == first.remote_id
    assert b"\\u5305" in door.kept[0]
    assert PLATFORM.hears is not None
    assert PLATFORM.hears.read(door.kept[0]) == ()


async def test_the_address_is_confirmed_to_whoever_knows_the_word(scene: Scene) -> None:
    door = Door(dict(scene.pretend.app()))
    async with door.server() as server:
        scene.pretend.tell(str(server.make_url("/")))
        assert await scene.world.courier.verify(WORD)
        assert not await scene.world.courier.verify("another")
        door.keys.pop("verify_token")
        assert not await scene.world.courier.verify("")


async def test_what_somebody_else_signed_is_not_believed(scene: Scene) -> None:
    hears, keys = PLATFORM.hears, scene.pretend.app()
    assert hears is not None
    body = b'{"object": "page"}'
    good = {"x-hub-signature-256": signature(body, keys["client_secret"])}
    assert hears.is_genuine(good, body, keys)
    assert not hears.is_genuine(good, body + b" ", keys)
    assert not hears.is_genuine({"x-hub-signature-256": signature(body, "another")}, body, keys)
    assert not hears.is_genuine({}, body, keys)
    assert not hears.is_genuine({"x-hub-signature-256": signature(body, "")}, body, {})


async def test_a_webhook_that_reaches_nobody_harms_nothing(scene: Scene) -> None:
    scene.pretend.tell("http://127.0.0.1:9/")
    await scene.post(draft("Bao"))
    await scene.world.courier.arrived()
    assert len(scene.pretend.published("shop")) == 1
