"""What an address is, and when somebody may be written to. Values in, a decision out."""

import re
from datetime import datetime
from enum import StrEnum

from hawker.connect.text import Sentence, say

NAME_LENGTH = 160
ADDRESS_LENGTH = 160
WORDS_LENGTH = 500
IMPORT_LINES = 10_000
# ITU-T E.164: at most 15 digits with the country's; no country has subscribers with fewer than 7.
_DIGITS = range(7, 16)
_PHONE = re.compile(r"[+0-9()\-. \u00a0/]+")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@=+\-]*")

NO_ADDRESS = say("There is no phone number or id.")
NOT_AN_ADDRESS = say("“%(address)s” is neither a phone number nor an id of a network.")
NO_COUNTRY = say("“%(address)s” begins with 0. Write it with the code of its country, as in 886 912 345 678.")
WRONG_LENGTH = say("“%(address)s” is too short or too long for a phone number with the code of its country.")
LONG_NAME = say("This name is too long: at most %(most)s characters.", most=NAME_LENGTH)
LONG_WORDS = say("These words are too long: at most %(most)s characters.", most=WORDS_LENGTH)
NO_WORDS = say("Say what this person agreed to, in which words: it is your proof.")
SAID_STOP = say(
    "This person asked for no more messages. If there is a fresh consent, record it on this person's page."
)


class Consent(StrEnum):
    """Whether somebody agreed to be written to."""

    unasked = "unasked"
    given = "given"
    withdrawn = "withdrawn"


class Source(StrEnum):
    """Where a consent, or its end, was said."""

    spoken = "spoken"  # in the shop, or on the phone
    paper = "paper"  # signed
    form = "form"  # on a website
    message = "message"  # in a message to the business
    network = "network"  # the network told it
    joined = "joined"  # by following the channel, or adding it as a friend


class Unfit(ValueError):
    """Something that cannot be kept of a person; `sentence` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def address(typed: str, country: str = "") -> str:
    """As networks name it: a phone number with its country's code and nothing but digits, or an id.

    `country`: the code that belongs before numbers which begin with 0. Raises Unfit.
    """
    text = typed.strip()
    if not text:
        raise Unfit(NO_ADDRESS)
    if _PHONE.fullmatch(text):
        return _number(text, country)
    if len(text) > ADDRESS_LENGTH or not _ID.fullmatch(text):
        raise Unfit(_of(NOT_AN_ADDRESS, text))
    return text


def _number(text: str, country: str) -> str:
    digits = re.sub(r"\D", "", text)
    if digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0") and not text.startswith("+"):
        if not country:
            raise Unfit(_of(NO_COUNTRY, text))
        digits = country + digits[1:]
    if len(digits) not in _DIGITS or digits.startswith("0"):
        raise Unfit(_of(WRONG_LENGTH, text))
    return digits


def _of(sentence: Sentence, text: str) -> Sentence:
    return Sentence(sentence.text, {"address": text[:40]})


def counts(at: datetime, recorded_at: datetime | None, *, again: bool = False) -> bool:
    """Whether what a network says of `at` is news: what was recorded after that instant stands. Networks tell
    whole seconds: within one, who wants no more messages is believed, and who wants them again is not."""
    if recorded_at is None:
        return True
    return at > recorded_at if again else at >= recorded_at.replace(microsecond=0)
