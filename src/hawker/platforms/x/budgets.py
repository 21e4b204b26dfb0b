"""What X allows an account and an app, and how its answers tell of it."""

from collections.abc import Iterator
from datetime import timedelta

from hawker.connect.budgets import Budget, Budgets, Reading, Rolling, Scope
from hawker.connect.http import Heard
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.x.app import keys_of
from hawker.platforms.x.refusals import reset

# docs.x.com, x-api/fundamentals/rate-limits, 2026-08-22.
POSTS, UPLOADS, A_DAY = 100, 500, 10_000
QUARTER = timedelta(minutes=15)
_PATHS = {"/2/tweets": "posts", "/2/media/upload": "uploads"}


def read(heard: Heard) -> Iterator[Reading]:
    """The headers are about the called path only."""
    headers = heard.answer.headers
    left, limit = headers.get("x-rate-limit-remaining", ""), headers.get("x-rate-limit-limit", "")
    name = next((name for path, name in _PATHS.items() if heard.path.endswith(path)), "")
    if heard.method == "POST" and name and left.isdecimal() and limit.isdecimal():
        yield Reading(budget=name, left=int(left), limit=int(limit), resets_at=reset(headers))


def _app(account: Account) -> str:
    return keys_of(account).get("client_id", "")


BUDGETS = Budgets(
    each=(
        Budget(
            name="posts",
            title=say("posts in a quarter of an hour"),
            scope=Scope.channel,
            limit=POSTS,
            window=Rolling(QUARTER),
            post=1,
            told=True,
        ),
        Budget(
            name="uploads",
            title=say("pictures in a quarter of an hour"),
            scope=Scope.channel,
            limit=UPLOADS,
            window=Rolling(QUARTER),
            picture=1,
            told=True,
        ),
        Budget(
            name="posts_day",
            title=say("posts in a day through your app"),
            scope=Scope.app,
            limit=A_DAY,
            window=Rolling(timedelta(days=1)),
            post=1,
        ),
    ),
    read=read,
    app=_app,
)
