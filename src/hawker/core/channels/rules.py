"""When a channel's secrets are renewed and its facts looked up again, and what is left of its budgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from hawker.connect.apps import Version
from hawker.connect.budgets import Budget, Reading
from hawker.connect.text import Sentence, say

MEND_ENDING = say(
    "Update Hawker. Where its newest release still speaks this version, whoever runs it names a later one by "
    "HAWKER_API_VERSIONS."
)
REFRESH_AHEAD = timedelta(minutes=15)
# Some networks renew a key only while it lives: the daily check does so early enough to be tried again.
CHECK_AHEAD = timedelta(days=3)
REFRESH_LEASE = timedelta(minutes=1)
# A key that nobody renews but its owner: so long before its end she is told.
KEY_WARNING = timedelta(days=10)
CHECK_EVERY = timedelta(hours=24)
CHECK_AGAIN = timedelta(hours=1)
# Networks' clocks, and what they round, differ by this much.
CLOCKS = timedelta(seconds=2)
# What a network says is used up is asked for again no sooner, whatever time it named.
SOON = timedelta(seconds=5)
MOST = 2**31 - 1


class State(StrEnum):
    connected = "connected"
    needs_sign_in = "needs_sign_in"
    removed = "removed"


def must_refresh(expires_at: datetime | None, now: datetime, ahead: timedelta = REFRESH_AHEAD) -> bool:
    return expires_at is not None and now >= expires_at - ahead


@dataclass(frozen=True, kw_only=True)
class Ending:
    """`version` of a network's API is not served from `day` on."""

    version: str
    day: date


def ending(versions: Sequence[Version], in_use: str, today: date) -> Ending | None:
    """Where the edition in use soon is, or already was, switched off."""
    for each in versions:
        if each.name == in_use and each.sunset and each.is_ending(today):
            return Ending(version=each.name, day=each.sunset)
    return None


def told_ending(network: str, ending: Ending, today: date) -> Sentence:
    about = {"network": network, "version": ending.version, "day": ending.day.isoformat()}
    if today >= ending.day:
        return say("%(network)s has switched off version %(version)s of its API on %(day)s.", **about)
    return say("%(network)s switches off version %(version)s of its API on %(day)s.", **about)


@dataclass(frozen=True, kw_only=True)
class Level:
    """What is left of a budget until `resets_at` (UTC), when it is full again."""

    left: int
    limit: int
    resets_at: datetime


def level_after_use(level: Level | None, used: int, budget: Budget, now: datetime) -> Level:
    """Counts where the network does not."""
    if level is None or level.resets_at <= now:
        level = Level(left=budget.limit, limit=budget.limit, resets_at=budget.window.end(now))
    return Level(left=max(level.left - used, 0), limit=level.limit, resets_at=level.resets_at)


def level_after_reading(level: Level | None, reading: Reading, budget: Budget, now: datetime) -> Level:
    """The network's word. Answers may come in another order than they were given in: in the same window
    only the lowest counts, and no time is believed that lies further ahead than a whole window."""
    told = _told(reading, budget, now)
    if level is None or level.resets_at <= now or told.resets_at > level.resets_at + CLOCKS:
        return told
    if told.resets_at < level.resets_at - CLOCKS:
        return level
    return Level(left=min(level.left, told.left), limit=told.limit, resets_at=level.resets_at)


def _told(reading: Reading, budget: Budget, now: datetime) -> Level:
    whole = budget.window.end(now)
    resets_at = min(reading.resets_at or whole, whole + CLOCKS)
    if reading.left <= 0:
        resets_at = max(resets_at, now + SOON)
    limit = budget.limit if reading.limit is None else reading.limit
    return Level(left=_kept(reading.left), limit=_kept(limit), resets_at=resets_at)


def _kept(number: int) -> int:
    """As far as a column holds it: a header may say anything."""
    return min(max(number, 0), MOST)


def stronger(one: Reading | None, other: Reading) -> Reading:
    """Of two that came one after the other, the one that tells more: of the later window, or of less."""
    if one is None or one.resets_at is None or other.resets_at is None:
        return other
    if abs(one.resets_at - other.resets_at) <= CLOCKS:
        return one if one.left <= other.left else other
    return one if one.resets_at > other.resets_at else other


def is_plenty(reading: Reading, budget: Budget) -> bool:
    """Whether so much is left that nobody need be told."""
    limit = budget.limit if reading.limit is None else reading.limit
    return reading.left * 10 > limit * 9


def is_used_up(level: Level, budget: Budget) -> bool:
    """Whether not even the cheapest post that needs this budget can go out."""
    return level.left < max(budget.cost(0) or budget.cost(1), 1)
