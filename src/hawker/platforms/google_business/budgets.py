"""What Google allows a project and a place in a minute; no answer tells how much is left."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from hawker.connect.budgets import WAIT, Budget, Budgets, Reading, Rolling, Scope
from hawker.connect.http import Heard, retry_after
from hawker.connect.text import say
from hawker.connect.values import Account

# Business Profile APIs, “Usage limits”, 2026-11.
CALLS, CHANGES = 300, 10
TOO_MANY = 429
MINUTE = timedelta(minutes=1)


def read(heard: Heard) -> Iterator[Reading]:
    """Whatever it was that is used up, it is there again after a minute."""
    if heard.answer.status == TOO_MANY and not retry_after(heard.answer.headers):
        yield Reading(budget=WAIT.name, left=0, resets_at=datetime.now(UTC) + MINUTE)


def _app(account: Account) -> str:
    return account.app.get("client_id", "")


BUDGETS = Budgets(
    each=(
        Budget(
            name="changes",
            title=say("changes of a place in a minute"),
            scope=Scope.channel,
            limit=CHANGES,
            window=Rolling(MINUTE),
            post=1,
        ),
        # Publishing is one call; some more are for looking how the review ends.
        Budget(
            name="calls",
            title=say("calls in a minute through your project"),
            scope=Scope.app,
            limit=CALLS,
            window=Rolling(MINUTE),
            post=4,
        ),
    ),
    read=read,
    app=_app,
)
