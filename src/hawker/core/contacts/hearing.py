"""What people tell through a network: they wrote to a channel, follow it, want no more messages, or want them
again.

Whatever comes twice, or in another order than it happened, leaves the same behind.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, count

from django.db import transaction
from django.utils import translation

from hawker.connect.hooks import Heard, Joined, Stopped
from hawker.connect.text import say
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import State as ChannelState
from hawker.core.contacts import rules
from hawker.core.contacts.marks import mark
from hawker.core.contacts.models import Consent, Contact, ContactList, Farewell, Member, Talk
from hawker.core.contacts.rules import Source
from hawker.core.speech import speak

NAME_LENGTH = 80
FRIENDS = say("Friends of %(channel)s")


def channels_of(platform: str, account: str) -> list[Channel]:
    """The channels of all businesses that are this account at the network."""
    found = Channel.objects.filter(platform=platform, remote_id=account)
    return list(found.exclude(state=ChannelState.removed))


@transaction.atomic
def wrote(channels: Sequence[Channel], event: Heard, now: datetime) -> None:
    """A clock that is ahead opens no window."""
    for channel in channels:
        contact, at = _contact(channel, event.address, now), min(event.at, now)
        talk, made = Talk.objects.get_or_create(
            channel=channel,
            contact=contact,
            defaults={"workspace_id": channel.workspace_id, "last_wrote_at": at},
        )
        if not made:
            Talk.objects.filter(id=talk.id, last_wrote_at__lt=at).update(last_wrote_at=at)


@transaction.atomic
def stopped(channels: Sequence[Channel], event: Stopped, now: datetime) -> None:
    for channel in channels:
        contact = _contact(channel, event.address, now)
        at = min(event.at, now)
        heard_before = (contact.consent, contact.consent_at) == (rules.Consent.withdrawn, at)
        if rules.counts(at, contact.consent_at, again=event.again) and not heard_before:
            _keep(contact, channel, given=event.again, at=at, now=now)


@transaction.atomic
def joined(channels: Sequence[Channel], event: Joined, now: datetime) -> None:
    """Puts whoever joined on the channel's own list, once for each time that she did."""
    for channel in channels:
        contact, at = _contact(channel, event.address, now), min(event.at, now)
        if rules.counts(at, contact.consent_at, again=True):
            _keep(contact, channel, given=True, at=at, now=now, source=Source.joined)
            place = {"list": _own_list(channel, now), "contact": contact}
            Member.objects.get_or_create(**place, defaults={"workspace_id": channel.workspace_id})


def _own_list(channel: Channel, now: datetime) -> ContactList:
    """Of those who joined the channel; made anew where it was deleted."""
    there = ContactList.objects.filter(channel=channel).first()
    return there or ContactList.objects.create(
        workspace_id=channel.workspace_id, channel=channel, name=_free_name(channel), created_at=now
    )


def _free_name(channel: Channel) -> str:
    """In the language of its business, for there anybody may read it."""
    business = channel.workspace
    with translation.override(business.language):
        name = speak(replace(FRIENDS, params={"channel": str(channel)[:NAME_LENGTH]}))
    taken = set(ContactList.objects.filter(workspace=business).values_list("name", flat=True))
    names = chain([name], (f"{name} ({number})" for number in count(2)))
    return next(each for each in names if each not in taken)


def _keep(
    contact: Contact,
    channel: Channel,
    *,
    given: bool,
    at: datetime,
    now: datetime,
    source: Source = Source.network,
) -> None:
    said = {"given": given, "source": source, "by": channel.handle[: rules.NAME_LENGTH]}
    Consent.objects.create(workspace_id=contact.workspace_id, contact=contact, at=at, recorded_at=now, **said)
    contact.consent = rules.Consent.given if given else rules.Consent.withdrawn
    contact.consent_at = at
    contact.save(update_fields=["consent", "consent_at"])


def _contact(channel: Channel, address: str, now: datetime) -> Contact:
    """Locked. Who was forgotten after she wanted no more messages still wants none."""
    known = {"workspace_id": channel.workspace_id, "platform": channel.platform, "address": address}
    Contact.objects.bulk_create([Contact(**known, created_at=now)], ignore_conflicts=True)
    contact = Contact.objects.select_for_update().get(**known)
    left = Farewell.objects.filter(
        workspace_id=channel.workspace_id, mark=mark(channel.workspace_id, channel.platform, address)
    ).first()
    if left is not None:
        _keep(contact, channel, given=False, at=left.at, now=now)
        left.delete()
    return contact
