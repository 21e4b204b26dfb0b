"""What Pinterest's refusals mean, and the sentence that the owner reads. Its own codes are not stable, not
even in the examples of its OpenAPI document (5.23.0, 2025-12): HTTP's status decides, then its words."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from pydantic import BaseModel, ValidationError

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import LONGEST_WAIT, Answer, retry_after
from hawker.connect.refusals import (
    Meaning,
    Meanings,
    as_said,
    from_epoch,
    gone,
    stale_key,
    stranger,
    too_fast,
)
from hawker.connect.text import say
from hawker.platforms.pinterest import options as opt

NAME = "Pinterest"
FORBIDDEN, MISSING, TOO_LARGE = 403, 404, 413


class Trouble(BaseModel):
    code: int | str = ""
    message: str


def read_trouble(answer: Answer) -> Trouble | None:
    """None where it was not Pinterest that answered."""
    try:
        return Trouble.model_validate_json(answer.body)
    except ValidationError:
        return None


def again(headers: Mapping[str, str]) -> datetime | None:
    """When calls are taken again. The header holds seconds; whether those from now or those since 1970 is
    not documented."""
    told = headers.get("X-RateLimit-Reset", "")
    if not (told.isascii() and told.isdecimal()):
        return retry_after(headers)
    if len(told) < 10 and int(told) <= LONGEST_WAIT:
        return datetime.now(UTC) + timedelta(seconds=int(told))
    return from_epoch(told) if len(told) < 12 else None


def explain(answer: Answer) -> NetworkError | None:
    """Faults of the machinery (5xx) have the rules of all networks."""
    trouble = _common(answer)
    return _named(_MEANINGS, trouble, answer.status) if isinstance(trouble, Trouble) else trouble


def explain_pin(answer: Answer) -> NetworkError | None:
    """Of the call that publishes: what is missing or closed is the board."""
    if answer.status == TOO_LARGE:
        return _HEAVY(code=str(TOO_LARGE))
    trouble = _common(answer)
    if not isinstance(trouble, Trouble):
        return trouble
    told = answer.status in {400, FORBIDDEN, MISSING}
    worded = _WORDS.of(status=answer.status, text=trouble.message) if told else None
    return worded or _named(_OF_PIN, trouble, answer.status)


def _common(answer: Answer) -> NetworkError | Trouble | None:
    if answer.status >= 500:
        return None
    if answer.status == 429:
        return too_fast(NAME, at=again(answer.headers))
    return read_trouble(answer) or stranger(NAME, str(answer.status))


def _named(meanings: Meanings, trouble: Trouble, status: int) -> NetworkError:
    found = meanings.of(status=status, text=trouble.message)
    return found or as_said(NAME, trouble.message or str(status), code=str(status))


ENDED = partial(
    SignInAgain,
    say("Pinterest's key to this account has run out, or was taken back. Connect the channel again."),
)
NO_RIGHT = partial(
    SignInAgain,
    say(
        "Pinterest does not let your app do this for the account. Connect the channel again and allow all "
        "that Hawker asks for; see at developers.pinterest.com that your app is not blocked."
    ),
)
NO_BOARD = partial(
    Refused,
    say(
        "This board is not at Pinterest any more, or this account may put no Pins on it. Choose another "
        "board; if one is missing, check the channel."
    ),
    field=opt.BOARD,
)
NO_BOARDS = partial(
    Refused,
    say(
        "This account has no board that others see. Make one at Pinterest, check the channel here, and try "
        "again."
    ),
    field=opt.BOARD,
)
BAD_LINK = partial(
    Refused,
    say(
        "Pinterest cannot use this link. Write the whole address of a page that is open to everyone, such as "
        "https://example.com, with 2,048 letters at most."
    ),
    field=opt.LINK,
)
BAD_MEDIA = partial(
    Refused,
    say(
        "Pinterest cannot use a picture or the video of this Pin. Save pictures as JPEG or PNG and the video "
        "as MP4 (H.264), and add them again."
    ),
    field="media",
)
_HEAVY = partial(
    Refused,
    say("The pictures of this Pin are too large for Pinterest. Use fewer or smaller ones."),
    field="media",
)
_SPAM = partial(
    Refused,
    say(
        "Pinterest took this for spam. Wait some hours, see that the link leads to your own page without a "
        "detour, change the text, and try again."
    ),
    field=opt.LINK,
)
_TITLE = partial(
    Refused, say("Pinterest does not take this title. Use 100 letters at most."), field=opt.TITLE
)
_TEXT = partial(Refused, say("Pinterest does not take this text. Use 800 letters at most."), field="text")
_ALT = partial(
    Refused,
    say("Pinterest does not take the alternative text. Use 500 letters at most."),
    field="alt_text",
)
_BUSY = partial(Later, say("The board is busy at Pinterest just now. Hawker tries again by itself."))

_STATUSES: Mapping[int, Meaning] = {401: partial(stale_key, NAME), 409: _BUSY}
_MEANINGS = Meanings(statuses={**_STATUSES, FORBIDDEN: NO_RIGHT, MISSING: partial(gone, NAME)})
_OF_PIN = Meanings(statuses={**_STATUSES, FORBIDDEN: NO_BOARD, MISSING: NO_BOARD})
_WORDS = Meanings(
    words=(
        (("spam",), _SPAM),
        (("scope", "consumer type"), NO_RIGHT),
        (("board",), NO_BOARD),
        (("alt_text", "alt text"), _ALT),
        (("cover_image", "media", "image", "video"), BAD_MEDIA),
        (("title",), _TITLE),
        (("description",), _TEXT),
        (("link", "url"), BAD_LINK),
    )
)
