"""Wall-clock times of a business as instants."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hawker.connect.text import Sentence, say
from hawker.core.problems import invalid


def instant(wall: datetime, zone: str) -> datetime:
    """The instant (UTC) at which clocks in `zone` show `wall`.

    Raises Invalid, at the field `at`, for a time that the clocks skip or show twice.
    """
    first, second = _both(wall, zone)
    if first == second:
        return first
    if first > second:
        raise invalid("at", _skipped(wall, zone))
    raise invalid("at", _twice(wall, zone))


def nearest(wall: datetime, zone: str) -> datetime:
    """The instant (UTC) at which clocks in `zone` show `wall`, for what comes back by a rule.

    A time that the clocks skip becomes the next minute that they show; one that comes twice is its first.
    """
    first, second = _both(wall, zone)
    while first > second:
        wall = wall.replace(second=0, microsecond=0) + timedelta(minutes=1)
        first, second = _both(wall, zone)
    return first


def _both(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """PEP 495: the same where the time comes once, the later one first where the clocks skip it."""
    local = wall.replace(tzinfo=ZoneInfo(zone))
    return _in_utc(local.replace(fold=0)), _in_utc(local.replace(fold=1))


def _in_utc(local: datetime) -> datetime:
    try:
        return local.astimezone(UTC)
    except OverflowError as error:
        raise invalid("at", say("This time is out of reach. Choose another.")) from error


def _skipped(wall: datetime, zone: str) -> Sentence:
    return say(
        "%(time)s does not exist in %(zone)s: the clocks go forward over it. Choose another time.",
        time=f"{wall:%Y-%m-%d %H:%M}",
        zone=zone,
    )


def _twice(wall: datetime, zone: str) -> Sentence:
    return say(
        "%(time)s comes twice in %(zone)s: the clocks go back. Choose a time outside that hour.",
        time=f"{wall:%Y-%m-%d %H:%M}",
        zone=zone,
    )


def monday(now: datetime, zone: str, at: time) -> datetime:
    """The latest Monday, in `zone`, whose clocks showed `at` no later than `now`; in `zone`."""
    here = now.astimezone(ZoneInfo(zone))
    day = here.date() - timedelta(days=here.weekday())
    found = datetime.combine(day, at, tzinfo=here.tzinfo)
    return found if found <= now else datetime.combine(day - timedelta(days=7), at, tzinfo=here.tzinfo)
