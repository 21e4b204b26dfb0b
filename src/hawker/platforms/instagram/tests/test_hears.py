"""Webhooks: verified, and kept as they come."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hawker.connect.meta_hooks import WORD as WORD_KEY
from hawker.connect.values import Account
from hawker.platforms.instagram import PLATFORM
from hawker.platforms.instagram.sandbox_keys import RIGHTS
from hawker.platforms.instagram.sandbox_world import APP_ID, WORD
from hawker.platforms.instagram.tests.scene import Scene
from hawker.sandbox.tests.makers import TEXT, draft


class Ear:
    """A Hawker at which webhooks arrive."""

    def __init__(self, app: dict[str, str]) -> None:
        self.app = app
        self.bodies: list[bytes] = []

    async def ask(self, request: web.Request) -> web.Response:
        assert PLATFORM.hears
        answer = PLATFORM.hears.challenge(request.query, self.app)
        return web.Response(text=answer) if answer else web.Response(status=403)

    async def take(self, request: web.Request) -> web.Response:
        assert PLATFORM.hears
        body, headers = await request.read(), {name.lower(): text for name, text in request.headers.items()}
        if not PLATFORM.hears.is_genuine(headers, body, self.app):
            return web.Response(status=403)
        self.bodies.append(body)
        return web.Response()


@pytest.fixture
async def ear(scene: Scene) -> AsyncIterator[Ear]:
    ear, app = Ear(dict(scene.pretend.app())), web.Application()
    app.add_routes([web.get("/hook", ear.ask), web.post("/hook", ear.take)])
    async with TestServer(app) as server:
        scene.pretend.tell(str(server.make_url("/hook")))
        yield ear


async def test_the_address_is_found_to_be_hawkers(scene: Scene, ear: Ear) -> None:
    assert await scene.world.courier.verify(WORD)
    assert not await scene.world.courier.verify("another-word")


async def test_a_comment_is_told_with_a_signature_and_nothing_is_read_from_it_yet(
    scene: Scene, ear: Ear
) -> None:
    first = await scene.post(draft(TEXT, scene.picture()))
    await scene.post(draft("包子！", reply_to=first))
    await scene.world.courier.arrived()
    (body,) = ear.bodies
    assert b'"field": "comments"' in body
    assert PLATFORM.hears
    assert PLATFORM.hears.read(body) == ()


@pytest.mark.parametrize("allowed", [True, False])
async def test_checking_an_account_asks_for_its_webhooks_where_that_is_allowed(
    scene: Scene, own_shop: Account, allowed: bool
) -> None:
    rights = RIGHTS if allowed else RIGHTS - {"instagram_manage_comments"}
    profile, app = scene.world.profile("shop"), {**scene.pretend.app(), WORD_KEY: WORD}
    key = scene.world.keys.give("PAGE", profile.page_id, app_id=APP_ID, scopes=rights)
    page = replace(scene.shop, secrets={"access_token": key.token}, app=app)
    await scene.at(page).check()
    assert scene.world.heard == ({profile.id: ("comments", "mentions")} if allowed else {})
    await scene.at(replace(own_shop, app=app)).check()
    assert scene.world.heard == {profile.id: ("comments", "mentions")}


async def test_the_secret_of_the_login_at_instagram_signs_as_well(scene: Scene, ear: Ear) -> None:
    ear.app |= {"client_secret": "another", "instagram_secret": scene.world.app.client_secret}
    assert await scene.world.courier.deliver({"object": "instagram", "entry": []}) == 200
    assert len(ear.bodies) == 1


async def test_what_somebody_else_signed_is_not_believed(scene: Scene, ear: Ear) -> None:
    ear.app |= {"client_secret": "another", "instagram_secret": ""}
    assert await scene.world.courier.deliver({"object": "instagram", "entry": []}) == 403
    assert ear.bodies == []
