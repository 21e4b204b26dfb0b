"""Polls as an owner types them: the answers in one line, with strokes between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hawker.connect.length import utf16_units
from hawker.connect.platform import Choice, Option
from hawker.connect.text import say
from hawker.connect.values import Draft, Problem

# What the option with the answers is called at every network that has polls.
POLL = "poll"
_QUESTION, _VOTES, _HOURS, _SEVERAL = "question", "poll_votes", "poll_time", "several"
_STROKE = re.compile("[/／]")
_NUMBER = re.compile("[0-9]{1,4}")
DAYS = (
    Choice(value="24", label=say("One day")),
    Choice(value="72", label=say("Three days")),
    Choice(value="168", label=say("Seven days")),
)


@dataclass(frozen=True, kw_only=True)
class Poll:
    """`text` stands beside the question, and is empty where it is the question itself. `hours`: how long it
    is open; 0 where it has no end."""

    question: str
    answers: Sequence[str]
    text: str
    several: bool
    hours: int


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How many answers a poll has at most, and how many letters they and its question."""

    network: str
    answers: int
    answer: int
    question: int

    def options(self, times: tuple[Choice, ...]) -> tuple[Option, ...]:
        """For networks whose polls have a question beside the text. `times`: `DAYS`, and others."""
        hint = say(
            "Two to %(most)s answers with strokes between them: tea / coffee. Leave it empty for none.",
            most=self.answers,
        )
        votes = (Choice(value="", label=say("One")), Choice(value=_SEVERAL, label=say("Several")))
        return (
            Option(name=POLL, label=say("Poll"), hint=hint),
            Option(
                name=_QUESTION,
                label=say("Question of the poll"),
                hint=say("Leave it empty, and the text of the post is the question."),
            ),
            Option(name=_VOTES, label=say("How many answers one may choose"), choices=votes),
            Option(
                name=_HOURS,
                label=say("How long the poll is open"),
                choices=times,
                default=times[0].value,
            ),
        )

    def problems(self, draft: Draft) -> Iterator[Problem]:
        """Of a draft with these options."""
        poll = asked(draft)
        if poll is None:
            if draft.options.get(_QUESTION, "").strip() and not draft.reply_to:
                sentence = say("The poll has a question and no answers. Write some, or empty the question.")
                yield Problem(field=POLL, sentence=sentence)
            return
        yield from problems(self.network, poll.answers, most=self.answers, letters=self.answer)
        yield from self._of_question(draft, poll)
        if draft.media:
            sentence = say(
                "A poll at %(network)s goes without pictures and videos. Take one of them out.",
                network=self.network,
            )
            yield Problem(field=POLL, sentence=sentence)

    def _of_question(self, draft: Draft, poll: Poll) -> Iterator[Problem]:
        field = _QUESTION if draft.options.get(_QUESTION, "").strip() else "text"
        if utf16_units(poll.question) > self.question:
            sentence = say(
                "The question of a poll at %(network)s has at most %(most)s letters. Shorten it.",
                network=self.network,
                most=self.question,
            )
            yield Problem(field=field, sentence=sentence)


def asked(draft: Draft) -> Poll | None:
    """A poll stands in a post, and in none of what answers it."""
    given = answers(draft.options.get(POLL, ""))
    if not given or draft.reply_to:
        return None
    question = draft.options.get(_QUESTION, "").strip()
    return Poll(
        question=question or draft.text.strip(),
        answers=given,
        text=draft.text if question else "",
        several=draft.options.get(_VOTES) == _SEVERAL,
        hours=_hours(draft.options.get(_HOURS, "")),
    )


def _hours(chosen: str) -> int:
    """What is not among the choices is a problem of its own, and told beside what is found here."""
    return int(chosen) if _NUMBER.fullmatch(chosen) else 0


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
