"""Slots and days that come back, by the clock on the shop's wall, across every change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest

from hawker.core.people.clock import nearest
from hawker.core.planning import rules
from hawker.core.planning.rules import Kind, Rhythm, Slot

LONDON, NEW_YORK, LORD_HOWE = "Europe/London", "America/New_York", "Australia/Lord_Howe"
TAIPEI, HONG_KONG, APIA = "Asia/Taipei", "Asia/Hong_Kong", "Pacific/Apia"
NINE = time(9)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        ("2026-11-23T09:00", TAIPEI, "2026-11-23T01:00"),
        ("2026-03-29T02:30", TAIPEI, "2026-03-28T18:30"),
        ("2026-03-29T02:30", HONG_KONG, "2026-03-28T18:30"),
        ("2026-03-29T00:59", LONDON, "2026-03-29T00:59"),
        ("2026-03-29T01:00", LONDON, "2026-03-29T01:00"),
        ("2026-03-29T01:59", LONDON, "2026-03-29T01:00"),
        ("2026-03-29T02:00", LONDON, "2026-03-29T01:00"),
        ("2026-10-25T01:30", LONDON, "2026-10-25T00:30"),
        ("2026-10-25T02:00", LONDON, "2026-10-25T02:00"),
        ("2026-03-08T02:30", NEW_YORK, "2026-03-08T07:00"),
        ("2026-11-01T01:30", NEW_YORK, "2026-11-01T05:30"),
        ("2026-10-04T02:15", LORD_HOWE, "2026-10-03T15:30"),
        ("2026-10-04T02:30", LORD_HOWE, "2026-10-03T15:30"),
        ("2026-04-05T01:45", LORD_HOWE, "2026-04-04T14:45"),
        ("2011-12-30T09:00", APIA, "2011-12-30T10:00"),
    ],
)
def test_a_wall_clock_time_is_always_one_instant(wall: str, zone: str, instant: str) -> None:
    assert nearest(datetime.fromisoformat(wall), zone) == utc(instant)


@pytest.mark.parametrize("zone", [LONDON, NEW_YORK, LORD_HOWE, TAIPEI, HONG_KONG])
def test_a_daily_slot_keeps_its_wall_clock_time_all_year(zone: str) -> None:
    slots = [Slot(weekday=day, wall=NINE) for day in range(7)]
    found = list(rules.upcoming(slots, utc("2026-01-01T00:00"), zone))
    walls = {at.astimezone(ZoneInfo(zone)).time() for at in found}
    assert walls == {NINE}
    assert {(b.date() - a.date()).days for a, b in pairwise(found)} <= {1}


def test_slots_that_the_clocks_push_together_are_one() -> None:
    slots = [Slot(weekday=6, wall=time(1, minute)) for minute in (0, 15, 30)] + [
        Slot(weekday=6, wall=time(2))
    ]
    first, second = islice(rules.upcoming(slots, utc("2026-03-28T12:00"), LONDON), 2)
    assert (first, second) == (utc("2026-03-29T01:00"), utc("2026-04-05T00:00"))


def test_the_next_free_slot_is_the_first_that_nobody_has() -> None:
    slots = [Slot(weekday=0, wall=NINE), Slot(weekday=2, wall=time(18, 30))]
    monday, wednesday, next_monday = islice(rules.upcoming(slots, utc("2026-11-22T00:00"), TAIPEI), 3)
    assert (monday, wednesday) == (utc("2026-11-23T01:00"), utc("2026-11-25T10:30"))
    free = rules.first_free(rules.upcoming(slots, utc("2026-11-22T00:00"), TAIPEI), {monday, wednesday})
    assert free == next_monday
    assert rules.first_free(rules.upcoming([], utc("2026-11-22T00:00"), TAIPEI), set()) is None


def test_a_slot_that_is_now_has_passed() -> None:
    slots = [Slot(weekday=0, wall=NINE)]
    assert next(rules.upcoming(slots, utc("2026-11-23T01:00"), TAIPEI)) == utc("2026-11-30T01:00")


@pytest.mark.parametrize(
    ("kind", "more", "days"),
    [
        (Kind.daily, {}, ["2026-01-30", "2026-01-31", "2026-02-01", "2026-02-02"]),
        (Kind.daily, {"count": 2}, ["2026-01-30", "2026-01-31"]),
        (Kind.daily, {"until": date(2026, 1, 31)}, ["2026-01-30", "2026-01-31"]),
        (Kind.weekdays, {}, ["2026-01-30", "2026-02-02", "2026-02-03", "2026-02-04"]),
        (
            Kind.weekly,
            {"weekdays": frozenset({1, 5})},
            ["2026-01-31", "2026-02-03", "2026-02-07", "2026-02-10"],
        ),
        (Kind.monthly, {"day": 31}, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        (Kind.monthly, {"day": 29}, ["2026-02-28", "2026-03-29", "2026-04-29", "2026-05-29"]),
        (Kind.monthly, {"day": 1, "count": 1}, ["2026-02-01"]),
    ],
)
def test_a_rhythm_means_these_days(kind: Kind, more: dict[str, object], days: list[str]) -> None:
    rhythm = Rhythm(kind=kind, wall=NINE, start=date(2026, 1, 30), **more)  # type: ignore[arg-type]
    assert [str(day) for day in islice(rules.days(rhythm), 4)] == days


def test_a_rhythm_keeps_its_wall_clock_time_when_the_clocks_change() -> None:
    rhythm = Rhythm(kind=Kind.daily, wall=time(1, 30), start=date(2026, 3, 28))
    instants = [rules.instant(rhythm, day, LONDON) for day in islice(rules.days(rhythm), 3)]
    assert instants == [utc("2026-03-28T01:30"), utc("2026-03-29T01:00"), utc("2026-03-30T00:30")]


def test_what_was_missed_is_not_made_up_for() -> None:
    rhythm = Rhythm(kind=Kind.daily, wall=NINE, start=date(2026, 11, 1))
    now = utc("2026-11-23T01:00")
    found = rules.ahead(rhythm, now, TAIPEI, until=now + timedelta(days=2))
    assert found == [date(2026, 11, 24), date(2026, 11, 25)]
    assert rules.following(rhythm, now, TAIPEI) == utc("2026-11-24T01:00")


def test_a_rhythm_that_is_over_follows_no_more() -> None:
    rhythm = Rhythm(kind=Kind.daily, wall=NINE, start=date(2026, 1, 1), until=date(2026, 1, 3))
    assert rules.following(rhythm, utc("2026-11-23T01:00"), TAIPEI) is None


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": Kind.weekly}, "weekdays"),
        ({"kind": Kind.weekly, "weekdays": frozenset({7})}, "weekdays"),
        ({"kind": Kind.monthly, "day": 32}, "day"),
        ({"kind": Kind.daily, "until": date(2025, 1, 1)}, "until"),
        ({"kind": Kind.daily, "count": 0}, "count"),
    ],
)
def test_a_rhythm_that_cannot_be_is_refused_at_its_field(more: dict[str, object], field: str) -> None:
    rhythm = Rhythm(wall=NINE, start=date(2026, 1, 1), **more)  # type: ignore[arg-type]
    assert [each.field for each in rules.problems(rhythm)] == [field]
