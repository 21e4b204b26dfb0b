"""What an action can refuse, as values that every door can show."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import InterfaceError, OperationalError

from hawker.connect.text import Sentence, say

# What Django raises where a database is away, locked for too long, or out of room.
DATABASE_AWAY = (OperationalError, InterfaceError)
NO_DATABASE = say(
    "Hawker's database does not answer, so nothing was saved. Try again in a minute; if it stays so, look "
    "whether the database runs, and whether its disk is full."
)


def first_line(error: Exception) -> str:
    """What a log line says of a database that is away: the lines after it are the driver's advice."""
    return str(error).partition("\n")[0]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`field` names what to change; `channel` is set where only that channel's network minds. `part` says in
    which part of a thread the field stands: 0 is the post itself."""

    field: str
    sentence: Sentence
    channel: UUID | None = None
    part: int = 0


class Refusal(Exception):
    """An action that was not done, with a sentence for the person who asked for it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NotAllowed(Refusal):
    def __init__(self) -> None:
        super().__init__(say("Your role does not allow this. Ask the owner of the business."))


class NotFound(Refusal):
    def __init__(self) -> None:
        super().__init__(say("This is not here (any more)."))


class Conflict(Refusal):
    """What was asked for does not fit the state that things are in by now."""


class Unavailable(Refusal):
    """Something that Hawker itself stands on does not answer just now. Nothing was changed."""


class Invalid(Refusal):
    """Something in what was typed must be changed first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems[0].sentence)
        self.problems = tuple(problems)


def invalid(field: str, sentence: Sentence) -> Invalid:
    return Invalid([Problem(field=field, sentence=sentence)])
