"""What X will refuse of a draft, beyond the limits that all networks share."""

import re
from collections.abc import Iterator

from hawker.connect import polls
from hawker.connect.polls import POLL
from hawker.connect.text import say
from hawker.connect.values import Draft, Problem
from hawker.platforms.x.body import answers
from hawker.platforms.x.text import cashtags

ANSWERS, ANSWER = 4, 25
# Characters that make a text invalid (twitter-text 3).
INVALID = re.compile("[\ufffe\ufeff\uffff]")


def problems(draft: Draft) -> Iterator[Problem]:
    if INVALID.search(draft.text):
        sentence = say("The text has an invisible sign that X does not take. Type it anew.")
        yield Problem(field="text", sentence=sentence)
    if cashtags(draft.text) > 1:
        sentence = say("X takes one cashtag such as $ABC in a post. Take the others out.")
        yield Problem(field="text", sentence=sentence)
    moving = [medium for medium in draft.media if _moves(medium.content_type)]
    if moving and len(draft.media) > 1:
        sentence = say("X takes up to four pictures, or one GIF, or one video. Take the others out.")
        yield Problem(field="media", sentence=sentence)
    yield from _of_poll(draft)


def _moves(content_type: str) -> bool:
    return content_type == "image/gif" or content_type.startswith("video/")


def _of_poll(draft: Draft) -> Iterator[Problem]:
    given = answers(draft)
    yield from polls.problems("X", given, most=ANSWERS, letters=ANSWER)
    if given and draft.media:
        sentence = say("X takes a poll or pictures, not both. Take one of them out.")
        yield Problem(field=POLL, sentence=sentence)
