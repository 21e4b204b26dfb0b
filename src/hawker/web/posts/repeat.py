"""The rule by which a post comes back, as the composer's form holds it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar

from django.http import QueryDict

from hawker.connect.text import Sentence, say
from hawker.core.planning.rules import Kind, Rhythm
from hawker.core.problems import Invalid, Problem, invalid

T = TypeVar("T")
FIELDS = ("kind", "weekdays", "day", "wall", "start", "until", "count")
EVERY_DAY = range(7)


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """As it was typed; `weekdays` are numbers from Monday, 0."""

    kind: str = Kind.weekly
    weekdays: tuple[str, ...] = ()
    day: str = "1"
    wall: str = ""
    start: str = ""
    until: str = ""
    count: str = ""

    @property
    def rhythm(self) -> Rhythm:
        """Raises Invalid with everything that cannot be read."""
        found: list[Problem] = []
        wall = _read(found, "wall", self.wall, time.fromisoformat, _NO_TIME)
        start = _read(found, "start", self.start, date.fromisoformat, _NO_DAY)
        until = _read(found, "until", self.until, date.fromisoformat, _NO_DAY) if self.until else None
        count = _read(found, "count", self.count, int, _NO_NUMBER) if self.count else None
        day = _read(found, "day", self.day, int, _NO_NUMBER) if self.kind == Kind.monthly else 1
        if found or wall is None or start is None or day is None:
            raise Invalid(found)
        if self.kind not in set(Kind):
            raise invalid("kind", say("Choose how it comes back."))
        return Rhythm(
            kind=Kind(self.kind),
            wall=wall,
            start=start,
            weekdays=frozenset(int(each) for each in self.weekdays if each in map(str, EVERY_DAY)),
            day=day,
            until=until,
            count=count,
        )


def read(data: QueryDict) -> Repeat:
    return Repeat(
        kind=data.get("kind", Kind.weekly),
        weekdays=tuple(data.getlist("weekdays")),
        day=data.get("day", ""),
        wall=data.get("wall", ""),
        start=data.get("start", ""),
        until=data.get("until", ""),
        count=data.get("count", ""),
    )


def of_rhythm(rhythm: Rhythm) -> Repeat:
    return Repeat(
        kind=rhythm.kind,
        weekdays=tuple(str(day) for day in sorted(rhythm.weekdays)),
        day=str(rhythm.day),
        wall=f"{rhythm.wall:%H:%M}",
        start=rhythm.start.isoformat(),
        until=rhythm.until.isoformat() if rhythm.until else "",
        count=str(rhythm.count or ""),
    )


_NO_TIME = say("Choose a time of the day.")
_NO_DAY = say("Choose a day.")
_NO_NUMBER = say("Write a number.")


def _read(
    found: list[Problem], field: str, typed: str, kind: Callable[[str], T], sentence: Sentence
) -> T | None:
    """None, and one problem more, where it cannot be read."""
    try:
        return kind(typed)
    except ValueError:
        found.append(Problem(field=field, sentence=sentence))
        return None
