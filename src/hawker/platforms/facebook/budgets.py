"""What Facebook allows an app and a page, in percent, as its answers tell it."""

from collections.abc import Iterable

from hawker.connect.budgets import Budgets, Reading
from hawker.connect.http import Heard
from hawker.connect.meta_usage import APP_CALLS, CALLS, usage
from hawker.connect.values import Account


def _read(heard: Heard) -> Iterable[Reading]:
    return usage(heard, {"pages"})


def _app(account: Account) -> str:
    return account.app.get("client_id", "")


BUDGETS = Budgets(each=(APP_CALLS, CALLS), read=_read, app=_app)
