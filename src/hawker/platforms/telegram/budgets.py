"""What Telegram tells of its limits: nothing, until it asks to wait."""

from collections.abc import Iterator

from hawker.connect.budgets import WAIT, Budgets, Reading
from hawker.connect.http import Heard
from hawker.platforms.telegram.refusals import read_failure, waits_until


def read(heard: Heard) -> Iterator[Reading]:
    """The wait stands in the body and holds for the chat (Bot API, ResponseParameters, 2026-09)."""
    failure = read_failure(heard.answer) if heard.answer.status == 429 else None
    until = waits_until(failure) if failure else None
    if until:
        yield Reading(budget=WAIT.name, left=0, resets_at=until)


# Messages a minute are not declared: how many a channel may have is nowhere written down.
BUDGETS = Budgets(each=(), read=read)
