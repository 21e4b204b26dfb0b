"""What Threads tells by itself, in an envelope of its own and in that of Meta's other products."""

import json
from collections.abc import AsyncIterator, Mapping

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hawker.connect.hooks import Hears
from hawker.connect.meta_hooks import signature
from hawker.platforms.threads import PLATFORM
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.tests.makers import draft

BODY = b'{"object":"threads","entry":[{"id":"1","time":1,"changes":[{"field":"replies","value":{}}]}]}'


def hears() -> Hears:
    assert PLATFORM.hears
    return PLATFORM.hears


@pytest.fixture
async def told(scene: Scene) -> AsyncIterator[list[tuple[Mapping[str, str], bytes]]]:
    heard: list[tuple[Mapping[str, str], bytes]] = []

    async def hear(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        heard.append((headers, await request.read()))
        return web.Response()

    async def ask(request: web.Request) -> web.Response:
        challenge = hears().challenge(request.query, scene.sandbox.app())
        return web.Response(text=challenge) if challenge else web.Response(status=403)

    app = web.Application()
    app.add_routes([web.post("/", hear), web.get("/", ask)])
    async with TestServer(app) as server:
        scene.sandbox.tell(str(server.make_url("/")))
        yield heard


async def test_the_address_is_known_by_its_word(
    scene: Scene, told: list[tuple[Mapping[str, str], bytes]]
) -> None:
    assert await scene.world.courier.verify(scene.sandbox.app()["verify_token"])
    assert not await scene.world.courier.verify("forged")
    assert told == []


async def test_a_reply_is_told_of_and_signed(
    scene: Scene, told: list[tuple[Mapping[str, str], bytes]]
) -> None:
    first = await scene.post(draft("One"))
    await scene.other("bakery").post(draft("Two 包子", reply_to=first))
    await scene.world.courier.arrived()
    app = scene.sandbox.app()
    bodies = [json.loads(body) for headers, body in told if hears().is_genuine(headers, body, app)]
    assert len(bodies) == len(told) == 3
    (reply,) = [body for body in bodies if body["values"]["field"] == "replies"]
    assert (reply["topic"], reply["target_id"]) == ("moderate", scene.me.id)
    assert reply["values"]["value"]["replied_to"] == {"id": first.remote_id}
    assert [list(hears().read(body)) for _, body in told] == [[], [], []]


def test_the_usual_envelope_is_taken_too(scene: Scene) -> None:
    app = scene.sandbox.app()
    signed = {"x-hub-signature-256": signature(BODY, app["client_secret"])}
    assert hears().is_genuine(signed, BODY, app)
    assert not hears().is_genuine(signed, BODY + b" ", app)
    assert list(hears().read(BODY)) == []
