"""What LINE's refusals mean (Messaging API reference, “Status codes” and “Error responses”, 2026-07-01).

Its words are not documented but for a few: they are a hint, and what nobody knows is shown to the owner.
"""

import re
from functools import partial

from pydantic import BaseModel, ValidationError

from hawker.connect.errors import KeyExpired, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, retry_after
from hawker.connect.refusals import Meanings, as_said, stale_key, stranger, too_fast
from hawker.connect.text import say
from hawker.platforms.line.options import ADDRESS, AREA, BUTTON, GENDER, GROUP, MOST, TITLE, TO

NETWORK = "LINE"
ACCEPTED = "x-line-accepted-request-id"


class _Detail(BaseModel):
    message: str = ""
    property: str = ""


class Failure(BaseModel):
    message: str
    details: tuple[_Detail, ...] = ()

    @property
    def place(self) -> str:
        return self.details[0].property if self.details else ""

    @property
    def reason(self) -> str:
        if not self.details or not self.details[0].message:
            return self.message
        return " ".join(part for part in (self.details[0].message, self.place) if part)


class Repeated(Refused):
    """LINE took a call with this retry key before. `request`: the id of that call, empty where LINE does not
    tell it."""

    def __init__(self, request: str) -> None:
        super().__init__(say("LINE has taken this message already. Look in the chat."), code="409")
        self.request = request


def read_failure(answer: Answer) -> Failure | None:
    """None where it is not LINE that answered."""
    try:
        return Failure.model_validate_json(answer.body)
    except ValidationError:
        return None


def explain(answer: Answer, *, renewable: bool = False) -> NetworkError | None:
    """`renewable`: whether a token that is dead can be had anew."""
    if answer.status >= 500:
        return None
    if answer.status == 409 and ACCEPTED in answer.headers:
        return Repeated(answer.headers[ACCEPTED])
    failure = read_failure(answer)
    if answer.status == 429:
        return _too_much(answer, failure)
    if failure is None:
        return stranger(NETWORK, str(answer.status))
    if answer.status == 401:
        return _dead(renewable=renewable)
    if answer.status == 409:
        return _again(answer, failure)
    if answer.status == 400 and _NOBODY.search(failure.message):
        return NO_FRIEND(code="400")
    known = _STATUSES.of(status=answer.status)
    return known or _of_place(failure, str(answer.status))


def explain_keys(answer: Answer) -> NetworkError | None:
    """Of the call that gives a token, which refuses as OAuth does."""
    refused = answer.status in {400, 401, 403} and answer.get("error")
    return _WRONG_KEYS(code=refused) if refused else explain(answer)


def _dead(*, renewable: bool) -> SignInAgain | KeyExpired:
    return stale_key(NETWORK, "401") if renewable else DEAD(code="401")


def _again(answer: Answer, failure: Failure) -> NetworkError:
    if "retry key" in failure.message.lower():
        return Repeated("")
    return too_fast(NETWORK, at=retry_after(answer.headers), code="409")


def _too_much(answer: Answer, failure: Failure | None) -> NetworkError:
    """The month's messages are told from too many calls by words alone. LINE gives no time to wait."""
    if failure and "monthly" in failure.message.lower():
        return USED_UP(code="429")
    return too_fast(NETWORK, at=retry_after(answer.headers))


def _of_place(failure: Failure, code: str) -> Refused:
    field = next((field for place, field in _PLACES if re.search(place, failure.place)), "")
    meaning = _MEANT.get(field)
    return meaning(code=code) if meaning else as_said(NETWORK, failure.reason, code=code, field=field)


DEAD = partial(
    SignInAgain,
    say(
        "LINE no longer takes the channel access token. Issue another in the LINE Developers Console, under"
        " Messaging API, and connect the channel again with it."
    ),
)
_WRONG_KEYS = partial(
    Refused,
    say(
        "LINE knows no channel with this ID and secret. Copy both again from the LINE Developers Console,"
        " under Basic settings."
    ),
    field="channel_secret",
)
USED_UP = partial(
    Refused,
    say(
        "The messages of this month are used up, so LINE sent this to nobody. Buy more in LINE Official"
        " Account Manager, or wait until the first of next month, then try again."
    ),
)
NO_RIGHT = partial(
    Refused,
    say(
        "LINE does not let this account do that: its plan does not hold it, or the account is suspended. Look"
        " in LINE Official Account Manager."
    ),
)
_HEAVY = partial(Refused, say("The message is too large for LINE. Shorten the text."), field="text")
_MEDIA = partial(
    Refused,
    say(
        "LINE cannot use the address of a picture or video. It must begin with https:// and be reachable from"
        " the internet: see that Hawker has such an address, and add the picture again."
    ),
    field="media",
)
_LONG = partial(
    Refused,
    say("LINE does not take this text: it is empty, or longer than 5,000 characters. Change it."),
    field="text",
)
_LEADS = partial(
    Refused,
    say("LINE does not take the address of the button. Type one that begins with https://."),
    field=ADDRESS,
)
NO_GROUP = partial(
    Refused,
    say("LINE knows no audience with this ID in this account. Copy it again, or leave it empty."),
    field=GROUP,
)
NO_FRIEND = partial(
    Refused,
    say(
        "LINE does not take a message for this person, who is no friend of this account, or no longer. Take"
        " such people off the list."
    ),
    field="audience",
)
_NOBODY = re.compile(r"'to'|failed to send messages", re.IGNORECASE)
_STATUSES = Meanings(statuses={403: NO_RIGHT, 413: _HEAVY})
# Which field of a post it is that `details[].property` names.
_PLACES = (
    (r"(originalContentUrl|previewImageUrl|hero)", "media"),
    (r"footer.*uri", ADDRESS),
    (r"footer.*label", BUTTON),
    (r"(altText|contents\[0\])", TITLE),
    (r"^recipient", GROUP),
    (r"^filter.*gender", GENDER),
    (r"^filter.*area", AREA),
    (r"^filter", TO),
    (r"^limit", MOST),
    (r"^messages", "text"),
)
_MEANT = {"media": _MEDIA, "text": _LONG, ADDRESS: _LEADS, GROUP: NO_GROUP}
