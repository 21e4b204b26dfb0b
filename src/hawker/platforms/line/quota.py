"""How many messages an account may send in a month, how many it has sent, and whether a post still fits.

Each friend who gets it counts one, however many messages go out at once (“Messaging API pricing”,
2026-07-01).
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, ValidationError

from hawker.connect.budgets import WAIT, Budget, Budgets, Monthly, Reading, Rolling, Scope
from hawker.connect.errors import Later, NetworkError, Refused
from hawker.connect.http import Heard, retry_after
from hawker.connect.text import say
from hawker.platforms.line.refusals import USED_UP, explain
from hawker.platforms.line.wire import Line

# LINE counts days by the clock of Japan.
ZONE = "Asia/Tokyo"
# What an account in Taiwan may send for nothing. The quota itself is read, as this differs by plan.
FREE = 200
A_DAY = timedelta(days=1)
USAGE, TOO_MANY = "message/quota/consumption", 429
HOURLY = Budget(
    name="hourly",
    title=say("messages to all friends, or a part of them, in an hour"),
    scope=Scope.channel,
    limit=60,
    window=Rolling(timedelta(hours=1)),
    post=1,
    message=0,
)
# A post costs one for each friend, which LINE tells before the next. It is believed for a day: more can be
# bought at any time, and for that nobody should wait until the month ends.
MONTHLY = Budget(
    name="monthly",
    title=say("messages to friends this month"),
    scope=Scope.channel,
    limit=FREE,
    window=Rolling(A_DAY),
    post=1,
    priced=True,
)
# By which clock a month ends is not documented. Taiwan's is later than Japan's: an hour late does no harm.
MONTH = Monthly("Asia/Taipei")


class _Quota(BaseModel):
    """Without end where `type` is none."""

    type: str = "none"
    value: int | None = None


class _Usage(BaseModel):
    total: int = Field(alias="totalUsage", ge=0)


class _Friends(BaseModel):
    """`followers` are all who ever were; `blocks` those who block the account since."""

    status: str = ""
    reached: int | None = Field(alias="targetedReaches", default=None)
    followers: int | None = None
    blocks: int | None = None

    @property
    def most(self) -> int | None:
        return None if self.followers is None else max(self.followers - (self.blocks or 0), self.reached or 0)


async def demand_room(api: Line, *, narrow: bool) -> None:
    """Raises Refused where the month's messages do not suffice for a broadcast."""
    left = await _left(api)
    if left is None:
        return
    if left <= 0:
        raise USED_UP(code="quota")
    friends = 0 if narrow else (await _friends(api)).reached or 0
    if friends > left:
        sentence = say(
            "This would go to at least %(friends)s friends, but only %(left)s messages of this month are"
            " left. Choose fewer people, or buy more in LINE Official Account Manager.",
            friends=friends,
            left=left,
        )
        raise Refused(sentence, code="quota")


async def count_friends(api: Line) -> int | None:
    """How many get a message to everybody, at most; None where LINE does not tell. Only prices are made of
    it: no fault keeps an account from being connected or checked."""
    try:
        return (await _friends(api)).most
    except NetworkError:
        return None


async def look(api: Line) -> None:
    """Reads what is left of the month, for whoever listens to the answers."""
    with suppress(NetworkError):
        await _left(api)


async def _left(api: Line) -> int | None:
    """Without end: None."""
    quota = await api.read("message/quota", _Quota)
    if quota.type != "limited" or quota.value is None:
        return None
    return quota.value - (await api.read(USAGE, _Usage, beside={"limit": quota.value})).total


async def _friends(api: Line) -> _Friends:
    """At least `reached` of them get a message to everybody: those of whom LINE knows gender, age or place.
    Empty where it does not tell."""
    yesterday = datetime.now(ZoneInfo(ZONE)) - timedelta(days=1)
    try:
        return await api.read("insight/followers", _Friends, {"date": f"{yesterday:%Y%m%d}"})
    except Refused:
        return _Friends()


def _read(heard: Heard) -> Iterable[Reading]:
    if heard.answer.status == TOO_MANY:
        return _asked_to_wait(heard)
    return _used(heard) if heard.path.endswith(USAGE) else ()


def _asked_to_wait(heard: Heard) -> Iterable[Reading]:
    """LINE does not say how long, and tells a used-up month by the same status."""
    if isinstance(explain(heard.answer), Later) and not retry_after(heard.answer.headers):
        yield Reading(budget=WAIT.name, left=0, resets_at=datetime.now(UTC) + timedelta(minutes=1))


def _used(heard: Heard) -> Iterable[Reading]:
    """The quota stands in another answer, and `demand_room` lays it beside this one."""
    limit = heard.beside.get("limit")
    try:
        used = _Usage.model_validate_json(heard.answer.body)
    except ValidationError:
        return
    if limit is not None:
        until = believed_until(datetime.now(UTC))
        yield Reading(budget=MONTHLY.name, left=max(limit - used.total, 0), limit=limit, resets_at=until)


def believed_until(now: datetime) -> datetime:
    """How long what is left is believed: a day, and not beyond the month's end. What is read later is
    believed for longer, also on the last day: by that it is known as the later word."""
    end = MONTH.end(now)
    return min(now + A_DAY, end - (end - now) / 25)


BUDGETS = Budgets(each=(MONTHLY, HOURLY), read=_read)
