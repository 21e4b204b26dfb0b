"""Times as programs write them."""

from datetime import UTC, datetime

from hawker.connect.text import say
from hawker.core.people import clock
from hawker.core.problems import Invalid, invalid

SHORTEST = len("20261201T09")


def instant(text: str, zone: str) -> datetime:
    """The instant (UTC) of an ISO 8601 time; one without an offset is what clocks in `zone` show.

    Raises Invalid, at the field `at`.
    """
    if len(text) < SHORTEST:
        raise _unreadable(text)
    try:
        read = datetime.fromisoformat(text)
        return clock.instant(read, zone) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _unreadable(text) from error


def _unreadable(text: str) -> Invalid:
    return invalid("at", say("“%(given)s” is not a time. Write it like 2026-12-01T09:00.", given=text[:40]))
