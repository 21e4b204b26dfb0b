"""Polls in a channel (sendPoll, Bot API 10.1, 2026-06-11). In channels votes are always secret."""

from collections.abc import Mapping

from hawker.connect.http import Json
from hawker.connect.platform import Choice
from hawker.connect.polls import DAYS, Poll, Rules
from hawker.connect.text import say

RULES = Rules(network="Telegram", answers=12, answer=100, question=300)
# What stands above the question; Bot API servers before 10.0 leave it out.
TEXT = 1_024
TIMES = (Choice(value="", label=say("Without end")), *DAYS)
_HOUR = 3_600


def fields(poll: Poll) -> Mapping[str, Json]:
    given: dict[str, Json] = {
        "question": poll.question,
        "options": [{"text": answer} for answer in poll.answers],
        "allows_multiple_answers": poll.several,
    }
    text: dict[str, Json] = {"description": poll.text} if poll.text else {}
    return {**given, **text, **({"open_period": poll.hours * _HOUR} if poll.hours else {})}
