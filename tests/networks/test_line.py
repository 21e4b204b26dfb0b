"""Messages to the friends of a tea shop by name, from the moment they become friends: through the real
worker, with what the pretend network tells Hawker over HTTP. Its makers run the only real one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from hawker.connect.budgets import Reading
from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import Level, level_after_reading
from hawker.core.contacts.models import Contact, ContactList
from hawker.core.contacts.rules import Consent
from hawker.core.posts.models import Post
from hawker.core.posts.values import Wording, Writing
from hawker.core.publishing import actions
from hawker.core.publishing.models import Delivery
from hawker.platforms.line.quota import MONTHLY, believed_until
from hawker.platforms.line.sandbox import PretendLine
from hawker.platforms.line.sandbox_world import Person, Shop, World
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from hawker.worker.hearing import hear
from tests.cast import Loop, Somebody
from tests.journeys.conftest import Worker, worker

__all__ = ["worker"]
GUESTS = ("林小姐", "陳太太", "王先生")
OUT = "王先生"
Happens = Callable[[Callable[[World], object]], None]


@pytest.fixture
def pretend(every_network: Sandbox, live_server: LiveServer) -> PretendLine:
    found = every_network.networks["line"].pretend
    assert isinstance(found, PretendLine)
    found.tell(f"{live_server.url}/hooks/line")
    return found


@pytest.fixture
def shop(pretend: PretendLine) -> Shop:
    return pretend.world.open("teashop")


@pytest.fixture
def channel(alice: Somebody, pretend: PretendLine) -> Channel:
    return channels.connect(alice.actor, "line", *pretend.account("teashop"))


@pytest.fixture
def happens(_sandbox_loop: Loop, pretend: PretendLine) -> Happens:
    """Does something at the pretend network; Hawker is told of it and reads it."""

    def do(deed: Callable[[World], object]) -> None:
        async def act() -> None:
            deed(pretend.world)
            await pretend.world.courier.arrived()

        _sandbox_loop.run(act())
        hear(timezone.now())

    return do


@pytest.fixture
def friends(channel: Channel, shop: Shop, happens: Happens) -> Mapping[str, Person]:
    """Have added the shop's account, one after the other."""
    for name in GUESTS:
        happens(lambda world, name=name: world.befriend(shop, name))  # type: ignore[misc]
    return {person.name: person for person in shop.people.values()}


def compose(alice: Somebody, channel: Channel, text: str, everybody: ContactList | None) -> Post:
    wording = Wording(channel=channel.id, audience=everybody.id if everybody else None)
    return actions.compose(alice.actor, Writing(text=text, language="zh-Hant", wordings=(wording,)))


def states(post: Post) -> list[str]:
    return sorted(Delivery.objects.filter(post=post).values_list("state", flat=True))


def test_friends_get_a_message_each_and_who_blocks_the_account_none(
    worker: Worker,
    alice: Somebody,
    channel: Channel,
    friends: Mapping[str, Person],
    *,
    shop: Shop,
    happens: Happens,
    every_network: Sandbox,
) -> None:
    everybody = ContactList.objects.get(channel=channel)
    post = compose(alice, channel, "高山烏龍到了", everybody)
    assert len(states(post)) == len(GUESTS)
    happens(lambda world: world.block(shop, friends[OUT]))
    assert Contact.objects.get(address=friends[OUT].id).consent == Consent.withdrawn
    every_network.networks["line"].faults.add(Fault(kind=Kind.reset_after, call="send", times=1))
    worker.start()
    worker.until(lambda: states(post) == ["cancelled", "published", "published"])
    worker.stop()
    sent = sorted((each.way, each.to.name) for each in shop.sent.values() if each.to)
    assert sent == sorted(("push", name) for name in GUESTS if name != OUT)
    assert shop.used == len(sent)


def test_without_a_list_all_friends_get_it_by_one_call(
    worker: Worker, alice: Somebody, channel: Channel, friends: Mapping[str, Person], shop: Shop
) -> None:
    post = compose(alice, channel, "今天公休", None)
    worker.start()
    worker.until(lambda: states(post) == ["published"])
    worker.stop()
    assert [(each.way, each.count) for each in shop.sent.values()] == [("broadcast", shop.friends)]


def test_what_line_takes_and_then_drops_has_failed_and_nobody_is_asked(
    worker: Worker, alice: Somebody, channel: Channel, every_network: Sandbox, shop: Shop
) -> None:
    wording = Wording(channel=channel.id, options={"most": "40"})
    post = actions.compose(alice.actor, Writing(text="新茶", language="zh-Hant", wordings=(wording,)))
    every_network.networks["line"].faults.add(Fault(kind=Kind.reset_after, call="send", times=1))
    worker.start()
    worker.until(lambda: states(post) == ["failed"])
    worker.stop()
    error = Delivery.objects.get(post=post).error
    assert error is not None
    assert "at least 50" in error["text"]
    assert shop.shown == []


def test_what_line_dropped_goes_out_once_it_was_saved_again(
    worker: Worker, alice: Somebody, channel: Channel, pretend: PretendLine
) -> None:
    """As it is: LINE takes no key twice."""
    wording = Wording(channel=channel.id, options={"most": "40"})
    writing = Writing(text="新茶", language="zh-Hant", wordings=(wording,))
    post = actions.compose(alice.actor, writing)
    worker.start()
    worker.until(lambda: states(post) == ["failed"])
    pretend.world.manners = replace(pretend.world.manners, small=False)
    actions.rewrite(alice.actor, post.id, writing)
    actions.retry(alice.actor, Delivery.objects.get(post=post).id)
    worker.until(lambda: states(post) == ["published"])
    worker.stop()


def test_who_comes_back_gets_messages_again(
    worker: Worker,
    alice: Somebody,
    channel: Channel,
    friends: Mapping[str, Person],
    *,
    shop: Shop,
    happens: Happens,
) -> None:
    happens(lambda world: world.block(shop, friends[OUT]))
    happens(lambda world: world.befriend(shop, OUT))
    post = compose(alice, channel, "新茶", ContactList.objects.get(channel=channel))
    worker.start()
    worker.until(lambda: states(post) == ["published"] * len(GUESTS))
    worker.stop()
    assert {each.to.name for each in shop.sent.values() if each.to} == set(GUESTS)


def test_more_messages_count_as_soon_as_line_tells_of_them_and_a_month_is_over_when_it_is() -> None:
    noon, ends = datetime(2026, 11, 30, 4, tzinfo=UTC), datetime(2026, 11, 30, 16, tzinfo=UTC)

    def told(left: int, at: datetime, before: Level | None = None) -> Level:
        reading = Reading(budget=MONTHLY.name, left=left, limit=200, resets_at=believed_until(at))
        return level_after_reading(before, reading, MONTHLY, at)

    used_up = told(0, noon)
    assert used_up.resets_at <= ends
    assert told(100, noon + timedelta(minutes=1), used_up).left == 100
