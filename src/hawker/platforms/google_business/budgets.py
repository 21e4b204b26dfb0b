"""What Google allows a project and a place in a minute; no answer tells how much is left."""

from datetime import timedelta

from hawker.connect.budgets import Budget, Budgets, Rolling, Scope
from hawker.connect.text import say
from hawker.connect.values import Account

# Business Profile APIs, “Usage limits”, 2026-11.
CALLS, CHANGES = 300, 10
MINUTE = timedelta(minutes=1)


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
    read=lambda _: (),
    app=_app,
)
