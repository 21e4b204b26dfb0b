"""What YouTube allows an owner's project in a day. No answer tells what is left; one that refuses does."""

from collections.abc import Iterator
from datetime import UTC, datetime

from hawker.connect.budgets import Budget, Budgets, Reading, Scope
from hawker.connect.google_errors import PACIFIC, read_trouble
from hawker.connect.http import Heard
from hawker.connect.text import say
from hawker.connect.values import Account

# “Quota calculator” as of 2026-06-01: uploads have a bucket of their own.
UPLOADS, UNITS = 100, 10_000
# The call that publishes costs 50, as do a comment, a thumbnail and a playlist; looks cost 1 each, and there
# are some. The video itself counts as a picture here.
POST, PICTURE = 50, 50


def read(heard: Heard) -> Iterator[Reading]:
    trouble = read_trouble(heard.answer) if heard.answer.status == 403 else None
    if trouble and "quotaExceeded" in trouble.reasons:
        name = "uploads" if "/upload/" in heard.path and heard.path.endswith("/videos") else "units"
        yield Reading(budget=name, left=0, resets_at=PACIFIC.end(datetime.now(UTC)))


def _project(account: Account) -> str:
    """A client ID begins with the number of its project, to which the quotas belong."""
    return account.app.get("client_id", "").partition("-")[0]


BUDGETS = Budgets(
    each=(
        Budget(
            name="uploads",
            title=say("uploads in a day through your Google project"),
            scope=Scope.app,
            limit=UPLOADS,
            window=PACIFIC,
            post=1,
        ),
        Budget(
            name="units",
            title=say("units of the API in a day through your Google project"),
            scope=Scope.app,
            limit=UNITS,
            window=PACIFIC,
            post=POST,
            picture=PICTURE,
        ),
    ),
    read=read,
    app=_project,
)
