"""People, what they agreed to, and that no more is kept of who is forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hawker.connect.hooks import Stopped
from hawker.core.channels.models import Channel
from hawker.core.contacts import actions, hearing, lists, queries, rules
from hawker.core.contacts.models import Consent, Contact, ContactList, Farewell, Talk
from hawker.core.contacts.rules import Consent as ConsentState
from hawker.core.contacts.rules import Source
from hawker.core.contacts.values import Agreement
from hawker.core.people.models import LogEntry
from hawker.core.problems import Conflict, Invalid, NotAllowed, NotFound
from tests.audience.conftest import SAID, Network, person
from tests.cast import Somebody
from tests.herald import wire

ADDRESS = "886912000001"


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("+886 912-345-678", "", "886912345678"),
        ("00886 912 345 678", "", "886912345678"),
        ("0912 345 678", "886", "886912345678"),
        ("(555) 123-4567 89", "", "555123456789"),
        ("US.13491208655302741918", "", "US.13491208655302741918"),
        ("U4af4980629", "", "U4af4980629"),
    ],
)
def test_an_address_is_kept_as_networks_name_it(typed: str, country: str, kept: str) -> None:
    assert rules.address(typed, country) == kept


@pytest.mark.parametrize("typed", ["", "0912 345 678", "123", "1234567890123456", "Mrs Lin", "+0912345678"])
def test_what_is_no_address_is_refused_with_a_reason(typed: str) -> None:
    with pytest.raises(rules.Unfit) as caught:
        rules.address(typed)
    assert len(str(caught.value.sentence).split()) > 3


def test_a_consent_is_kept_with_its_words_its_time_and_who_wrote_it_down(
    alice: Somebody, channel: Channel
) -> None:
    said_at = timezone.now() - timedelta(days=3)
    agreement = Agreement(source=Source.paper, words="Monthly offers, please.", at=said_at)
    contact = actions.add(alice.actor, "herald", ADDRESS, "Lin", agreement)
    kept = Consent.objects.get(contact=contact)
    assert (kept.given, kept.source, kept.words, kept.at) == (True, Source.paper, agreement.words, said_at)
    assert kept.by == alice.actor.label
    assert kept.recorded_at > said_at
    assert contact.consent == ConsentState.given


@pytest.mark.parametrize(
    "agreement",
    [
        Agreement(source=Source.paper, words=" "),
        Agreement(source=Source.paper, words="x" * 501),
        Agreement(source=Source.paper, words="Yes.", at=timezone.now() + timedelta(days=400)),
    ],
)
def test_a_consent_without_words_or_of_tomorrow_is_none(
    alice: Somebody, channel: Channel, agreement: Agreement
) -> None:
    with pytest.raises(Invalid):
        actions.add(alice.actor, "herald", ADDRESS, "Lin", agreement)
    assert not Contact.objects.exists()


def test_nobody_is_added_twice(alice: Somebody, channel: Channel) -> None:
    person(alice, ADDRESS)
    with pytest.raises(Conflict):
        actions.add(alice.actor, "herald", "+886 912 000 001")


def test_networks_that_deliver_to_nobody_have_no_contacts(alice: Somebody, elsewhere: Channel) -> None:
    with pytest.raises(Invalid):
        actions.add(alice.actor, elsewhere.platform, ADDRESS)


def test_who_stopped_is_brought_back_by_a_fresh_consent_with_a_record_of_its_own(
    alice: Somebody, channel: Channel
) -> None:
    contact = person(alice, ADDRESS)
    actions.withdraw(alice.actor, contact.id, Agreement(source=Source.message, words="Stop."))
    assert queries.wanted([contact.id]) == set()
    actions.agree(alice.actor, contact.id, Agreement(source=Source.spoken, words="Once more, please."))
    assert queries.wanted([contact.id]) == {contact.id}
    history = [(each.given, each.words) for each in Consent.objects.filter(contact=contact)]
    assert history == [(True, "Once more, please."), (False, "Stop."), (True, SAID.words)]


def test_a_network_tells_that_somebody_wrote_and_the_window_opens(
    network: Network, alice: Somebody, channel: Channel
) -> None:
    contact, now = person(alice, ADDRESS), timezone.now()
    early, late = now - timedelta(hours=3), now - timedelta(hours=1)
    for at in (late, early, late):
        network.tell(wire.heard(channel.remote_id, ADDRESS, at.isoformat()))
    network.read()
    recipient = queries.recipients({(contact.id, channel.id)})[contact.id, channel.id]
    assert recipient.open_until == late + timedelta(hours=24)
    assert (recipient.address, recipient.name) == (ADDRESS, "Guest 1")


def test_a_network_whose_clock_is_ahead_opens_no_longer_window(
    network: Network, alice: Somebody, channel: Channel
) -> None:
    network.tell(wire.heard(channel.remote_id, ADDRESS, (timezone.now() + timedelta(days=9)).isoformat()))
    network.read()
    assert Talk.objects.get().last_wrote_at <= timezone.now()


def test_who_writes_first_is_a_contact_whom_nobody_has_asked(network: Network, channel: Channel) -> None:
    network.tell(wire.heard(channel.remote_id, ADDRESS, timezone.now().isoformat()))
    network.read()
    assert Contact.objects.get().consent == ConsentState.unasked


def test_a_stop_told_by_the_network_counts_at_once_and_once(
    network: Network, alice: Somebody, channel: Channel
) -> None:
    contact = person(alice, ADDRESS)
    stop = wire.stopped(channel.remote_id, ADDRESS, (timezone.now() + timedelta(seconds=1)).isoformat())
    network.read(stop, after=timedelta(seconds=5))
    network.tell(stop, stop)
    network.read(after=timedelta(seconds=6))
    assert queries.wanted([contact.id]) == set()
    assert Consent.objects.filter(contact=contact, given=False, source=Source.network).count() == 1


def test_a_stop_in_the_second_of_a_consent_counts_as_networks_tell_no_less(
    alice: Somebody, channel: Channel
) -> None:
    contact = person(alice, ADDRESS)
    assert contact.consent_at
    second = contact.consent_at.replace(microsecond=0)
    for again in (False, False, True):
        said = Stopped(account="", address=ADDRESS, at=second, again=again)
        hearing.stopped([channel], said, timezone.now())
    assert queries.wanted([contact.id]) == set()
    assert Consent.objects.filter(contact=contact, given=False).count() == 1


def test_an_old_stop_undoes_no_fresh_consent(network: Network, alice: Somebody, channel: Channel) -> None:
    contact = person(alice, ADDRESS)
    network.tell(wire.stopped(channel.remote_id, ADDRESS, (timezone.now() - timedelta(hours=1)).isoformat()))
    network.read()
    assert queries.wanted([contact.id]) == {contact.id}


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_stop_and_start_count_in_the_order_in_which_they_were_said(
    alice: Somebody, channel: Channel, order: tuple[int, int]
) -> None:
    contact, now = person(alice, ADDRESS), timezone.now()
    said = {
        number: Stopped(account="", address=ADDRESS, at=now + timedelta(minutes=number), again=number == 2)
        for number in order
    }
    for number in order:
        hearing.stopped([channel], said[number], now + timedelta(hours=1))
    assert queries.wanted([contact.id]) == {contact.id}


def test_a_network_tells_each_business_of_its_own_contacts_only(
    network: Network, alice: Somebody, charlie: Somebody, channel: Channel
) -> None:
    network.tell(wire.heard(channel.remote_id, ADDRESS, timezone.now().isoformat()))
    network.read()
    assert queries.contacts(alice.actor).count() == 1
    assert not queries.contacts(charlie.actor).exists()


def test_of_who_is_forgotten_nothing_is_kept(alice: Somebody, channel: Channel) -> None:
    contact = actions.add(alice.actor, "herald", ADDRESS, "Lin Mei", SAID)
    actions.forget(alice.actor, contact.id)
    assert not Contact.objects.exists()
    assert not Consent.objects.exists()
    logged = " ".join(str(each.detail) for each in LogEntry.objects.all())
    assert ADDRESS not in logged
    assert "Lin" not in logged


def test_who_stopped_and_was_forgotten_comes_back_stopped(
    network: Network, alice: Somebody, channel: Channel
) -> None:
    contact = person(alice, ADDRESS)
    actions.withdraw(alice.actor, contact.id, SAID)
    actions.forget(alice.actor, contact.id)
    assert ADDRESS not in Farewell.objects.get().mark
    again = actions.add(alice.actor, "herald", ADDRESS)
    assert again.consent == ConsentState.withdrawn
    actions.forget(alice.actor, again.id)
    network.tell(wire.heard(channel.remote_id, ADDRESS, timezone.now().isoformat()))
    network.read()
    assert Contact.objects.get().consent == ConsentState.withdrawn


def test_a_list_reaches_those_who_agreed(alice: Somebody, regulars: ContactList) -> None:
    reach = queries.reaches(alice.actor, [regulars.id])[regulars.id, "herald"]
    assert (reach.goes_to, reach.left_out) == (4, 2)


def test_lists_come_and_go_without_their_people(alice: Somebody, regulars: ContactList) -> None:
    with pytest.raises(Invalid):
        lists.open_list(alice.actor, " Regulars ")
    with pytest.raises(Invalid):
        lists.open_list(alice.actor, " ")
    assert lists.rename_list(alice.actor, regulars.id, "Friends").name == "Friends"
    some = queries.contacts(alice.actor)[:2]
    assert lists.take_off(alice.actor, regulars.id, [each.id for each in some]) == 2
    assert queries.list_of(alice.actor, regulars.id).people == 4  # type: ignore[attr-defined]
    lists.close_list(alice.actor, regulars.id)
    assert queries.contacts(alice.actor).count() == 6


def test_an_editor_reads_lists_and_not_addresses(bob: Somebody, regulars: ContactList) -> None:
    assert [each.name for each in queries.lists(bob.actor)] == ["Regulars"]
    with pytest.raises(NotAllowed):
        queries.contacts(bob.actor)
    with pytest.raises(NotAllowed):
        actions.add(bob.actor, "herald", ADDRESS)


def test_a_stranger_finds_nothing(charlie: Somebody, regulars: ContactList) -> None:
    contact = Contact.objects.first()
    assert contact is not None
    with pytest.raises(NotFound):
        queries.contact(charlie.actor, contact.id)
    with pytest.raises(NotFound):
        queries.list_of(charlie.actor, regulars.id)
    assert queries.reaches(charlie.actor, [regulars.id]) == {}


@pytest.mark.parametrize("search", ["Unasked", "0912 000 005", "+886 912 000 005", "000005"])
def test_people_are_found_by_name_and_by_number(alice: Somebody, regulars: ContactList, search: str) -> None:
    assert [str(each) for each in queries.contacts(alice.actor, search)] == ["Unasked"]
