"""The queue's weekly times and posts that come back, as they are sent and told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from datetime import time as wall_time
from typing import Annotated, Literal, get_args
from uuid import UUID

from ninja import Schema
from pydantic import Field

from hawker.api.schemas.text import Wish
from hawker.api.schemas.writing import Words
from hawker.core.planning import queries, rules
from hawker.core.planning.models import Occurrence, Recurrence
from hawker.core.planning.queries import Queue
from hawker.core.planning.rules import Kind, Rhythm, Slot
from hawker.core.planning.writings import writing_of
from hawker.core.speech import speak

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


class SlotIn(Wish):
    """A weekly time by the clock of the business."""

    weekday: Weekday
    time: wall_time


class SlotsIn(Wish):
    slots: Annotated[list[SlotIn], Field(max_length=rules.SLOTS_A_CHANNEL)]


class SlotOut(Schema):
    weekday: Weekday
    time: str


class QueueOut(Schema):
    """A channel's weekly times, and the next of them that nothing has taken."""

    channel: UUID
    platform: str
    handle: str
    slots: list[SlotOut]
    free: list[datetime]


class QueuesOut(Schema):
    queues: list[QueueOut]


class RecurrenceChange(Words):
    """What to change of a post that comes back; what is left out stays. `kind`: daily, weekdays (Monday to
    Friday), weekly (on `weekdays`) or monthly (on `day`; in a shorter month its last day). `time` is
    wall-clock time in the business's zone. It ends with `until` or after `count` times, if at all."""

    kind: Kind = Kind.weekly
    time: wall_time = wall_time(9)
    weekdays: Annotated[list[Weekday], Field(max_length=7)] = []
    day: int = 1
    start: date | None = None
    until: date | None = None
    count: int | None = None


class RecurrenceIn(RecurrenceChange):
    """A post to come back by a rule, from `start` on (left out: today)."""

    kind: Kind
    time: wall_time


class OccurrenceOut(Schema):
    day: date
    post: UUID | None
    at: datetime | None


class RecurrenceOut(Schema):
    """`state`: active, paused or over; `next` is when it comes back. `trouble`: why its latest posts could
    not be made."""

    id: UUID
    state: str
    text: str
    channels: list[UUID]
    kind: Kind
    time: str
    weekdays: list[Weekday]
    day: int
    start: date
    until: date | None
    count: int | None
    next: datetime | None
    trouble: str | None


class RecurrenceWithPostsOut(RecurrenceOut):
    """With the posts that are made already and still to come."""

    posts: list[OccurrenceOut]


class RecurrencesOut(Schema):
    recurrences: list[RecurrenceOut]


def slots_of(wish: SlotsIn) -> list[Slot]:
    return [Slot(weekday=WEEKDAYS.index(each.weekday), wall=each.time) for each in wish.slots]


def queue_of(queue: Queue) -> QueueOut:
    return QueueOut(
        channel=queue.channel.id,
        platform=queue.channel.platform,
        handle=queue.channel.handle,
        slots=[SlotOut(weekday=WEEKDAYS[each.weekday], time=f"{each.wall:%H:%M}") for each in queue.slots],
        free=list(queue.free),
    )


def rhythm_of(wish: RecurrenceChange, before: Rhythm) -> Rhythm:
    """The rhythm with the wish fulfilled; what the wish does not name stays as it was `before`."""
    given = wish.model_fields_set
    changed: dict[str, object] = {
        "kind": wish.kind,
        "wall": wish.time,
        "weekdays": frozenset(WEEKDAYS.index(each) for each in wish.weekdays),
        "day": wish.day,
        "start": wish.start or before.start,
        "until": wish.until,
        "count": wish.count,
    }
    named = {name: value for name, value in changed.items() if ("time" if name == "wall" else name) in given}
    return replace(before, **named)  # type: ignore[arg-type]


def recurrence_of(row: Recurrence, now: datetime, zone: str) -> RecurrenceOut:
    rhythm, writing = queries.rhythm_of(row), writing_of(row.writing)
    following = None if row.paused_at else rules.following(rhythm, now, zone)
    trouble = queries.trouble_of(row)
    return RecurrenceOut(
        id=row.id,
        state="paused" if row.paused_at else "active" if following else "over",
        text=writing.text,
        channels=[each.channel for each in writing.wordings],
        kind=rhythm.kind,
        time=f"{rhythm.wall:%H:%M}",
        weekdays=[WEEKDAYS[day] for day in sorted(rhythm.weekdays)],
        day=rhythm.day,
        start=rhythm.start,
        until=rhythm.until,
        count=rhythm.count,
        next=following,
        trouble=speak(trouble) if trouble else None,
    )


def with_posts(told: RecurrenceOut, coming: Iterable[Occurrence]) -> RecurrenceWithPostsOut:
    posts = [
        OccurrenceOut(day=each.day, post=each.post_id, at=each.post.planned_at if each.post else None)
        for each in coming
    ]
    return RecurrenceWithPostsOut(**told.model_dump(), posts=posts)
