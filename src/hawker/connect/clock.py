"""How far a network's clock is ahead of ours, as its answers tell."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from hawker.connect.http import Answer

# `Date` tells whole seconds, and an answer is under way for a while: less than this says nothing.
TOLERANCE = timedelta(seconds=2)


def ahead(answer: Answer) -> timedelta:
    """Nothing where the answer does not tell."""
    try:
        there = parsedate_to_datetime(answer.headers.get("Date", "")).astimezone(UTC)
    except ValueError:
        return timedelta(0)
    found = there - datetime.now(UTC)
    return found if abs(found) > TOLERANCE else timedelta(0)
