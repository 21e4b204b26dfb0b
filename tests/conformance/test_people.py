"""Networks that deliver to everybody and, where a list is chosen, to its people one by one: what holds of a
post holds of such a message, and who can get one is told by the network."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hawker.connect.hooks import Joined
from hawker.connect.platform import Audience, Platform
from hawker.connect.pretend import Befriends
from hawker.connect.registry import every_folder
from hawker.connect.values import Draft, Recipient
from tests.conformance.calls import Calls
from tests.conformance.drafts import another, compose
from tests.conformance.losses import LOSSES, Loss
from tests.conformance.stage import OWNER, Stage
from tests.conformance.test_hooks import PATIENCE, Ear, ear, keys
from tests.conformance.test_lost_answers import LOOKS, lose

__all__ = ["ear", "keys"]
NAME = "林小姐"


BOTH = [each for each in every_folder().values() if each.audience is Audience.optional and each.filled_in]


@pytest.fixture(params=BOTH, ids=[each.name for each in BOTH])
def platform(request: pytest.FixtureRequest) -> Platform:
    found: Platform = request.param
    return found


@pytest.fixture
def pretend(stage: Stage) -> Befriends:
    assert isinstance(stage.network.pretend, Befriends)
    return stage.network.pretend


@pytest.fixture
async def message(stage: Stage, pretend: Befriends) -> Draft:
    """For somebody who has joined."""
    address = pretend.befriend(OWNER, NAME)
    return replace(compose(stage.platform, stage.account.limits), to=Recipient(address=address, name=NAME))


async def test_a_message_is_sent_once_by_one_writing_call(stage: Stage, message: Draft, calls: Calls) -> None:
    done = await stage.prepare(message)
    calls.clear()
    published = await stage.send(message, done)
    assert len(calls.writing) == 1
    assert [(seen.remote_id, seen.text) for seen in stage.seen] == [(published.remote_id, message.text)]


async def test_a_post_for_everybody_goes_out_beside_it(stage: Stage, message: Draft) -> None:
    first = await stage.publish(message)
    second = await stage.publish(replace(another(message), to=None))
    assert stage.seen_ids == [first.remote_id, second.remote_id]


@pytest.mark.parametrize("loss", LOSSES, ids=str)
async def test_a_message_whose_answer_is_lost_is_there_once(stage: Stage, message: Draft, loss: Loss) -> None:
    stage.needs(LOOKS)
    done, since = await lose(stage, message, loss), datetime.now(UTC)
    found = await stage.find(message, done, since)
    assert (found is not None) is loss.taken
    published = found or await stage.send(message, done)
    assert stage.seen_ids == [published.remote_id]


async def test_whoever_joins_is_told_of(stage: Stage, pretend: Befriends, ear: Ear) -> None:
    assert stage.platform.hears is not None
    address = pretend.befriend(OWNER, NAME)
    async with asyncio.timeout(PATIENCE):
        await ear.heard.wait()
    ((_, body),) = ear.calls
    (event,) = stage.platform.hears.read(body)
    assert isinstance(event, Joined)
    assert (event.account, event.address) == (stage.account.remote_id, address)
    assert event.at.tzinfo is not None
