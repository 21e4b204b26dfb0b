"""What networks refuse alike, and the tables by which they tell the rest.

A network's `explain` looks an answer up in its `Meanings`; each entry makes an error of the network's code:
`partial(Refused, say("…"), field="media")`, or one of those here: `partial(gone, "Pretend")`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from hawker.connect.errors import CannotLook, KeyExpired, Later, NetworkError, OutcomeUnknown, Refused
from hawker.connect.http import Answer
from hawker.connect.text import say

T = TypeVar("T", bound=BaseModel)
Meaning = Callable[..., NetworkError]
_YEAR_3000 = 32_503_680_000


@dataclass(frozen=True, kw_only=True)
class Meanings:
    """Looked up in this order: the network's own codes, HTTP's, then words in lower case, of which the first
    entry holds that is in the network's text."""

    codes: Mapping[str, Meaning] = field(default_factory=dict)
    statuses: Mapping[int, Meaning] = field(default_factory=dict)
    words: tuple[tuple[tuple[str, ...], Meaning], ...] = ()

    def of(self, *, code: str = "", status: int = 0, text: str = "") -> NetworkError | None:
        """None where no entry fits."""
        said = text.lower()
        worded = (meaning for words, meaning in self.words if any(word in said for word in words))
        meaning = self.codes.get(code) or self.statuses.get(status) or next(worded, None)
        return meaning(code=code or str(status or "")) if meaning else None


class Stranger(Later):
    """Something else answers at the network's address, or in front of it."""


class Gone(Refused):
    """The post is not there any more."""


def stranger(network: str, code: str = "") -> Stranger:
    sentence = say("What answered was not %(network)s. Hawker tries again by itself.", network=network)
    return Stranger(sentence, code=code)


def gone(network: str, code: str = "") -> Gone:
    return Gone(say("This post is gone from %(network)s already.", network=network), code=code)


def no_parent(network: str, code: str = "") -> Refused:
    sentence = say(
        "The post that this one answers is gone from %(network)s. Publish it as a post of its own.",
        network=network,
    )
    return Refused(sentence, code=code, field="reply_to")


def forgotten(network: str) -> CannotLook:
    """For a look whose steps are missing (`Publishes.find`)."""
    sentence = say(
        "Hawker was restored from a backup that knows nothing of this upload. Look at %(network)s whether "
        "the post is out, and say so here.",
        network=network,
    )
    return CannotLook(sentence, code="forgotten")


def stale_key(network: str, code: str = "") -> KeyExpired:
    """For a token that a refreshing puts right."""
    sentence = say(
        "%(network)s wants a fresh key to this account. Hawker fetches one and tries again.", network=network
    )
    return KeyExpired(sentence, code=code)


def too_fast(network: str, *, at: datetime | None, code: str = "429") -> Later:
    sentence = say(
        "%(network)s asks to wait: too many calls in a short time. Hawker tries again by itself.",
        network=network,
    )
    return Later(sentence, code=code, at=at)


def as_said(network: str, reason: str, *, code: str, field: str = "") -> Refused:
    """In the network's own words, where nothing better is known."""
    sentence = say(
        "%(network)s refused this and said: “%(reason)s”. Change the post and try again.",
        network=network,
        reason=reason[:300],
    )
    return Refused(sentence, code=code, field=field)


def unsaid(network: str) -> OutcomeUnknown:
    """For an answer to the irreversible call that cannot be read."""
    return OutcomeUnknown(say("%(network)s did not say whether it took the post.", network=network))


def read(network: str, answer: Answer, kind: type[T]) -> T:
    """The body as a value; raises Stranger where it is none."""
    try:
        return kind.model_validate_json(answer.body)
    except ValidationError as error:
        raise stranger(network, str(answer.status)) from error


def read_sent(network: str, answer: Answer, kind: type[T]) -> T:
    """The answer to the irreversible call; raises OutcomeUnknown where it cannot be read."""
    try:
        return kind.model_validate_json(answer.body)
    except ValidationError as error:
        raise unsaid(network) from error


def from_epoch(value: str) -> datetime | None:
    """A time in whole seconds since 1970, as headers give it; None where it is no time that will come."""
    return datetime.fromtimestamp(int(value), UTC) if value.isdecimal() and int(value) < _YEAR_3000 else None
