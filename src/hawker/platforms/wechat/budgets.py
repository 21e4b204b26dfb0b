"""How often programs may publish in a day, as WeChat documents it and as its refusals tell it.

How many mass sends are left (one a day, or four a month for each follower) depends on the kind of account,
which WeChat tells nobody: its refusal says so, and when Hawker tries again.
"""

from collections.abc import Iterator

from hawker.connect.budgets import Budget, Budgets, Reading, Scope
from hawker.connect.http import Heard
from hawker.connect.text import say
from hawker.platforms.wechat.refusals import DAILY, DAY, now
from hawker.platforms.wechat.wire import code_of

CALLS = "calls"
_PUBLISHING = ("/freepublish/submit", "/message/mass/sendall")


def read(heard: Heard) -> Iterator[Reading]:
    if heard.path.endswith(_PUBLISHING) and code_of(heard.answer) == DAILY:
        yield Reading(budget=CALLS, left=0, resets_at=DAY.end(now()))


# “接口调用频次限制”, read 2026-11-23: 100 a day for publishing, and as many for mass sends.
BUDGETS = Budgets(
    each=(
        Budget(
            name=CALLS,
            title=say("posts in a day"),
            scope=Scope.channel,
            limit=100,
            window=DAY,
            post=1,
        ),
    ),
    read=read,
)
