"""What clocks on a shop's wall show, as instants."""

from datetime import UTC, datetime

import pytest

from hawker.core.people.clock import instant
from hawker.core.problems import Invalid


@pytest.mark.parametrize(
    ("wall", "zone", "hour"),
    [
        ("2030-07-01T09:00", "Asia/Taipei", 1),
        ("2030-07-01T09:00", "Europe/Berlin", 7),
        ("2030-01-01T09:00", "Europe/Berlin", 8),
        ("2030-03-31T01:59", "Europe/Berlin", 0),
        ("2030-03-31T03:00", "Europe/Berlin", 1),
        ("2030-10-27T01:59", "Europe/Berlin", 23),
        ("2030-10-27T03:00", "Europe/Berlin", 2),
    ],
)
def test_a_time_on_the_wall_is_one_instant(wall: str, zone: str, hour: int) -> None:
    found = instant(datetime.fromisoformat(wall), zone)
    assert (found.tzinfo, found.hour) == (UTC, hour)


@pytest.mark.parametrize(
    ("wall", "zone", "said"),
    [
        ("2030-03-31T02:00", "Europe/Berlin", "does not exist"),
        ("2030-03-31T02:59", "Europe/Berlin", "does not exist"),
        ("2030-10-27T02:00", "Europe/Berlin", "twice"),
        ("2030-10-27T02:59", "Europe/Berlin", "twice"),
        ("0001-01-01T00:00", "Asia/Taipei", "out of reach"),
        ("9999-12-31T23:00", "America/New_York", "out of reach"),
    ],
)
def test_a_time_that_is_none_or_two_is_refused(wall: str, zone: str, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        instant(datetime.fromisoformat(wall), zone)
    assert [problem.field for problem in refused.value.problems] == ["at"]
