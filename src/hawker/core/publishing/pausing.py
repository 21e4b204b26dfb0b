"""How what piled up while publishing was on hold goes out afterwards. Pure: values in, times out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from hawker.core.publishing import rules
from hawker.core.publishing.states import Snapshot, State

# Time to look at the first page after resuming and to take the word back.
FIRST_AFTER = timedelta(minutes=1)
# Followers see one post after the other and not a wall of them; three held posts are out within a quarter
# of an hour, so that the day's plan is not turned round.
APART = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A delivery that piled up. `not_before`: its own time, or when its network wanted to be asked again.
    `follows`: it belongs under a post that is out already."""

    id: UUID
    channel: UUID
    due_at: datetime
    not_before: datetime
    follows: bool = False


@dataclass(frozen=True, kw_only=True)
class Release:
    """When a delivery goes out; None: by then it would be past the limit of lateness, so its owner is
    asked."""

    id: UUID
    at: datetime | None


def spread(
    waiting: Iterable[Waiting],
    planned: Mapping[UUID, Iterable[datetime]],
    now: datetime,
    *,
    late_after: timedelta,
) -> list[Release]:
    """Each channel's in their order, `APART` from each other and from what is `planned` there anyway."""
    ordered = sorted(waiting, key=lambda each: (each.channel.int, each.due_at, each.follows, each.id))
    found = []
    for channel, group in groupby(ordered, key=lambda each: each.channel):
        found += _in_turn(group, sorted(planned.get(channel, ())), now + FIRST_AFTER, late_after)
    return found


def _in_turn(
    waiting: Iterable[Waiting], planned: list[datetime], slot: datetime, late_after: timedelta
) -> list[Release]:
    found = []
    for each in waiting:
        at = max(each.not_before, slot)
        # A comment under a post that is out already swamps nobody.
        at = at if each.follows else _beside(planned, at)
        late = rules.before(Snapshot(state=State.scheduled, due_at=each.due_at), at, late_after=late_after)
        found.append(Release(id=each.id, at=None if late else at))
        slot = slot if late or each.follows else at + APART
    return found


def _beside(planned: Iterable[datetime], at: datetime) -> datetime:
    """The first instant from `at` on that keeps its distance from every planned one; those are in order."""
    for other in planned:
        if abs(other - at) < APART:
            at = other + APART
    return at
