"""A message whose answer was lost: LINE is asked for its key, and never sends it twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import CannotLook, Later, Refused
from hawker.connect.values import Account
from hawker.platforms.line.tests.scene import Scene, choosing
from hawker.sandbox.faults import Kind
from hawker.sandbox.tests.makers import draft
from hawker.sandbox.tests.strangers import Stranger

WAYS: tuple[dict[str, str], ...] = ({}, {"gender": "female"})


def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("options", WAYS, ids=["broadcast", "narrowcast"])
async def test_what_line_took_is_found_by_its_key(scene: Scene, options: dict[str, str]) -> None:
    post = choosing(options)
    done = await scene.lose(post)
    found = await scene.find(post, now(), done)
    assert found is not None
    assert [found.remote_id] == [each.id for each in scene.sent]


@pytest.mark.parametrize("options", WAYS, ids=["broadcast", "narrowcast"])
async def test_what_line_never_took_goes_out_once(scene: Scene, options: dict[str, str]) -> None:
    post = choosing(options)
    done = await scene.lose(post, Kind.reset_before)
    assert await scene.find(post, now(), done) is None
    await scene.send(post, done)
    assert len(scene.sent) == 1


@pytest.mark.parametrize("options", WAYS, ids=["broadcast", "narrowcast"])
async def test_where_line_reads_messages_before_keys_the_second_call_adopts(
    scene: Scene, options: dict[str, str]
) -> None:
    scene.behave(looks_first=True)
    post = choosing(options)
    done = await scene.lose(post)
    assert await scene.find(post, now(), done) is None
    assert (await scene.send(post, done)).remote_id == scene.sent[0].id
    assert len(scene.sent) == 1


@pytest.mark.parametrize("options", WAYS, ids=["broadcast", "narrowcast"])
async def test_what_may_be_out_is_not_refused_because_it_used_up_the_month_itself(
    scene: Scene, options: dict[str, str]
) -> None:
    scene.behave(looks_first=True)
    post = choosing(options)
    done = await scene.lose(post)
    scene.account.quota = scene.account.used
    assert await scene.find(post, now(), done) is None
    assert await scene.prepare(post, done) == {}
    assert (await scene.send(post, done)).remote_id == scene.sent[0].id


async def test_looking_sends_nothing(scene: Scene) -> None:
    post = draft("茶")
    done = await scene.prepare(post)
    for _ in range(3):
        assert await scene.find(post, now(), done) is None
    assert (scene.sent, scene.account.used) == ([], 0)


async def test_a_message_that_line_dropped_is_absent_and_refused_at_the_next_call(scene: Scene) -> None:
    post = draft("茶", most="40")
    done = await scene.lose(post)
    assert await scene.find(post, now(), done) is None
    with pytest.raises(Refused, match="at least 50"):
        await scene.send(post, done)
    assert scene.network.pretend.published("teashop") == ()


async def test_after_a_day_the_owner_is_asked(scene: Scene) -> None:
    post = draft("茶")
    done = await scene.lose(post)
    scene.world.ahead = timedelta(hours=24)
    with pytest.raises(CannotLook, match="only for a day"):
        await scene.find(post, now() - timedelta(hours=23, minutes=1), done)


async def test_what_line_still_remembers_is_found_however_wrong_a_clock_was(scene: Scene) -> None:
    post = draft("茶")
    done = await scene.lose(post)
    assert await scene.find(post, now() - timedelta(hours=30), done)


async def test_a_key_is_forgotten_after_a_day(scene: Scene) -> None:
    """Which is why nobody may look by then."""
    post = draft("茶")
    await scene.post(post)
    scene.world.ahead = timedelta(hours=24)
    assert await scene.find(post, now()) is None


@pytest.mark.parametrize("status", [403, 404, 429])
async def test_a_refusal_that_says_nothing_of_the_key_is_no_absence(scene: Scene, status: int) -> None:
    post = draft("茶")
    message = "You have reached your monthly limit." if status == 429 else "Not allowed"
    async with Stranger() as stranger:
        stranger.says["POST /v2/bot/message/broadcast"] = web.json_response(
            {"message": message}, status=status
        )
        account = scene.at(_moved(scene, stranger.address))
        with pytest.raises(CannotLook, match="Look in the chat"):
            await account.find(post, now())


async def test_a_yes_to_nothing_is_looked_at_again(scene: Scene) -> None:
    async with Stranger() as stranger:
        stranger.says["POST /v2/bot/message/broadcast"] = web.json_response({})
        with pytest.raises(Later, match="did not say whether it has"):
            await scene.at(_moved(scene, stranger.address)).find(draft("茶"), now())


def _moved(scene: Scene, address: str) -> Account:
    return replace(scene.shop, server=address)
