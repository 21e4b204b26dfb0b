"""What Discord tells of its limits: how many more calls a webhook may make, and until when."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from hawker.connect.budgets import WAIT, Budgets, Reading
from hawker.connect.http import Heard
from hawker.platforms.discord.refusals import seconds_to_wait


def read(heard: Heard) -> Iterator[Reading]:
    """Also before a call is refused: Discord counts refusals against the address that they come from."""
    told = seconds_to_wait(heard.answer) if heard.answer.status == 429 else _until_full(heard)
    if told:
        yield Reading(budget=WAIT.name, left=0, resets_at=datetime.now(UTC) + timedelta(seconds=told))


def _until_full(heard: Heard) -> float | None:
    """Each method has a bucket of its own; the one that counts is that of the call that publishes."""
    headers = heard.answer.headers
    if heard.method != "POST" or headers.get("X-RateLimit-Remaining") != "0":
        return None
    try:
        return min(max(float(headers.get("X-RateLimit-Reset-After", "")), 0.0), 3600.0)
    except ValueError:
        return None


# How many calls in how long is not declared: Discord documents no numbers, and changes them as it likes.
BUDGETS = Budgets(each=(), read=read)
