"""Polls (docs resources/poll, 2026-08-06): webhooks may open them, and only their end closes them."""

from hawker.connect.http import Json
from hawker.connect.platform import Choice
from hawker.connect.polls import DAYS, Poll, Rules
from hawker.connect.text import say

RULES = Rules(network="Discord", answers=10, answer=55, question=300)
TIMES = (*DAYS, Choice(value="768", label=say("32 days")))


def payload(poll: Poll) -> Json:
    return {
        "question": {"text": poll.question},
        "answers": [{"poll_media": {"text": answer}} for answer in poll.answers],
        "duration": poll.hours or int(TIMES[0].value),
        "allow_multiselect": poll.several,
    }
