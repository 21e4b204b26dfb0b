"""Taking a post off the network."""

import pytest

from hawker.connect.errors import Later, Refused
from hawker.connect.values import Draft
from hawker.sandbox.faults import Kind
from tests.conformance.drafts import another
from tests.conformance.losses import BROKEN
from tests.conformance.stage import Stage, explained


async def test_a_post_is_taken_off_and_twice_does_no_harm(stage: Stage, draft: Draft) -> None:
    stage.needs("deletes")
    kept, gone = await stage.publish(draft), await stage.publish(another(draft, "A mistake."))
    await stage.delete(gone)
    assert stage.seen_ids == [kept.remote_id]
    await stage.delete(gone)
    assert stage.seen_ids == [kept.remote_id]


async def test_a_dead_token_takes_nothing_off(stage: Stage, draft: Draft) -> None:
    stage.needs("deletes")
    published = await stage.publish(draft)
    async with stage.signed_out():
        await stage.delete(published)
    assert stage.seen_ids == [published.remote_id]


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_fault_while_taking_off_is_tried_again(stage: Stage, draft: Draft, kind: Kind) -> None:
    stage.needs("deletes")
    published = await stage.publish(draft)
    with stage.faulty(kind):
        try:
            await stage.delete(published)
        except Later as error:
            explained(error)
        else:
            assert stage.seen == ()
    await stage.delete(published)
    assert stage.seen == ()


async def test_a_network_that_keeps_its_posts_says_so(stage: Stage, draft: Draft) -> None:
    if stage.platform.quality["deletes"] != "exempt":
        pytest.skip(f"{stage.platform.name} takes posts off")
    published = await stage.publish(draft)
    with pytest.raises(Refused) as caught:
        await stage.delete(published)
    explained(caught.value)
    assert stage.seen_ids == [published.remote_id]
