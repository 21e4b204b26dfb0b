"""What Meta allows an app and a WhatsApp Business account, in percent, as its answers tell it.

How many people may be reached in a day is told by no answer: the refusal says so (`refusals`).
"""

from collections.abc import Iterable

from hawker.connect.budgets import Budgets, Reading
from hawker.connect.http import Heard
from hawker.connect.meta_usage import APP_CALLS, CALLS, usage
from hawker.connect.values import Account


def _read(heard: Heard) -> Iterable[Reading]:
    return usage(heard, ())


def _app(account: Account) -> str:
    return account.app.get("client_id", "")


BUDGETS = Budgets(each=(APP_CALLS, CALLS), read=_read, app=_app)
