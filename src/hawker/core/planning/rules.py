"""Which days and instants a rule means, by the clock of the business. Pure: values in, values out."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from hawker.connect.text import say
from hawker.core.people import clock
from hawker.core.problems import Problem

AHEAD = timedelta(days=14)
AGAIN = timedelta(hours=12)
A_YEAR = 366
LAST_DAY = 31
SLOTS_A_CHANNEL = 100
DAY = timedelta(days=1)


class Kind(StrEnum):
    daily = "daily"
    weekdays = "weekdays"
    weekly = "weekly"
    monthly = "monthly"


@dataclass(frozen=True, kw_only=True, order=True)
class Slot:
    """A weekly time by the clock of the business; `weekday` counts from Monday, 0."""

    weekday: int
    wall: time


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When a post comes back. `weekdays`, from Monday, 0, is for weekly; `day` for monthly, and in a shorter
    month its last day. `count` limits the days of the rule from its start on, gone out or not."""

    kind: Kind
    wall: time
    start: date
    weekdays: frozenset[int] = frozenset()
    day: int = 1
    until: date | None = None
    count: int | None = None


def upcoming(slots: Collection[Slot], now: datetime, zone: str) -> Iterator[datetime]:
    """The instants (UTC) of the slots after `now`, for a year; two that the clocks push together are one."""
    today, last = now.astimezone(ZoneInfo(zone)).date(), now
    for number in range(A_YEAR):
        day = today + number * DAY
        walls = (slot.wall for slot in slots if slot.weekday == day.weekday())
        for at in sorted({clock.nearest(datetime.combine(day, wall), zone) for wall in walls}):
            if at > last:
                last = at
                yield at


def first_free(instants: Iterable[datetime], taken: Collection[datetime]) -> datetime | None:
    return next((at for at in instants if at not in taken), None)


def days(rhythm: Rhythm) -> Iterator[date]:
    """The days that a rhythm means, from its start on."""
    limits = rhythm.until or date.max
    return islice(takewhile(lambda day: day <= limits, _days(rhythm)), rhythm.count)


def instant(rhythm: Rhythm, day: date, zone: str) -> datetime:
    """When its post goes out on one of its days (UTC)."""
    return clock.nearest(datetime.combine(day, rhythm.wall), zone)


def ahead(rhythm: Rhythm, now: datetime, zone: str, *, until: datetime) -> list[date]:
    """Its days whose instant is still to come, up to `until`. What was missed is not made up for."""
    last = until.astimezone(ZoneInfo(zone)).date()
    soon = takewhile(lambda day: day <= last, days(rhythm))
    return [day for day in soon if now < instant(rhythm, day, zone) <= until]


def following(rhythm: Rhythm, now: datetime, zone: str) -> datetime | None:
    """When it comes back next; None: never."""
    return next((at for day in days(rhythm) if (at := instant(rhythm, day, zone)) > now), None)


def problems(rhythm: Rhythm) -> list[Problem]:
    """What must be changed before this can be a rhythm."""
    found = []
    if rhythm.kind is Kind.weekly and not (rhythm.weekdays and rhythm.weekdays <= set(range(7))):
        found.append(Problem(field="weekdays", sentence=say("Choose at least one day of the week.")))
    if rhythm.kind is Kind.monthly and not 1 <= rhythm.day <= LAST_DAY:
        found.append(Problem(field="day", sentence=say("Choose a day of the month from 1 to 31.")))
    if rhythm.until is not None and rhythm.until < rhythm.start:
        found.append(Problem(field="until", sentence=say("It ends before it begins. Choose a later end.")))
    if rhythm.count is not None and rhythm.count < 1:
        found.append(Problem(field="count", sentence=say("It comes at least once.")))
    return found


def _days(rhythm: Rhythm) -> Iterator[date]:
    match rhythm.kind:
        case Kind.daily:
            return _on(rhythm.start, range(7))
        case Kind.weekdays:
            return _on(rhythm.start, range(5))
        case Kind.weekly:
            return _on(rhythm.start, rhythm.weekdays)
        case Kind.monthly:
            return _monthly(rhythm.start, rhythm.day)


def _on(start: date, weekdays: Collection[int]) -> Iterator[date]:
    return (day for day in _from(start) if day.weekday() in weekdays)


def _monthly(start: date, number: int) -> Iterator[date]:
    return (day for day in _from(start) if day.day == min(number, monthrange(day.year, day.month)[1]))


def _from(start: date) -> Iterator[date]:
    day = start
    while day < date.max - DAY:
        yield day
        day += DAY
