"""What people tell through a network: they wrote to a channel, want no more messages, or want them again.

Whatever comes twice, or in another order than it happened, leaves the same behind.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hawker.connect.hooks import Heard, Stopped
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import State as ChannelState
from hawker.core.contacts import rules
from hawker.core.contacts.marks import mark
from hawker.core.contacts.models import Consent, Contact, Farewell, Talk
from hawker.core.contacts.rules import Source


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


def _keep(contact: Contact, channel: Channel, *, given: bool, at: datetime, now: datetime) -> None:
    said = {"given": given, "source": Source.network, "by": channel.handle[: rules.NAME_LENGTH]}
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
