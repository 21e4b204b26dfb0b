"""Polls as an owner types them: the answers in one line, with strokes between them."""

import re
from collections.abc import Iterator, Sequence

from hawker.connect.length import utf16_units
from hawker.connect.text import say
from hawker.connect.values import Problem

# What the option is called at every network that has polls.
POLL = "poll"
_STROKE = re.compile("[/／]")


def answers(typed: str) -> list[str]:
    return [each.strip() for each in _STROKE.split(typed) if each.strip()]


def problems(network: str, given: Sequence[str], *, most: int, letters: int) -> Iterator[Problem]:
    """`most` answers, each of so many `letters` at most."""
    if given and not 2 <= len(given) <= most:
        sentence = say(
            "A poll at %(network)s has two to %(most)s answers. Put a stroke between them: tea / coffee.",
            network=network,
            most=most,
        )
        yield Problem(field=POLL, sentence=sentence)
    if any(utf16_units(each) > letters for each in given):
        sentence = say(
            "An answer of a poll at %(network)s has at most %(most)s letters. Shorten it.",
            network=network,
            most=letters,
        )
        yield Problem(field=POLL, sentence=sentence)
