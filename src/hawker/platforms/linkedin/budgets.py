"""LinkedIn names no limits, and tells of one only when it is reached: then the whole channel waits."""

from collections.abc import Iterator

from hawker.connect.budgets import WAIT, Budgets, Reading
from hawker.connect.http import Heard
from hawker.platforms.linkedin.refusals import again, read_trouble


def read(heard: Heard) -> Iterator[Reading]:
    if heard.answer.status == 429 and read_trouble(heard.answer):
        yield Reading(budget=WAIT.name, left=0, resets_at=again(heard.answer))


BUDGETS = Budgets(each=(), read=read)
