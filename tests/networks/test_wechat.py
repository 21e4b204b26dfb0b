"""Articles of a tea shop, through the real worker, with what the pretend network pushes to Hawker over HTTP.
Its makers run the only real one."""

from collections.abc import Callable
from urllib.request import urlopen

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.posts.models import Post
from hawker.core.posts.values import Picture, Wording, Writing
from hawker.core.publishing import actions, queries
from hawker.core.publishing.models import Delivery
from hawker.platforms.wechat.sandbox import PretendWeChat
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from hawker.worker.hearing import hear
from tests.cast import Loop, Somebody
from tests.journeys.conftest import Worker, worker
from tests.pictures import jpeg

__all__ = ["worker"]
Happens = Callable[[Callable[[PretendWeChat], object]], None]


@pytest.fixture
def pretend(every_network: Sandbox, live_server: LiveServer) -> PretendWeChat:
    """Tells Hawker by itself."""
    found = every_network.networks["wechat"].pretend
    assert isinstance(found, PretendWeChat)
    found.tell(f"{live_server.url}/hooks/wechat")
    return found


@pytest.fixture
def channel(alice: Somebody, pretend: PretendWeChat) -> Channel:
    return channels.connect(alice.actor, "wechat", *pretend.account("teashop"))


@pytest.fixture
def happens(_sandbox_loop: Loop, pretend: PretendWeChat) -> Happens:
    """Does something at the pretend network, and waits until Hawker was told of it."""

    def do(deed: Callable[[PretendWeChat], object]) -> None:
        async def act() -> None:
            deed(pretend)
            await pretend.push.arrived()

        _sandbox_loop.run(act())

    return do


def compose(alice: Somebody, channel: Channel, text: str, kind: str) -> Post:
    shown = (Picture(media=media.add(alice.actor, "tea.jpg", jpeg()).id, alt="一壺茶"),)
    wording = Wording(channel=channel.id, options={"kind": kind})
    writing = Writing(text=text, language="zh-Hant", pictures=shown, wordings=(wording,))
    return actions.compose(alice.actor, writing)


def row(post: Post) -> Delivery:
    return Delivery.objects.get(post=post)


def test_an_article_whose_answer_was_lost_is_found_with_its_address(
    worker: Worker, alice: Somebody, channel: Channel, every_network: Sandbox, *, pretend: PretendWeChat
) -> None:
    post = compose(alice, channel, "春茶到貨", "")
    every_network.networks["wechat"].faults.add(Fault(kind=Kind.reset_after, call="send", times=1))
    worker.start()
    worker.until(lambda: row(post).state == "published")
    worker.stop()
    (seen,) = pretend.published("teashop")
    assert row(post).remote_id == seen.remote_id
    with urlopen(row(post).url) as page:
        assert "春茶到貨" in page.read().decode()


def test_a_mass_send_whose_answer_was_lost_is_found_at_once_and_goes_out_once(
    worker: Worker, alice: Somebody, channel: Channel, every_network: Sandbox, *, pretend: PretendWeChat
) -> None:
    post = compose(alice, channel, "春茶到貨", "mass")
    every_network.networks["wechat"].faults.add(Fault(kind=Kind.reset_after, call="send", times=1))
    worker.start()
    worker.until(lambda: row(post).state == "published")
    worker.stop()
    (sent,) = pretend.world.open("teashop").posts
    assert row(post).remote_id == str(sent.msg_id)


@pytest.mark.parametrize("lists", [False, True])
def test_what_programs_may_not_publish_lies_among_the_drafts_and_is_handed_to_its_owner(
    worker: Worker, alice: Somebody, channel: Channel, *, pretend: PretendWeChat, lists: bool
) -> None:
    theirs = pretend.world.open("teashop")
    theirs.verified, theirs.lists = False, lists
    post = compose(alice, channel, "春茶到貨", "")
    worker.start()
    worker.until(lambda: row(post).state == "handed")
    worker.stop()
    reason = queries.reason_of(row(post))
    assert (reason and reason.code, len(theirs.drafts), theirs.posts) == ("48001", 1, [])
    channels.check(alice.actor, channel.id)
    channel.refresh_from_db()
    assert channel.limits["by_hand"]


def test_a_mass_send_that_is_refused_afterwards_fails_with_its_reason(
    worker: Worker, alice: Somebody, channel: Channel, *, pretend: PretendWeChat, happens: Happens
) -> None:
    post = compose(alice, channel, "春茶到貨", "mass")
    worker.start()
    worker.until(lambda: row(post).state == "published")
    worker.stop()
    account = pretend.world.open("teashop")
    happens(lambda wechat: wechat.push.sent(account, account.posts[0], "err(20002)"))
    hear(timezone.now())
    reason = queries.reason_of(row(post))
    assert (row(post).state, reason and reason.code) == ("failed", "20002")
