"""How often programs may publish in a day, and what is told of that."""

from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.budgets import Reading, read
from hawker.connect.errors import Later
from hawker.connect.http import Answer, Heard
from hawker.platforms.wechat import PLATFORM
from hawker.platforms.wechat.tests.scene import Scene
from hawker.sandbox.tests.makers import draft, picture


def told(path: str, body: str) -> list[Reading]:
    return read(PLATFORM.budgets, Heard("POST", path, Answer(200, {}, body.encode())))


async def test_what_is_used_up_comes_back_at_midnight_in_china(scene: Scene) -> None:
    scene.pretend.leave("teashop", "calls", 1, seconds=3600)
    await scene.post(draft("茶", picture()))
    heard: list[Reading] = []
    http = scene.http.heard_by(lambda each: heard.extend(read(PLATFORM.budgets, each)))
    post = draft("新茶", picture())
    done = await scene.prepare(post)
    with pytest.raises(Later) as caught:
        await PLATFORM.publishes.send(http, scene.shop, post, done)
    (reading,) = heard
    assert (reading.budget, reading.left, reading.resets_at) == ("calls", 0, caught.value.at)
    assert reading.resets_at is not None
    assert timedelta(0) < reading.resets_at - datetime.now(UTC) <= timedelta(days=1)
    scene.pretend.world.ahead = timedelta(seconds=3601)
    await scene.send(post, done)
    assert len(scene.posts) == 2


def test_only_the_calls_that_publish_are_counted() -> None:
    used_up = '{"errcode": 45009, "errmsg": "reach max api daily quota limit"}'
    assert len(told("/cgi-bin/freepublish/submit", used_up)) == 1
    assert len(told("/cgi-bin/message/mass/sendall", used_up)) == 1
    assert told("/cgi-bin/freepublish/get", used_up) == []
    assert told("/cgi-bin/freepublish/submit", '{"errcode": 0}') == []
    assert told("/cgi-bin/freepublish/submit", "<h1>Slow down</h1>") == []
