"""How many calls Pinterest allows, and what its answers tell of that."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from hawker.connect.budgets import WAIT, Budget, Budgets, Reading, Rolling, Scope
from hawker.connect.http import Heard
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.pinterest.refusals import again

# developers.pinterest.com, “Rate limits” and “Understanding our access tiers”, 2026-11: of Trial access.
CALLS, A_DAY = "calls", 1_000
DAY = timedelta(days=1)
# “1000, 1000;w=86400;name="…"”: the number that the others are about, then each limit with its seconds.
_WINDOW = re.compile(r"(\d{1,9})\s*;\s*w=(\d{1,9})", re.ASCII)
_FIRST = re.compile(r"\s*(\d{1,9})\s*(?:,|;|$)", re.ASCII)
_LEFT = re.compile(r"\d{1,9}", re.ASCII)


def read(heard: Heard) -> Iterator[Reading]:
    """Windows of a second or a minute are told of only where they are used up."""
    headers = heard.answer.headers
    left, limit = _LEFT.fullmatch(headers.get("X-RateLimit-Remaining", "")), _daily(headers)
    used_up = heard.answer.status == 429
    if limit and (left or used_up):
        count = 0 if used_up or not left else int(left[0])
        yield Reading(budget=CALLS, left=count, limit=limit, resets_at=again(headers))
    elif used_up and (at := again(headers)):
        yield Reading(budget=WAIT.name, left=0, resets_at=at)


def _daily(headers: Mapping[str, str]) -> int:
    """How many calls a day, where the answer is about days; else 0."""
    told = headers.get("X-RateLimit-Limit", "")
    first = _FIRST.match(told)
    windows = {int(limit): int(seconds) for limit, seconds in _WINDOW.findall(told)}
    limit = int(first[1]) if first else 0
    return limit if windows.get(limit, 0) >= DAY.total_seconds() else 0


def _app(account: Account) -> str:
    return account.app.get("client_id", "")


BUDGETS = Budgets(
    each=(
        Budget(
            name=CALLS,
            title=say("calls in a day through your app, while it has Trial access"),
            scope=Scope.app,
            limit=A_DAY,
            window=Rolling(DAY),
            post=1,
            told=True,
        ),
    ),
    read=read,
    app=_app,
)
