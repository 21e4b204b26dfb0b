"""A lost answer: nobody can look, and what WhatsApp tells settles it."""

from datetime import UTC, datetime

import pytest

from hawker.connect.errors import CannotLook
from hawker.connect.hooks import Receipt, Stage
from hawker.platforms.whatsapp.tests.scene import Ear, Scene, letter
from hawker.sandbox.faults import Kind


@pytest.mark.parametrize("kind", [Kind.reset_after, Kind.error_after])
async def test_what_was_taken_is_told_with_its_key(scene: Scene, ear: Ear, kind: Kind) -> None:
    scene.opens()
    draft = letter()
    done = await scene.lose(draft, kind)
    with pytest.raises(CannotLook):
        await scene.find(draft, datetime.now(UTC), done)
    told = [event for event in await ear.heard(scene.world) if isinstance(event, Receipt)]
    assert {event.key for event in told} == {str(draft.key)}
    assert {event.remote_id for event in told} == {seen.remote_id for seen in scene.pretend.published("shop")}
    assert {event.stage for event in told} == {Stage.sent, Stage.delivered}


async def test_of_what_was_not_taken_nothing_is_told(scene: Scene, ear: Ear) -> None:
    scene.opens()
    await scene.lose(letter(), Kind.reset_before)
    assert await ear.heard(scene.world) == []
