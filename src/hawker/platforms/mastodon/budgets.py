"""What a server allows an account, and how its answers tell of it."""

from collections.abc import Iterator
from datetime import timedelta

from hawker.connect.budgets import Budget, Budgets, Reading, Rolling, Scope
from hawker.connect.http import Heard
from hawker.connect.text import say
from hawker.platforms.mastodon.refusals import reset_time

# Documentation, api/rate-limits, 2026-07-02. A keeper may change them by changing the program.
CALLS, UPLOADS = 300, 30


def read(heard: Heard) -> Iterator[Reading]:
    """Mastodon tells of the one budget of which least is left and does not name it, but uploads, and what is
    deleted, have another limit than calls (Api::RateLimitHeaders, 4.6)."""
    headers = heard.answer.headers
    left, limit = headers.get("X-RateLimit-Remaining", ""), headers.get("X-RateLimit-Limit", "")
    if not (left.isdecimal() and limit.isdecimal()):
        return
    few = int(limit) <= UPLOADS
    if few and heard.method == "DELETE":
        return
    name = "uploads" if few and heard.path.endswith("/media") else "calls"
    yield Reading(budget=name, left=int(left), limit=int(limit), resets_at=reset_time(headers))


BUDGETS = Budgets(
    each=(
        Budget(
            name="calls",
            title=say("calls in five minutes"),
            scope=Scope.channel,
            limit=CALLS,
            window=Rolling(timedelta(minutes=5)),
            post=1,
            picture=3,  # upload, look until it is ready
            told=True,
        ),
        Budget(
            name="uploads",
            title=say("pictures in half an hour"),
            scope=Scope.channel,
            limit=UPLOADS,
            window=Rolling(timedelta(minutes=30)),
            picture=1,
            told=True,
        ),
    ),
    read=read,
)
