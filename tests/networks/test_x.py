"""A post of a tea shop whose X developer account is out of credit, through the real worker. Its makers run
the only real X."""

from dataclasses import replace

import pytest
from django.utils import timezone

from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.posts.models import Post
from hawker.core.posts.values import Wording, Writing
from hawker.core.publishing import actions
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.platforms.x.sandbox import Sandbox as PretendX
from hawker.sandbox.app import Sandbox
from hawker.web.posts.tests.reading import text_of
from tests.cast import Loop, Somebody, visitor
from tests.journeys.conftest import Worker, worker

__all__ = ["worker"]


@pytest.fixture
def pretend(every_network: Sandbox) -> PretendX:
    found = every_network.networks["x"].pretend
    assert isinstance(found, PretendX)
    return found


@pytest.fixture
def channel(alice: Somebody, pretend: PretendX) -> Channel:
    return channels.connect(alice.actor, "x", *pretend.account("teashop"))


def credit(loop: Loop, pretend: PretendX, *, there: bool) -> None:
    async def change() -> None:
        pretend.world.manners = replace(pretend.world.manners, credit=there)

    loop.run(change())


def row(post: Post) -> Delivery:
    return Delivery.objects.get(post=post)


def test_a_post_without_credit_waits_says_so_and_goes_out_once_there_is_some(
    worker: Worker, alice: Somebody, channel: Channel, pretend: PretendX, *, _sandbox_loop: Loop
) -> None:
    credit(_sandbox_loop, pretend, there=False)
    words = Writing(text="Fresh bao", language="en", wordings=(Wording(channel=channel.id),))
    post = actions.compose(alice.actor, words)
    worker.start()
    worker.until(lambda: row(post).error is not None)
    page = text_of(visitor(alice).get(f"/posts/{post.id}").content.decode())
    assert "The credit of your X developer account is used up, and X took nothing. Top it up" in page
    assert "Tries again" in page
    assert "About US$0.015 at X." in page
    assert (row(post).state, pretend.published("teashop")) == (State.scheduled, ())
    credit(_sandbox_loop, pretend, there=True)
    Delivery.objects.update(look_at=timezone.now())
    worker.until(lambda: row(post).state == State.published)
    assert [seen.text for seen in pretend.published("teashop")] == ["Fresh bao"]
