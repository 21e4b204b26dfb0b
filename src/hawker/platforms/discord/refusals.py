"""What Discord's refusals mean, by its codes (docs topics/opcodes-and-status-codes, 2026-08-06)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated

from pydantic import AllowInfNan, BaseModel, JsonValue, ValidationError

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.polls import POLL
from hawker.connect.refusals import Meanings, as_said, gone, stranger, too_fast
from hawker.connect.text import say
from hawker.platforms.discord.thread import ONE_PLACE, THREAD, TITLE

_INVALID_FORM = 50035
_MOST_SECONDS = 24 * 3600.0


class Failure(BaseModel):
    """`code` is 0 where Discord has none beside HTTP's. The codes of JSON begin at 10001."""

    code: int
    message: str = ""
    errors: JsonValue = None


class _Wait(BaseModel):
    retry_after: Annotated[float, AllowInfNan(False)]


def read_failure(answer: Answer) -> Failure | None:
    """None where it is not Discord that answered."""
    try:
        return Failure.model_validate_json(answer.body)
    except ValidationError:
        return None


def explain(answer: Answer) -> NetworkError | None:
    """Faults of the machinery (5xx), and a 429 from what stands before Discord, have the rules of all."""
    if answer.status >= 500:
        return None
    if answer.status == 429:
        return _wait(answer)
    if answer.status == 413:
        return TOO_LARGE(code="413")
    failure = read_failure(answer)
    if failure is None:
        return stranger("Discord")
    if known := _MEANINGS.of(code=str(failure.code)):
        return known
    if answer.status in {401, 404}:
        return DEAD(code=str(failure.code or answer.status))
    return _of_words(failure)


def explain_delete(answer: Answer) -> NetworkError | None:
    """Where its thread is gone, so is the post."""
    failure = read_failure(answer)
    if answer.status == 404 and failure and failure.code in {10003, 10008}:
        return gone("Discord", code=str(failure.code))
    return explain(answer)


# Discord shuts out whoever goes on calling: 10,000 answers of 401, 403 or 429 in 10 minutes (2026-08-06).
DEAD = partial(
    SignInAgain,
    say(
        "Discord no longer takes this webhook: it was deleted, or its address was changed. Make another in "
        "the channel's settings, under Integrations, and connect the channel again with it."
    ),
)
TOO_LARGE = partial(
    Refused, say("The files of this post are too large for Discord. Take smaller ones."), field="media"
)
_BARRED = partial(
    Later, say("Discord lets no calls in from this server just now. Hawker tries again by itself.")
)
_NO_TEXT = partial(Refused, say("Discord wants a text or a picture. Write something."), field="text")
_LONG_TEXT = partial(
    Refused, say("The text is too long: Discord takes 2,000 characters. Shorten it."), field="text"
)
_BLOCKED = partial(
    Refused,
    say("The rules of this Discord server block the text (AutoMod). Change its words, or those rules."),
    field="text",
)
_NO_THREAD = partial(
    Refused,
    say("Discord knows no such thread in this channel. Paste the link of one, or leave it empty."),
    field=THREAD,
)
_CLOSED_THREAD = partial(
    Refused, say("This Discord thread is closed. Open it again, or choose another."), field=THREAD
)
_FORUM = partial(
    Refused,
    say("This Discord channel is a forum: give the post a title, or name a thread."),
    field=TITLE,
)
_BOTH = partial(Refused, ONE_PLACE, field=TITLE)
_NO_FORUM = partial(
    Refused, say("Only forums of Discord open threads with a title. Empty the title."), field=TITLE
)
_MEANINGS = Meanings(
    codes={
        "10003": _NO_THREAD,
        "10015": DEAD,
        "40005": TOO_LARGE,
        "40333": _BARRED,
        "50006": _NO_TEXT,
        "50027": DEAD,
        "50045": TOO_LARGE,
        "50083": _CLOSED_THREAD,
        "160005": _CLOSED_THREAD,
        "200000": _BLOCKED,
        "200001": _BLOCKED,
        "220001": _FORUM,
        "220002": _BOTH,
        "220003": _NO_FORUM,
    }
)
_FIELDS = {
    "content": "text",
    "attachments": "media",
    "files": "media",
    "thread_id": THREAD,
    "thread_name": TITLE,
    "allowed_mentions": "mentions",
    "poll": POLL,
}


def _of_words(failure: Failure) -> Refused:
    """An invalid form names each field that is wrong; else Discord's words are shown to the owner."""
    code, faults = str(failure.code), list(_faults(failure.errors))
    if failure.code != _INVALID_FORM or not faults:
        return as_said("Discord", failure.message, code=code)
    path, kind, message = faults[0]
    if path[0] == "content" and kind == "BASE_TYPE_MAX_LENGTH":
        return _LONG_TEXT(code=code)
    described = path[0] == "attachments" and path[-1] == "description"
    field = "alt_text" if described else _FIELDS.get(path[0], "")
    return as_said("Discord", message, code=code, field=field)


def _faults(errors: JsonValue, path: tuple[str, ...] = ("",)) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Where, which and in which words: errors lie as deep as the fields that they are of."""
    match errors:
        case {"_errors": [{"code": str(kind), "message": str(message)}, *_]}:
            yield path, kind, message
        case dict():
            for name, below in errors.items():
                yield from _faults(below, (name,) if path == ("",) else (*path, name))


def seconds_to_wait(answer: Answer) -> float | None:
    """Discord wants exactly this wait, in parts of a second; None where it is not Discord that asks."""
    try:
        seconds = _Wait.model_validate_json(answer.body).retry_after
    except ValidationError:
        return None
    return min(max(seconds, 0.0), _MOST_SECONDS)


def _wait(answer: Answer) -> Later | None:
    seconds = seconds_to_wait(answer)
    if seconds is None:
        return None
    return too_fast("Discord", at=datetime.now(UTC) + timedelta(seconds=seconds))
