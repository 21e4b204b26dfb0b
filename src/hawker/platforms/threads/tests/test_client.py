"""There is no client library for Threads: the requests of Meta's own collection are played, one by one."""

from collections.abc import Mapping
from datetime import timedelta

import aiohttp
import pytest

from hawker.connect.values import Media, Published
from hawker.platforms.threads.app import APP
from hawker.platforms.threads.tests.collection import REQUESTS, Request, status
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.tests.makers import draft, picture
from hawker.sandbox.tests.owner import BACK, decide
from tests.served import address_of

TRIES = 5


class Player:
    """Fills in variables, and keeps what later requests need."""

    def __init__(self, scene: Scene, session: aiohttp.ClientSession, variables: dict[str, str]) -> None:
        self._server = scene.world.address
        self._session = session
        self.variables = variables

    async def play(self, request: Request) -> Mapping[str, object]:
        method, _, path = request.call.partition(" ")
        params = {name: value.format_map(self.variables) for name, value in _plain(request)}
        headers = {"Authorization": f"Bearer {self.variables[request.by]}"} if request.by else {}
        url = f"{self._server}{path.format_map(self.variables)}"
        async with self._session.request(method, url, params=params, headers=headers) as answer:
            assert answer.status == 200, f"{request.name}: {await answer.text()}"
            body: dict[str, object] = await answer.json()
        first = self._first(body, request)
        assert request.shows <= set(first), request.name
        if request.keeps:
            self.variables[request.keeps] = str(first.get("id") or first["access_token"])
        return body

    def _first(self, body: Mapping[str, object], request: Request) -> Mapping[str, object]:
        if not request.listed:
            return body
        data = body["data"]
        assert isinstance(data, list)
        assert data, request.name
        first = data[0]
        assert isinstance(first, dict)
        return first

    async def wait(self, container: str) -> None:
        for _ in range(TRIES):
            if (await self.play(status(container)))["status"] == "FINISHED":
                return
        raise AssertionError(f"{container} is never finished")


def _plain(request: Request) -> list[tuple[str, str]]:
    """Lists of fields have braces of their own."""
    return [
        (name, value.replace("{option", "{{option").replace("timestamp}", "timestamp}}"))
        for name, value in request.params.items()
    ]


async def variables(scene: Scene, film: Media) -> dict[str, str]:
    """What somebody who opens the collection has at hand: an app, a code, a picture, and neighbours."""
    keys = APP.complete(scene.network.app)
    errand, _ = await scene.signs_in.start(scene.http, "oauth", {}, back=BACK, app=keys)
    await scene.other("threads").post(draft("Hello @shop, meet the #ThreadsAPI"))
    scene.behave(ahead=-timedelta(hours=30))
    old = scene.key()
    scene.behave()
    image = picture()
    return {
        "app_id": keys["client_id"],
        "app_secret": keys["client_secret"],
        "code": (await decide(errand.url))["code"],
        "redirect_uri": BACK,
        "old_key": old,
        "key": scene.key(),
        "image_url": address_of(image.read(), image.content_type),
        "video_url": address_of(film.read(), film.content_type),
    }


async def test_every_request_of_the_official_collection_is_answered_as_it_shows(
    scene: Scene, film: Media
) -> None:
    async with aiohttp.ClientSession() as session:
        player = Player(scene, session, await variables(scene, film))
        for request in REQUESTS:
            if request.name == "2. Create a Carousel Container":
                await player.wait("second_child")
            await player.play(request)
            if request.keeps == "thread_id":
                await answered(scene, player)
    kinds = [post.kind for post in scene.posts]
    assert kinds == ["IMAGE", "CAROUSEL_ALBUM", "TEXT_POST", "REPOST_FACADE", "TEXT_POST"]


async def answered(scene: Scene, player: Player) -> None:
    """Somebody answers the post, so that there is a reply to read, to answer and to hide."""
    post = scene.posts[-1]
    other = scene.other("threads")
    theirs = Published(remote_id=post.id, url="")
    reply = await other.post(draft("Welcome!", reply_to=theirs))
    player.variables["reply_thread_id"] = reply.remote_id


@pytest.mark.parametrize("version", ["", "/v1.0"])
async def test_an_unknown_field_fails_the_whole_call(scene: Scene, version: str) -> None:
    headers = {"Authorization": f"Bearer {scene.key()}"}
    url = f"{scene.world.address}{version}/me?fields=id,shoe_size"
    async with aiohttp.ClientSession(headers=headers) as session, session.get(url) as answer:
        assert (answer.status, (await answer.json())["error"]["code"]) == (400, 100)
