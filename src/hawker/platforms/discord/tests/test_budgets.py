"""What Discord tells of its limits, before and after it refuses."""

from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.budgets import Reading, read
from hawker.connect.errors import Later
from hawker.connect.http import Answer, Heard
from hawker.platforms.discord import PLATFORM
from hawker.platforms.discord.sandbox_world import Bucket
from hawker.platforms.discord.tests.scene import Scene
from hawker.sandbox.tests.makers import draft


def told(method: str, status: int = 200, body: bytes = b"", **headers: str) -> list[Reading]:
    named = {f"X-RateLimit-{name.replace('_', '-')}": value for name, value in headers.items()}
    return read(PLATFORM.budgets, Heard(method, "/webhooks/***", Answer(status, named, body)))


async def test_the_last_call_of_a_bucket_tells_when_it_is_full_again(scene: Scene) -> None:
    scene.world.buckets[scene.channel.webhook] = Bucket(limit=2, seconds=600)
    heard: list[list[Reading]] = []
    http = scene.http.heard_by(lambda each: heard.append(read(PLATFORM.budgets, each)))
    for text in ("One", "Two"):
        await PLATFORM.publishes.send(http, scene.shop, draft(text), {})
    with pytest.raises(Later):
        await PLATFORM.publishes.send(http, scene.shop, draft("Three"), {})
    first, *rest = heard
    assert first == []
    for (reading,) in rest:
        assert (reading.budget, reading.left) == ("wait", 0)
        assert reading.resets_at is not None
        assert timedelta(seconds=500) < reading.resets_at - datetime.now(UTC) <= timedelta(seconds=600)


def test_a_call_that_publishes_nothing_tells_nothing_of_the_bucket_that_does() -> None:
    assert len(told("POST", Remaining="0", Reset_After="1.5")) == 1
    assert told("GET", Remaining="0", Reset_After="1.5") == []
    assert told("POST", Remaining="1", Reset_After="1.5") == []


@pytest.mark.parametrize("odd", ["", "soon", "0", "-1"])
def test_what_cannot_be_read_is_no_wait(odd: str) -> None:
    assert told("POST", Remaining="0", Reset_After=odd) == []


def test_the_gate_in_front_has_the_rule_of_all_networks() -> None:
    assert told("POST", 429, b"<h1>Slow down</h1>") == []
    assert len(told("POST", 429, b'{"retry_after": 0.3, "global": true}')) == 1
