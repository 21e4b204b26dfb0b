"""Looking for a post whose answer was lost: a webhook cannot, and says so."""

from datetime import UTC, datetime

import pytest

from hawker.connect.errors import CannotLook, OutcomeUnknown
from hawker.platforms.discord import PLATFORM
from hawker.platforms.discord.tests.scene import Scene
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, medium


@pytest.mark.parametrize("kind", [Kind.reset_before, Kind.reset_after])
async def test_the_owner_is_asked_and_told_where_to_look(scene: Scene, kind: Kind) -> None:
    post = draft("烏龍茶到貨", medium())
    scene.network.faults.add(Fault(kind=kind))
    with pytest.raises(OutcomeUnknown):
        await scene.post(post)
    with pytest.raises(CannotLook) as caught:
        await PLATFORM.publishes.find(scene.http, scene.shop, post, {}, since=datetime.now(UTC))
    assert "Discord does not let Hawker read the channel #teashop." in str(caught.value)
    assert len(scene.messages) == (1 if kind is Kind.reset_after else 0)
