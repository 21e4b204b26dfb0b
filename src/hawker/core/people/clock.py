"""Wall-clock times of a business as instants."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hawker.connect.text import Sentence, say
from hawker.core.problems import invalid


def instant(wall: datetime, zone: str) -> datetime:
    """The instant (UTC) at which clocks in `zone` show `wall`.

    Raises Invalid, at the field `at`, for a time that the clocks skip or show twice.
    """
    first, second = (_in_utc(wall.replace(tzinfo=ZoneInfo(zone), fold=fold)) for fold in (0, 1))
    if first == second:
        return first
    # PEP 495: in a gap the fold turns the order of the two instants round.
    if first > second:
        raise invalid("at", _skipped(wall, zone))
    raise invalid("at", _twice(wall, zone))


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
