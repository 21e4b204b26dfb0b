"""Preparing a post: repeatable, never irreversible, and what is done is not done again."""

from dataclasses import replace

import pytest

from hawker.connect.errors import Later
from hawker.connect.http import Http
from hawker.connect.values import Draft
from hawker.sandbox.faults import Kind
from tests.conformance.calls import Calls
from tests.conformance.losses import BROKEN
from tests.conformance.stage import HASTE, Stage, described, explained


async def test_preparing_publishes_nothing(stage: Stage, draft: Draft) -> None:
    await stage.prepare(draft)
    assert stage.seen == ()


async def test_what_is_done_is_not_done_again(stage: Stage, draft: Draft, calls: Calls) -> None:
    done = await stage.prepare(draft)
    if not done:
        pytest.skip(f"{stage.platform.name} prepares nothing for such a post")
    calls.clear()
    steps = stage.platform.publishes.prepare(stage.http, stage.account, draft, done)
    assert [step async for step in steps] == []
    assert calls.writing == []


async def test_a_preparation_broken_off_after_any_step_goes_on_from_there(
    stage: Stage, draft: Draft, calls: Calls
) -> None:
    whole = await stage.prepare(draft)
    writes = len(calls.writing)
    for broken_off in range(1, len(whole)):
        calls.clear()
        done = dict(list(whole.items())[:broken_off])
        rest = await stage.prepare(draft, done)
        assert list(rest) == list(whole)
        assert {name: rest[name] for name in done} == done
        assert len(calls.writing) < writes
        writes = len(calls.writing)
        whole = rest
    published = await stage.send(draft, whole)
    assert stage.seen_ids == [published.remote_id]
    if stage.platform.quality["alternative_text"] == "done":
        assert stage.seen[0].alts == described(stage, draft)


@pytest.mark.parametrize("kind", [*BROKEN, Kind.delay_after])
async def test_a_fault_in_any_call_of_a_preparation_is_tried_later(
    stage: Stage, draft: Draft, calls: Calls, kind: Kind
) -> None:
    calls.clear()
    await stage.prepare(draft)
    paths = calls.below(stage.network.address)
    if not paths:
        pytest.skip(f"{stage.platform.name} prepares nothing for such a post")
    for path in paths:
        async with Http(allow_private=True, answer_seconds=HASTE) as hasty:
            with stage.faulty(kind, f"^{path}$"), pytest.raises(Later) as caught:
                await replace(stage, http=hasty).prepare(draft)
        explained(caught.value)
    published = await stage.publish(draft)
    assert stage.seen_ids == [published.remote_id]
