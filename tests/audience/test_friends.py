"""Who joins a channel is put on its list, agrees by that, and is on no other business's."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from hawker.core.channels import actions as channels
from hawker.core.channels.models import Channel
from hawker.core.contacts import actions as contacts
from hawker.core.contacts import lists, queries
from hawker.core.contacts.models import Consent, Contact, ContactList, Member
from hawker.core.contacts.rules import Consent as State
from hawker.core.contacts.rules import Source
from tests.audience.conftest import HANDLE, SAID, Network, person
from tests.cast import Somebody
from tests.herald import wire
from tests.herald.sandbox import PretendHerald

LIN, CHEN = "U00000000000000000000000000000001", "U00000000000000000000000000000002"


def ago(minutes: int) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def joined(channel: Channel, address: str = LIN, *, minutes: int = 0) -> dict[str, str]:
    return wire.joined(channel.remote_id, address, ago(minutes).isoformat())


def left(channel: Channel, address: str = LIN, *, minutes: int = 0) -> dict[str, str]:
    return wire.stopped(channel.remote_id, address, ago(minutes).isoformat())


def names(channel: Channel) -> list[str]:
    return [each.list.name for each in Member.objects.filter(workspace=channel.workspace_id)]


def test_who_joins_agrees_and_is_on_the_channels_list(network: Network, channel: Channel) -> None:
    network.read(joined(channel), joined(channel, CHEN))
    (row,) = ContactList.objects.all()
    assert (row.channel, row.workspace_id) == (channel, channel.workspace_id)
    assert set(Member.objects.values_list("list", "contact__address")) == {(row.id, LIN), (row.id, CHEN)}
    said = Consent.objects.filter(contact__address=LIN).get()
    assert (said.given, said.source, said.by) == (True, Source.joined, channel.handle)
    assert Contact.objects.get(address=LIN).consent == State.given


def test_the_list_is_named_in_the_language_of_the_business(network: Network, channel: Channel) -> None:
    channel.workspace.language = "zh-hant"
    channel.workspace.save()
    network.read(joined(channel))
    assert names(channel) == [f"{channel} 的好友"]


def test_a_name_that_is_taken_gets_a_number(network: Network, alice: Somebody, channel: Channel) -> None:
    channel.workspace.language = "en"
    channel.workspace.save()
    lists.open_list(alice.actor, f"Friends of {channel}")
    network.read(joined(channel))
    assert names(channel) == [f"Friends of {channel} (2)"]


def test_what_comes_twice_or_too_late_changes_nothing(
    network: Network, alice: Somebody, channel: Channel
) -> None:
    first = joined(channel, minutes=5)
    network.read(first, {**first})
    (row,) = ContactList.objects.all()
    lists.take_off(alice.actor, row.id, [Contact.objects.get().id])
    network.read({**first, "again": "yes"}, joined(channel, minutes=9))
    assert names(channel) == []
    assert Consent.objects.count() == 1


def test_who_leaves_gets_nothing_until_she_joins_again(network: Network, channel: Channel) -> None:
    network.read(joined(channel, minutes=9), left(channel, minutes=6))
    assert Contact.objects.get().consent == State.withdrawn
    network.read(joined(channel, minutes=8))
    assert Contact.objects.get().consent == State.withdrawn
    network.read(joined(channel, minutes=3))
    assert Contact.objects.get().consent == State.given
    assert Member.objects.count() == 1


def test_who_left_before_she_is_known_is_known_to_want_nothing(network: Network, channel: Channel) -> None:
    network.read(left(channel, minutes=3))
    network.read(joined(channel, minutes=6))
    assert Contact.objects.get().consent == State.withdrawn
    assert not Member.objects.exists()


def test_who_was_forgotten_after_she_left_comes_back_by_joining(
    network: Network, alice: Somebody, channel: Channel
) -> None:
    network.read(joined(channel, minutes=9), left(channel, minutes=6))
    contacts.forget(alice.actor, Contact.objects.get().id)
    network.read(joined(channel))
    assert Contact.objects.get().consent == State.given
    assert [each.given for each in Consent.objects.order_by("at")] == [False, True]


def test_who_was_written_down_by_hand_is_the_same_person(
    network: Network, alice: Somebody, channel: Channel
) -> None:
    known = person(alice, LIN)
    network.read(wire.joined(channel.remote_id, LIN, (timezone.now() + timedelta(seconds=1)).isoformat()))
    assert Contact.objects.get().id == known.id
    assert {each.source for each in queries.contact(alice.actor, known.id).consents.all()} == {
        SAID.source,
        Source.joined,
    }


def test_a_deleted_list_is_made_anew_and_a_renamed_one_kept(
    network: Network, alice: Somebody, channel: Channel
) -> None:
    network.read(joined(channel))
    first = ContactList.objects.get()
    lists.rename_list(alice.actor, first.id, "Guests")
    network.read(joined(channel, CHEN))
    assert names(channel) == ["Guests", "Guests"]
    lists.close_list(alice.actor, first.id)
    network.read(joined(channel, "U3"))
    assert Member.objects.get().contact.address == "U3"


def test_each_business_with_this_account_has_a_list_of_its_own(
    network: Network, alice: Somebody, charlie: Somebody, channel: Channel, pretend: PretendHerald
) -> None:
    other = channels.connect(charlie.actor, "herald", *pretend.account(HANDLE))
    channels.connect(charlie.actor, "herald", *pretend.account("another"))
    network.read(joined(channel))
    rows = ContactList.objects.values_list("workspace", "channel")
    assert set(rows) == {
        (alice.actor.workspace, channel.id),
        (charlie.actor.workspace, other.id),
    }
    assert queries.contacts(alice.actor).get().id != queries.contacts(charlie.actor).get().id


@pytest.mark.django_db
def test_who_joins_an_account_that_is_no_channel_is_kept_nowhere(network: Network) -> None:
    network.read(wire.joined("somebody else", LIN, timezone.now().isoformat()))
    assert not Contact.objects.exists()
