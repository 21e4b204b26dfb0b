"""What LinkedIn's refusals mean, and the sentence that the owner reads."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer, retry_after
from hawker.connect.refusals import Meaning, Meanings, as_said, gone, no_parent, stale_key, stranger, too_fast
from hawker.connect.text import say

URN = re.compile(r"urn:li:(?:share|ugcPost|activity):\d+")
Word = Annotated[str, BeforeValidator(lambda value: "" if value is None else str(value))]


class Said(BaseModel):
    """Extended by what LinkedIn's JSON says; its names are camelCase there."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class _Input(Said):
    code: Word = ""


class _Details(Said):
    input_errors: tuple[_Input, ...] = ()


class _Body(Said):
    status: int | None = None
    code: Word = ""
    message: Word = ""
    error_details: _Details | None = None


@dataclass(frozen=True)
class Trouble:
    """`code`: LinkedIn's most exact one, empty where it names none."""

    code: str
    words: str


def read_trouble(answer: Answer) -> Trouble | None:
    """None where it is not LinkedIn that answered."""
    try:
        body = _Body.model_validate_json(answer.body)
    except ValidationError:
        return None
    if body.status is None and not body.message:
        return None
    inputs = body.error_details.input_errors if body.error_details else ()
    inner = next((each.code for each in inputs if each.code), "")
    return Trouble(inner or body.code, body.message)


class NoRight(SignInAgain):
    """The token may not do this, or the member has no such role on the page any more."""


class Twice(OutcomeUnknown):
    """LinkedIn took nothing now, but has such a post already. `urn` is that post, empty where it names none;
    `answer` is what it said."""

    def __init__(self, answer: Answer, urn: str) -> None:
        sentence = say("LinkedIn says that it has these words in a post already. Hawker looks for it.")
        super().__init__(sentence, code=TWICE)
        self.answer = answer
        self.urn = urn


def explain(answer: Answer) -> NetworkError | None:
    """Faults of the machinery (5xx) have the rules of all networks."""
    if answer.status >= 500:
        return None
    trouble = read_trouble(answer)
    if answer.status == 429:
        return too_fast("LinkedIn", at=again(answer))
    if trouble is None:
        return stranger("LinkedIn", str(answer.status))
    code = trouble.code or str(answer.status)
    if trouble.code == TWICE:
        found = URN.search(trouble.words)
        return Twice(answer, found[0] if found else "")
    known = _MEANINGS.of(code=trouble.code, status=answer.status, text=trouble.words)
    return known or as_said("LinkedIn", trouble.words or code, code=code)


def again(answer: Answer) -> datetime | None:
    """When calls are taken again. Days begin anew at midnight UTC; LinkedIn names no time itself."""
    trouble = read_trouble(answer)
    if trouble and " DAY " in trouble.words:
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        return tomorrow.replace(hour=0, minute=0, second=0, microsecond=0)
    return retry_after(answer.headers)


TWICE = "DUPLICATE_POST"
OLD_KEY = partial(stale_key, "LinkedIn")
GONE = partial(gone, "LinkedIn")
NO_PARENT = partial(no_parent, "LinkedIn")
NO_RIGHT = partial(
    NoRight,
    say(
        "LinkedIn does not let Hawker do this. Check at LinkedIn that you still are an administrator of the "
        "page, and in the developer portal that your app has the product for it; then connect the channel "
        "here again."
    ),
)
ENDED = partial(
    SignInAgain,
    say("LinkedIn's key to this channel has run out, or was taken back. Connect the channel here again."),
)
_RETIRED = partial(
    Later,
    say(
        "LinkedIn no longer serves the version of its API that Hawker uses. Update Hawker, or name a later "
        "version by HAWKER_API_VERSIONS; what waits then goes on by itself."
    ),
)
WORKING = partial(
    Later, say("LinkedIn is still working on a picture or video of this post. Hawker asks again soon.")
)
BAD_MEDIA = partial(
    Refused,
    say(
        "LinkedIn cannot read a picture or video of this post. Save pictures as JPEG or PNG and videos as "
        "MP4, and add them again."
    ),
    field="media",
)
LONG = partial(
    Refused,
    say("The text is too long for LinkedIn, which takes 3,000 letters. Shorten it and try again."),
    field="text",
)
LONG_COMMENT = partial(
    Refused, say("A comment at LinkedIn has at most 1,250 letters. Shorten it."), field="text"
)

_CODES: Mapping[str, Meaning] = {
    "REVOKED_ACCESS_TOKEN": ENDED,
    "NONEXISTENT_VERSION": _RETIRED,
    "MEDIA_ASSET_WAITING_UPLOAD": WORKING,
    "MEDIA_ASSET_PROCESSING_FAILED": BAD_MEDIA,
}
# Of the same refusal some answers name the field, others only speak of it.
_WORDS: tuple[tuple[tuple[str, ...], Meaning], ...] = (
    (("sharecommentary text length", "/commentary"), LONG),
    (("/message/text",), LONG_COMMENT),
    (("/content/media", "/content/multiimage", "urn:li:image", "urn:li:video", "urn:li:document"), BAD_MEDIA),
)
_MEANINGS = Meanings(
    codes=_CODES, statuses={401: OLD_KEY, 403: NO_RIGHT, 404: GONE, 426: _RETIRED}, words=_WORDS
)
