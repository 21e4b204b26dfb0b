"""How much of its limits an app and an account have used, as the Graph API's headers tell it: in percent of a
limit that Meta does not name (Graph API, "Rate limits", read 2026-11-22)."""

import math
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from hawker.connect.budgets import Budget, Reading, Rolling, Scope
from hawker.connect.http import Heard
from hawker.connect.text import say

APP, ACCOUNT = "X-App-Usage", "X-Business-Use-Case-Usage"
WHOLE, LONGEST = 100, 10**6
Percent = Annotated[float, Field(allow_inf_nan=False)]


class _Use(BaseModel):
    call_count: Percent = 0
    total_time: Percent = 0
    total_cputime: Percent = 0
    type: str = ""
    estimated_time_to_regain_access: Percent = 0

    @property
    def left(self) -> int:
        return max(0, WHOLE - math.ceil(max(self.call_count, self.total_time, self.total_cputime, 0)))

    @property
    def regained_at(self) -> datetime | None:
        """Meta tells whole minutes, and none while nothing is refused."""
        minutes = min(self.estimated_time_to_regain_access, LONGEST)
        return datetime.now(UTC) + timedelta(minutes=minutes) if minutes > 0 else None


_APP = TypeAdapter(_Use)
_ACCOUNTS = TypeAdapter(dict[str, tuple[_Use, ...]])

APP_CALLS = Budget(
    name="app_calls",
    title=say("percent of the calls that your app may make in an hour"),
    scope=Scope.app,
    limit=WHOLE,
    window=Rolling(timedelta(hours=1)),
    post=1,
    told=True,
    timed=False,
)
CALLS = Budget(
    name="calls",
    title=say("percent of the calls that may be made for this account in a day"),
    scope=Scope.channel,
    limit=WHOLE,
    window=Rolling(timedelta(hours=24)),
    post=1,
    told=True,
    timed=False,
)


def usage(heard: Heard, kinds: Collection[str]) -> Iterator[Reading]:
    """Readings of APP_CALLS and CALLS. `kinds`: which of Meta's business use cases count here ("pages")."""
    headers = heard.answer.headers
    app = _app(headers)
    if app:
        yield Reading(budget=APP_CALLS.name, left=app.left, limit=WHOLE)
    worst = min(_uses(headers, kinds), key=lambda use: use.left, default=None)
    if worst:
        yield Reading(budget=CALLS.name, left=worst.left, limit=WHOLE, resets_at=worst.regained_at)


def regained_at(headers: Mapping[str, str]) -> datetime | None:
    """When calls are taken again, where Meta says so."""
    times = [use.regained_at for use in _uses(headers, ())]
    return max((time for time in times if time), default=None)


def _app(headers: Mapping[str, str]) -> _Use | None:
    try:
        return _APP.validate_json(headers.get(APP, ""))
    except ValidationError:
        return None


def _uses(headers: Mapping[str, str], kinds: Collection[str]) -> list[_Use]:
    try:
        accounts = _ACCOUNTS.validate_json(headers.get(ACCOUNT, ""))
    except ValidationError:
        return []
    return [use for uses in accounts.values() for use in uses if not kinds or use.type in kinds]
