"""What a network lets one account, or one app, use in a time, and what its answers tell of that."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from hawker.connect.http import Heard, retry_after
from hawker.connect.text import Sentence, say
from hawker.connect.values import Account


class Scope(StrEnum):
    """Whose budget it is: one account's, or that of all accounts that come through the same app."""

    channel = "channel"
    app = "app"


@dataclass(frozen=True)
class Rolling:
    """Full again so long after its first use. Where the network really lets each use lapse by itself, this
    may allow too much for once: its answers put that right."""

    length: timedelta

    def end(self, now: datetime) -> datetime:
        return now + self.length


@dataclass(frozen=True)
class Daily:
    """Full again at midnight in `zone`."""

    zone: str

    def end(self, now: datetime) -> datetime:
        tomorrow = now.astimezone(ZoneInfo(self.zone)).date() + timedelta(days=1)
        return datetime(*tomorrow.timetuple()[:3], tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


@dataclass(frozen=True)
class Monthly:
    """Full again at midnight in `zone` on the first of the next month."""

    zone: str

    def end(self, now: datetime) -> datetime:
        first = now.astimezone(ZoneInfo(self.zone)).date().replace(day=1)
        following = (first + timedelta(days=31)).replace(day=1)
        return datetime(following.year, following.month, 1, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)


Window = Rolling | Daily | Monthly


@dataclass(frozen=True, kw_only=True)
class Budget:
    """`limit` is what the network documents, in a unit of its own that `title` names; `post` is what a post
    costs, `picture` what each of its pictures costs beside that; `reply` what a first comment or a thread's
    further post costs where that is not the same as a post, and `message` so what goes to one person. `told`:
    answers tell what is left, so that nobody else need count; `timed`: also when all of it is there again.
    `priced`: a price tells what is left of it, so that this is kept however much it is. A network has one of
    these at most."""

    name: str
    title: Sentence
    scope: Scope
    limit: int
    window: Window
    post: int = 0
    picture: int = 0
    reply: int | None = None
    message: int | None = None
    told: bool = False
    timed: bool = True
    priced: bool = False

    def cost(self, pictures: int, *, reply: bool = False, message: bool = False) -> int:
        once = self.reply if reply and self.reply is not None else self.post
        if message and self.message is not None:
            once = self.message
        return once + self.picture * pictures


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What an answer told of a budget; without `limit` and `resets_at` (UTC) what the budget itself says."""

    budget: str
    left: int
    limit: int | None = None
    resets_at: datetime | None = None


def _nobody(_: Account) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Budgets:
    """A network's budgets. `read` is asked of every answer, also of refusals. `app` names the app through
    which an account comes; empty where the network counts whatever comes from this installation."""

    each: tuple[Budget, ...]
    read: Callable[[Heard], Iterable[Reading]]
    app: Callable[[Account], str] = _nobody


NONE = Budgets(each=(), read=lambda _: ())
# What any network may say without naming a budget: 429 with a time.
WAIT = Budget(
    name="wait",
    title=say("calls in a short time"),
    scope=Scope.channel,
    limit=1,
    window=Rolling(timedelta(minutes=1)),
    post=1,
    told=True,
)


def named(budgets: Budgets, name: str) -> Budget | None:
    return next((each for each in (*budgets.each, WAIT) if each.name == name), None)


def read(budgets: Budgets, heard: Heard) -> list[Reading]:
    """What an answer tells: by the network's own rule, else by its `Retry-After`."""
    told = list(budgets.read(heard))
    if heard.answer.status != 429 or any(each.left <= 0 for each in told):
        return told
    at = retry_after(heard.answer.headers)
    return [*told, Reading(budget=WAIT.name, left=0, resets_at=at)] if at else told
