"""What a Bluesky server allows an account and an address, and how its answers tell of it."""

from collections.abc import Iterator
from datetime import timedelta

import regex

from hawker.connect.budgets import Budget, Budgets, Reading, Rolling, Scope
from hawker.connect.http import Heard
from hawker.connect.text import say
from hawker.platforms.bluesky.wire import reset

# bsky-docs, advanced-guides/rate-limits, 2026-04-21: to create a record costs 3 points.
HOUR, DAY, FIVE_MINUTES = 3600, 86400, 300
_WINDOW = regex.compile(r"w=(\d+)")
_NAMES = {HOUR: "writes_hour", DAY: "writes_day", FIVE_MINUTES: "calls"}


def read(heard: Heard) -> Iterator[Reading]:
    """An answer tells of the one budget of which least is left, and names it by the length of its window.
    Sign-ins have budgets of the same lengths, which are none of a post's business."""
    headers = heard.answer.headers
    left, limit = headers.get("RateLimit-Remaining", ""), headers.get("RateLimit-Limit", "")
    window = _WINDOW.search(headers.get("RateLimit-Policy", ""))
    if "Session" in heard.path or not (left.isdecimal() and limit.isdecimal() and window):
        return
    if name := _NAMES.get(int(window[1])):
        yield Reading(budget=name, left=int(left), limit=int(limit), resets_at=reset(headers))


BUDGETS = Budgets(
    each=(
        Budget(
            name="writes_hour",
            title=say("points for writing in an hour"),
            scope=Scope.channel,
            limit=5000,
            window=Rolling(timedelta(seconds=HOUR)),
            post=3,
            told=True,
        ),
        Budget(
            name="writes_day",
            title=say("points for writing in a day"),
            scope=Scope.channel,
            limit=35000,
            window=Rolling(timedelta(seconds=DAY)),
            post=3,
            told=True,
        ),
        Budget(
            name="calls",
            title=say("calls in five minutes"),
            scope=Scope.app,
            limit=3000,
            window=Rolling(timedelta(seconds=FIVE_MINUTES)),
            post=1,
            picture=1,
            told=True,
        ),
    ),
    read=read,
)
