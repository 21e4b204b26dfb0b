"""Accounts to which their network lets no program post, though it lets it post to others."""

from collections.abc import Mapping
from typing import NoReturn

import pytest

from hawker.connect.errors import OnlyByHand
from hawker.connect.http import Http
from hawker.connect.registry import platform
from hawker.connect.text import say
from hawker.connect.values import Account, Draft
from hawker.core.channels.models import Channel
from hawker.core.posts.models import Post
from hawker.core.publishing import actions, handing, queries
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import Declined, Handed, Reason, State
from hawker.sandbox.app import Sandbox
from hawker.worker import outcomes
from tests.cast import Somebody
from tests.handing.scene import TEXT, URL, leader, states, writing
from tests.journeys.conftest import Worker

WHY = say("Only by hand.")
NO_PROGRAM = OnlyByHand(WHY, code="48")


@pytest.fixture
def channel(shop: list[Channel]) -> Channel:
    return shop[0]


def write(alice: Somebody, channel: Channel) -> Post:
    return actions.compose(alice.actor, writing(channel))


async def _refuse(http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> NoReturn:
    raise NO_PROGRAM


def test_what_is_due_there_is_handed_over_and_nothing_is_sent(
    worker: Worker, alice: Somebody, channel: Channel, sandbox: Sandbox
) -> None:
    Channel.objects.filter(id=channel.id).update(limits={**channel.limits, "by_hand": True})
    post = write(alice, channel)
    worker.start()
    worker.until(lambda: states(post) == [State.handed])
    row = leader(post)
    assert (row.attempt, row.sent_text, queries.reason_of(row)) == (0, TEXT, None)
    assert sandbox.networks[channel.platform].pretend.published("teashop") == ()


def test_what_is_refused_to_programs_at_the_call_is_handed_over_once_and_not_sent_again(
    worker: Worker, alice: Somebody, channel: Channel, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform(channel.platform).publishes, "send", _refuse)
    post = write(alice, channel)
    worker.start()
    worker.until(lambda: states(post) == [State.handed])
    monkeypatch.undo()
    row = leader(post)
    assert (row.attempt, queries.reason_of(row)) == (1, Reason(sentence=WHY, code="48"))
    assert handing.task(alice.actor, row.id).pieces[0].draft.text == TEXT
    actions.done(alice.actor, row.id, url=URL)
    assert list(Delivery.objects.values_list("state", "url")) == [(State.published, URL)]
    assert sandbox.networks[channel.platform].pretend.published("teashop") == ()


def test_a_look_that_is_refused_to_programs_hands_nothing_over() -> None:
    """It may be out."""
    reason = Reason(sentence=WHY, code="48")
    assert outcomes.of_look(NO_PROGRAM) == Declined(reason)
    assert outcomes.of(NO_PROGRAM) == outcomes.of_preparation(NO_PROGRAM) == Handed(reason)
