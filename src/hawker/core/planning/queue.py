"""Writes of slots, and posts that go out at the next free one."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hawker.connect.text import say
from hawker.core.channels import queries as channels
from hawker.core.channels.models import Channel
from hawker.core.people.actions import note, require
from hawker.core.people.rules import Actor, Right
from hawker.core.planning import queries, rules
from hawker.core.planning.models import Slot
from hawker.core.posts.models import Post
from hawker.core.posts.values import Writing
from hawker.core.problems import Conflict, Invalid, Problem, invalid
from hawker.core.publishing import actions as publishing
from hawker.core.publishing import queries as ledger


@transaction.atomic
def set_slots(actor: Actor, channel_id: UUID, slots: Collection[rules.Slot]) -> None:
    """Replaces a channel's weekly times; what is in the queue already keeps its own. Raises Invalid."""
    require(actor, Right.publish_posts)
    channel = channels.channel(actor, channel_id)
    wanted = {
        rules.Slot(weekday=each.weekday, wall=each.wall.replace(second=0, microsecond=0)) for each in slots
    }
    if any(not 0 <= each.weekday < 7 for each in wanted):
        raise invalid("slots", say("Choose a day of the week."))
    if len(wanted) > rules.SLOTS_A_CHANNEL:
        raise invalid("slots", say("At most %(limit)s times a channel.", limit=rules.SLOTS_A_CHANNEL))
    _locked([channel])
    channel.slots.all().delete()
    Slot.objects.bulk_create(
        Slot(workspace_id=actor.workspace, channel=channel, weekday=each.weekday, wall=each.wall)
        for each in sorted(wanted)
    )
    note(actor, "set slots", "channel", channel.id, handle=channel.handle)


@transaction.atomic
def compose(actor: Actor, writing: Writing, *, key: str = "") -> Post:
    """Writes a post down and puts it into the queue: all or nothing. `key`: as for `publishing.compose`."""
    post = publishing.compose(actor, writing, draft=True, key=key)
    return ledger.post(actor, post.id) if ledger.is_planned(post) else enqueue(actor, post.id)


@transaction.atomic
def enqueue(actor: Actor, post_id: UUID) -> Post:
    """Sends a draft out at the next free slot of each of its channels. Two people never get the same one.

    Raises Conflict for what is scheduled already, Invalid for a channel without slots.
    """
    require(actor, Right.publish_posts)
    post = ledger.post(actor, post_id)
    if ledger.is_planned(post):
        raise Conflict(publishing.SCHEDULED)
    chosen = [variant.channel for variant in post.variants.all()]
    _locked(chosen)
    return publishing.schedule_each(actor, post_id, _places(actor, chosen, timezone.now()))


def _locked(chosen: Collection[Channel]) -> None:
    """Whoever looks for a free slot of these channels waits until this transaction ends."""
    rows = Channel.objects.select_for_update(no_key=True).filter(id__in=[each.id for each in chosen])
    list(rows.order_by("id").values_list("id"))


def _places(actor: Actor, chosen: Collection[Channel], now: datetime) -> dict[UUID, datetime]:
    zone, taken = queries.zone_of(actor), queries.taken_by(chosen, now)
    slots: dict[UUID, list[rules.Slot]] = {channel.id: [] for channel in chosen}
    for row in Slot.objects.filter(channel__in=chosen):
        slots[row.channel_id].append(rules.Slot(weekday=row.weekday, wall=row.wall))
    found = {
        channel: rules.first_free(rules.upcoming(each, now, zone), taken[channel])
        for channel, each in slots.items()
    }
    without = [channel for channel in chosen if found[channel.id] is None]
    if without:
        raise Invalid([_no_place(channel, bool(slots[channel.id])) for channel in without])
    return {channel: at for channel, at in found.items() if at is not None}


def _no_place(channel: Channel, has_slots: bool) -> Problem:
    if has_slots:
        sentence = say(
            "Every slot of %(handle)s is taken for a year. Add times to it.", handle=channel.handle
        )
    else:
        sentence = say(
            "%(handle)s has no weekly times yet. Set them under Queue, or choose a time here.",
            handle=channel.handle,
        )
    return Problem(field="at", sentence=sentence, channel=channel.id)
