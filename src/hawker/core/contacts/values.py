"""Contacts as they are typed, and what an import came to."""

from dataclasses import dataclass
from datetime import datetime

from hawker.connect.text import Sentence
from hawker.core.contacts.rules import Source


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """A consent as it is recorded. `at` (UTC): when it was given; None: now."""

    source: Source
    words: str
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of a list that is taken in. `agreed` None: the line does not say."""

    line: int
    address: str
    name: str = ""
    agreed: bool | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A line that was not taken, and why."""

    line: int
    text: str
    sentence: Sentence


@dataclass(frozen=True, kw_only=True)
class Report:
    """Of the lines of a list: how many became contacts, stood here already, came twice, or were refused."""

    taken: int
    known: int
    doubled: int
    refused: tuple[Slip, ...]
