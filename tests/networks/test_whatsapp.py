"""Letters to the regulars of a tea shop, from the list to the blue ticks: through the real worker, with what
the pretend network tells Hawker over HTTP. Its makers run the only real one."""

from collections.abc import Callable
from datetime import timedelta
from urllib.request import urlopen

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.contacts import actions as contacts
from hawker.core.contacts import lists
from hawker.core.contacts.models import Contact, ContactList
from hawker.core.contacts.rules import Consent, Source
from hawker.core.contacts.values import Agreement
from hawker.core.posts.models import Post
from hawker.core.posts.values import Wording, Writing
from hawker.core.publishing import actions, queries
from hawker.core.publishing.models import Delivery
from hawker.platforms.whatsapp.sandbox import Sandbox as Pretend
from hawker.platforms.whatsapp.sandbox_world import World
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from hawker.worker.hearing import hear
from tests.cast import Loop, Somebody
from tests.journeys.conftest import Worker, worker

__all__ = ["worker"]
SAID = Agreement(source=Source.spoken, words="Yes, tell me when fresh tea is here.")
GUESTS = {"886912000001": "林小姐", "886912000002": "陳太太", "886912000003": "王先生"}
OUT = "886912000003"
TEMPLATE = {"template": "fresh_today", "template_language": "zh_TW", "parameters": "{name}|{text}"}


@pytest.fixture
def pretend(every_network: Sandbox, live_server: LiveServer) -> Pretend:
    """Tells Hawker by itself. Its clock goes ahead: it tells whole seconds."""
    found = every_network.networks["whatsapp"].pretend
    assert isinstance(found, Pretend)
    found.world.manners.ahead = timedelta(seconds=2)
    found.tell(f"{live_server.url}/hooks/whatsapp")
    return found


@pytest.fixture
def channel(alice: Somebody, pretend: Pretend) -> Channel:
    return channels.connect(alice.actor, "whatsapp", *pretend.account("teashop"))


@pytest.fixture
def regulars(alice: Somebody, channel: Channel) -> ContactList:
    everybody = lists.open_list(alice.actor, "Regulars")
    people = [contacts.add(alice.actor, "whatsapp", number, name, SAID) for number, name in GUESTS.items()]
    lists.put_on(alice.actor, everybody.id, [each.id for each in people])
    return everybody


@pytest.fixture
def happens(_sandbox_loop: Loop, pretend: Pretend) -> Callable[[Callable[[World], object]], None]:
    """Does something at the pretend network, and waits until Hawker was told of it."""

    def do(deed: Callable[[World], object]) -> None:
        async def act() -> None:
            deed(pretend.world)
            await pretend.world.courier.arrived()

        _sandbox_loop.run(act())

    return do


Happens = Callable[[Callable[[World], object]], None]


def compose(
    alice: Somebody, channel: Channel, regulars: ContactList, text: str, options: dict[str, str]
) -> Post:
    wording = Wording(channel=channel.id, options=options, audience=regulars.id)
    return actions.compose(alice.actor, Writing(text=text, language="zh-Hant", wordings=(wording,)))


def rows(post: Post) -> list[Delivery]:
    return list(Delivery.objects.filter(post=post).select_related("contact").order_by("id"))


def stages(post: Post) -> list[tuple[str, str]]:
    return sorted((row.state, row.stage) for row in rows(post))


def stop(world: World, words: str = "停止") -> None:
    phone = world.business("teashop").phones[0]
    world.write(phone, world.person(OUT), words)


def test_letters_go_out_and_are_read_and_whoever_stopped_gets_none(
    worker: Worker,
    alice: Somebody,
    channel: Channel,
    regulars: ContactList,
    *,
    pretend: Pretend,
    happens: Happens,
    every_network: Sandbox,
) -> None:
    post = compose(alice, channel, regulars, "高山烏龍", TEMPLATE)
    assert len(rows(post)) == len(GUESTS)
    happens(stop)
    hear(timezone.now())
    assert Contact.objects.get(address=OUT).consent == Consent.withdrawn
    every_network.networks["whatsapp"].faults.add(Fault(kind=Kind.reset_after, call="send", times=1))
    worker.start()
    told = [("cancelled", ""), ("published", "delivered"), ("published", "delivered")]
    worker.until(lambda: stages(post) == told)
    for row in rows(post):
        if row.contact and row.contact.address != OUT:
            with urlopen(f"{pretend.world.site}/{row.contact.address}") as page:
                assert row.contact.name in page.read().decode()
    worker.until(lambda: stages(post) == [(state, stage and "read") for state, stage in told])
    worker.stop()
    texts = sorted(seen.text for seen in pretend.published("teashop"))
    people = [GUESTS[number] for number in GUESTS if number != OUT]
    assert texts == sorted(f"{name} 您好，今天有：高山烏龍。歡迎來店裡坐坐。" for name in people)
    ids = {seen.remote_id for seen in pretend.published("teashop")}
    assert {row.remote_id for row in rows(post) if row.state == "published"} == ids


def test_free_words_go_to_those_who_wrote_and_the_others_say_why(
    worker: Worker,
    alice: Somebody,
    channel: Channel,
    regulars: ContactList,
    *,
    pretend: Pretend,
    happens: Happens,
) -> None:
    happens(lambda world: world.write(world.business("teashop").phones[0], world.person(OUT), "留一罐"))
    hear(timezone.now())
    post = compose(alice, channel, regulars, "好的，幫您收著。", {})
    worker.start()
    worker.until(lambda: stages(post) == [("failed", ""), ("failed", ""), ("published", "delivered")])
    worker.stop()
    reasons = [queries.reason_of(row) for row in rows(post) if row.state == "failed"]
    assert [reason.code for reason in reasons if reason] == ["131047"] * 2
    assert [seen.text for seen in pretend.published("teashop")] == ["好的，幫您收著。"]


def test_what_whatsapp_finds_out_later_is_told_as_a_failure_with_its_reason(
    worker: Worker, alice: Somebody, channel: Channel, regulars: ContactList, pretend: Pretend
) -> None:
    pretend.world.manners.fails = {OUT: 131026}
    post = compose(alice, channel, regulars, "高山烏龍", TEMPLATE)
    worker.start()
    worker.until(lambda: ("failed", "failed") in stages(post))
    worker.until(lambda: stages(post)[1:] == [("published", "delivered")] * 2)
    worker.stop()
    (row,) = (row for row in rows(post) if row.state == "failed")
    reason = queries.reason_of(row)
    assert row.contact is not None
    assert reason is not None
    assert (row.contact.address, reason.code) == (OUT, "131026")
