"""What X's refusals mean (docs.x.com of 2026-08-22), and the sentence that the owner reads."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, retry_after
from hawker.connect.refusals import (
    Meaning,
    Meanings,
    as_said,
    from_epoch,
    gone,
    no_parent,
    stale_key,
    stranger,
    too_fast,
)
from hawker.connect.text import say
from hawker.platforms.x.problem import Trouble, read_trouble


def explain(answer: Answer) -> NetworkError | None:
    """Faults of the machinery (5xx), and a 429 from what stands before X, have the rules of all networks."""
    trouble = read_trouble(answer)
    if answer.status >= 500 or (answer.status == 429 and trouble is None and not reset(answer.headers)):
        return None
    if answer.status == 402:
        return _NO_CREDIT(code="402")
    if answer.status == 413:
        return BAD_MEDIA(code="413")
    if trouble is None and answer.status != 429:
        return stranger("X", str(answer.status))
    if answer.status == 429:
        capped = trouble and trouble.kind == "usage-capped"
        return _CAPPED(code="usage-capped") if capped else too_fast("X", at=reset(answer.headers))
    return meaning(trouble, answer.status) if trouble else None


def meaning(trouble: Trouble, status: int) -> NetworkError:
    code = trouble.kind or str(status)
    known = _MEANINGS.of(code=trouble.kind, status=status, text=trouble.words)
    if known:
        return known
    if any(name.startswith("media") for name in trouble.fields):
        return BAD_MEDIA(code=code)
    return as_said("X", trouble.words, code=code)


def reset(headers: Mapping[str, str]) -> datetime | None:
    """When calls are taken again. A day's limit outlasts that of a quarter of an hour; both in seconds since
    1970. The other headers of a 402 still look fine, so that nothing is read from them there."""
    spent = [
        headers.get(f"{kind}-reset", "")
        for kind in ("x-user-limit-24hour", "x-app-limit-24hour")
        if headers.get(f"{kind}-remaining") == "0"
    ]
    times = [from_epoch(value) for value in (*spent, headers.get("x-rate-limit-reset", ""))]
    return max((each for each in times if each), default=None) or retry_after(headers)


OLD_KEY = partial(stale_key, "X")
_NO_CREDIT = partial(
    Later,
    say(
        "The credit of your X developer account is used up, and X took nothing. Top it up in X's developer "
        "console; Hawker tries again by itself."
    ),
)
_CAPPED = partial(
    Later,
    say(
        "Your X developer account has reached the limit of its plan or the spending limit you set. Raise it "
        "in X's developer console; Hawker tries again by itself."
    ),
)
_NO_RIGHT = partial(
    SignInAgain,
    say(
        "X does not let your app do this. In X's developer console allow it to read and write, then connect "
        "the channel here again and allow all that Hawker asks for."
    ),
)
_LOCKED = partial(
    SignInAgain,
    say("X has locked or suspended this account. Settle that at X, then connect the channel here again."),
)
GONE = partial(gone, "X")
BAD_MEDIA = partial(
    Refused,
    say(
        "X does not take a picture or video of this post. Save it as JPEG or PNG, make it smaller, and "
        "add it again."
    ),
    field="media",
)
MANY = partial(Refused, say("X takes at most four pictures in a post. Take the others out."), field="media")
_DISALLOWED = partial(
    Refused,
    say("X does not allow what this post says or links to. Change it and try again."),
    field="text",
)
_CASHTAGS = partial(
    Refused, say("X takes one cashtag such as $ABC in a post. Take the others out."), field="text"
)
LONG = partial(
    Refused,
    say("The text is too long for X: 280 letters, and a Chinese one counts as two. Shorten it."),
    field="text",
)
NO_PARENT = partial(no_parent, "X")
NOT_SUMMONED = partial(
    Refused,
    say(
        "X lets a program answer a post of somebody else only where that post mentions or quotes you. Answer "
        "in the X app."
    ),
    field="reply_to",
)

# The types under https://api.x.com/2/problems/ (docs.x.com, 2026-08-22).
_KINDS: Mapping[str, Meaning] = {
    "credits-depleted": _NO_CREDIT,
    "usage-capped": _CAPPED,
    "client-forbidden": _NO_RIGHT,
    "unsupported-authentication": _NO_RIGHT,
    "not-authorized-for-resource": _NO_RIGHT,
    "not-authorized-for-field": _NO_RIGHT,
    "disallowed-resource": _DISALLOWED,
    "resource-not-found": GONE,
    "resource-unavailable": GONE,
}
# A 403 of the type about:blank is told apart by its words only.
_WORDS: tuple[tuple[tuple[str, ...], Meaning], ...] = (
    (("cashtag",), _CASHTAGS),
    (("locked", "suspended"), _LOCKED),
    (("deleted or not visible",), NO_PARENT),
    (("oauth1 app permissions", "not permitted to access"), _NO_RIGHT),
    (("media id", "media_id", "upload"), BAD_MEDIA),
)
_MEANINGS = Meanings(codes=_KINDS, statuses={401: OLD_KEY, 404: GONE}, words=_WORDS)
