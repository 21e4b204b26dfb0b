"""Wall-clock time as a `datetime-local` field holds it, in the time zone of the business."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hawker.connect.text import say
from hawker.core.people import clock
from hawker.core.problems import invalid


def instant(typed: str, zone: ZoneInfo) -> datetime:
    """The instant (UTC). Raises Invalid at `at`."""
    try:
        wall = datetime.fromisoformat(typed)
    except ValueError as error:
        raise invalid("at", say("Choose a day and a time.")) from error
    return clock.instant(wall, zone.key)


def as_typed(moment: datetime | None, zone: ZoneInfo) -> str:
    return "" if moment is None else f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}"
