"""Wall-clock time as people type it, and the instants that it means."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hawker.connect.text import say
from hawker.core.problems import Invalid, invalid


def instant(typed: str, zone: ZoneInfo) -> datetime:
    """The instant (UTC) of what a `datetime-local` field holds. Raises Invalid at `at`, also for an hour that
    the clocks of this zone skip or show twice."""
    try:
        wall = datetime.fromisoformat(typed).replace(tzinfo=zone)
        first, second = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise invalid("at", say("Choose a day and a time.")) from error
    if first == second:
        return first
    skipped = first.astimezone(zone).replace(fold=0) != wall
    raise _skipped(wall, zone) if skipped else _twice(wall, zone)


def as_typed(moment: datetime | None, zone: ZoneInfo) -> str:
    """An instant as a `datetime-local` field holds it."""
    return "" if moment is None else f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}"


def _skipped(wall: datetime, zone: ZoneInfo) -> Invalid:
    return invalid(
        "at",
        say(
            "The clocks go forward that day: there is no %(time)s in %(zone)s. Choose another time.",
            time=f"{wall:%H:%M}",
            zone=zone.key,
        ),
    )


def _twice(wall: datetime, zone: ZoneInfo) -> Invalid:
    return invalid(
        "at",
        say(
            "The clocks go back that day: %(time)s comes twice in %(zone)s. Choose a time outside that hour.",
            time=f"{wall:%H:%M}",
            zone=zone.key,
        ),
    )
