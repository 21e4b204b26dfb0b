"""Reads of slots, of the queue behind them, and of posts that come back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from hawker.connect.text import Sentence
from hawker.core.channels import queries as channels
from hawker.core.channels.models import Channel
from hawker.core.people.models import Workspace
from hawker.core.people.rules import Actor
from hawker.core.planning import rules
from hawker.core.planning.models import Occurrence, Recurrence, Slot
from hawker.core.planning.rules import Kind, Rhythm
from hawker.core.posts.values import POST
from hawker.core.problems import NotFound
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State

# What takes a place in the queue; the rest never goes out at its time.
TAKING = (State.scheduled, State.preparing, State.ready, State.sending, State.unknown, State.held)
TIMES_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One channel's slots, and the next instants (UTC) of them that nothing has taken yet."""

    channel: Channel
    slots: tuple[rules.Slot, ...]
    free: tuple[datetime, ...]


def queues(actor: Actor, now: datetime) -> list[Queue]:
    """Of every channel, in the order of the channels."""
    zone = zone_of(actor)
    found = list(channels.channels(actor).prefetch_related(Prefetch("slots", Slot.objects.all())))
    taken = taken_by(found, now)
    return [_queue(channel, zone, taken[channel.id], now) for channel in found]


def _queue(channel: Channel, zone: str, taken: frozenset[datetime], now: datetime) -> Queue:
    slots = tuple(rules.Slot(weekday=each.weekday, wall=each.wall) for each in channel.slots.all())
    free = (at for at in rules.upcoming(slots, now, zone) if at not in taken)
    return Queue(channel=channel, slots=slots, free=tuple(islice(free, TIMES_SHOWN)))


def taken_by(found: Iterable[Channel], now: datetime) -> Mapping[UUID, frozenset[datetime]]:
    """When these channels have something to publish already, from now on."""
    ids = [channel.id for channel in found]
    rows = Delivery.objects.filter(channel__in=ids, part=POST, due_at__gt=now, state__in=TAKING)
    times: dict[UUID, set[datetime]] = {channel: set() for channel in ids}
    for channel, due_at in rows.values_list("channel_id", "due_at"):
        times[channel].add(due_at)
    return {channel: frozenset(each) for channel, each in times.items()}


def zone_of(actor: Actor) -> str:
    zone: str = Workspace.objects.values_list("time_zone", flat=True).get(id=actor.workspace)
    return zone


def recurrences(actor: Actor) -> QuerySet[Recurrence]:
    """Those that go on or are paused, the newest first."""
    return Recurrence.objects.filter(workspace_id=actor.workspace, ended_at=None).select_related("author")


def recurrence(actor: Actor, recurrence_id: UUID) -> Recurrence:
    """Raises NotFound."""
    found = recurrences(actor).filter(id=recurrence_id).first()
    if found is None:
        raise NotFound
    return found


def occurrences(row: Recurrence, now: datetime) -> list[Occurrence]:
    """Those that are still to come, with their posts."""
    found = row.occurrences.filter(post__planned_at__gt=now).select_related("post")
    return list(found.order_by("day"))


def rhythm_of(row: Recurrence) -> Rhythm:
    return Rhythm(
        kind=Kind(row.kind),
        wall=row.wall,
        start=row.start,
        weekdays=frozenset(row.weekdays),
        day=row.day,
        until=row.until,
        count=row.count,
    )


def trouble_of(row: Recurrence) -> Sentence | None:
    """Why its latest posts could not be made."""
    return Sentence(row.error["text"], row.error["params"]) if row.error else None
