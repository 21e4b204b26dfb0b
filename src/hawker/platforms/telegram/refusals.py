"""What Telegram's refusals mean."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

from pydantic import BaseModel, ValidationError

from hawker.connect.errors import NetworkError, Refused, SignInAgain
from hawker.connect.http import LONGEST_WAIT, Answer
from hawker.connect.refusals import Meanings, as_said, gone, no_parent, stranger, too_fast
from hawker.connect.text import say


class _Parameters(BaseModel):
    retry_after: int | None = None
    migrate_to_chat_id: int | None = None


class Failure(BaseModel):
    ok: Literal[False]
    error_code: int
    description: str = ""
    parameters: _Parameters = _Parameters()

    def says(self, *words: str) -> bool:
        return any(word in self.description.lower() for word in words)


def read_failure(answer: Answer) -> Failure | None:
    """None where it is not Telegram that answered."""
    try:
        return Failure.model_validate_json(answer.body)
    except ValidationError:
        return None


def explain(answer: Answer) -> NetworkError | None:
    """Faults of the machinery (5xx), and a 429 from what stands before Telegram, have the rules of all."""
    failure = read_failure(answer)
    if answer.status >= 500 or (answer.status == 429 and failure is None):
        return None
    if answer.status == 413:
        return TOO_LARGE(code="413")
    if failure is None:
        return stranger("Telegram")
    if failure.error_code == 429:
        return too_fast("Telegram", at=waits_until(failure))
    code, known = str(failure.error_code), _STATUSES.of(status=failure.error_code)
    if known or failure.parameters.migrate_to_chat_id:
        return known or MOVED(code="400")
    worded = _WORDS.of(code=code, text=failure.description)
    return worded or as_said("Telegram", failure.description, code=code)


def explain_delete(answer: Answer) -> NetworkError | None:
    failure = read_failure(answer)
    if failure is None or failure.error_code != 400:
        return explain(answer)
    if failure.says("to delete not found"):
        return gone("Telegram", code="400")
    if failure.says("can't be deleted"):
        sentence = say(
            "Telegram lets a bot take off a post within 48 hours only. Delete this one in the Telegram app."
        )
        return Refused(sentence, code="400")
    return explain(answer)


_DEAD = partial(
    SignInAgain,
    say(
        "Telegram no longer takes the bot's token. Ask @BotFather for a valid one (/token) and connect the "
        "channel again with it."
    ),
)
_OUT = partial(
    SignInAgain,
    say(
        "The bot was taken out of this Telegram channel. Add it to the channel's administrators again, then "
        "connect the channel again here."
    ),
)
NOT_ALLOWED = partial(
    SignInAgain,
    say(
        "The bot may not post in this Telegram channel. Open the channel's administrators, add the bot with "
        "the right to post messages, then connect the channel here."
    ),
)
NO_CHANNEL = partial(
    SignInAgain,
    say(
        "Telegram knows no such channel, or its name was changed. Check the name, see that the bot is an "
        "administrator there, and connect the channel here."
    ),
)
MOVED = partial(
    SignInAgain, say("This Telegram group was moved and has another number now. Connect it here again.")
)
TOO_LARGE = partial(
    Refused, say("A file of this post is too large for Telegram. Take a smaller one."), field="media"
)
_LONG_TEXT = partial(
    Refused,
    say("The text is too long: Telegram takes 4,096 characters, and 1,024 below pictures. Shorten it."),
    field="text",
)
_NO_TEXT = partial(Refused, say("Telegram wants a text or a picture. Write something."), field="text")
_BAD_BUTTON = partial(
    Refused,
    say("Telegram does not take the button's address. Type one that begins with https://."),
    field="address",
)
_NO_PARENT = partial(no_parent, "Telegram")
_BAD_FILE = partial(
    Refused,
    say("Telegram cannot read a picture or video of this post. Save it anew and add it again."),
    field="media",
)

_BAD_POLL = partial(
    Refused, say("Telegram does not take this poll. Change its question or its answers."), field="poll"
)

_STATUSES = Meanings(statuses={401: _DEAD, 403: _OUT, 404: _DEAD})
# The Bot API has no codes beside HTTP's. Its words are a hint; without one they are shown to the owner.
_WORDS = Meanings(
    words=(
        (
            ("not enough rights", "administrator rights", "chat_admin_required", "write_forbidden"),
            NOT_ALLOWED,
        ),
        (("chat not found",), NO_CHANNEL),
        (("poll",), _BAD_POLL),
        (("too long",), _LONG_TEXT),
        (("text is empty", "text must be non-empty"), _NO_TEXT),
        (("button",), _BAD_BUTTON),
        (("replied not found",), _NO_PARENT),
        (("photo", "image", "video", "file", "media", "album"), _BAD_FILE),
    )
)


def waits_until(failure: Failure) -> datetime | None:
    """Telegram wants exactly this wait, in whole seconds; None where it names none."""
    seconds = min(max(failure.parameters.retry_after or 0, 0), LONGEST_WAIT)
    return datetime.now(UTC) + timedelta(seconds=seconds) if seconds else None
