"""Google's refusals: the envelope that all its APIs share, and what its reasons mean everywhere."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from pydantic import BaseModel, ValidationError

from hawker.connect.budgets import Daily
from hawker.connect.errors import KeyExpired, Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, Explain, retry_after
from hawker.connect.oauth import explain_refusal
from hawker.connect.text import say

# Daily quotas begin anew at midnight there (Quota calculator of the Data API, 2026-06-01).
PACIFIC = Daily("America/Los_Angeles")
Refusal = Callable[..., NetworkError]
_TAG = re.compile(r"<[^<>]*>")


class _Item(BaseModel):
    """An entry of `errors`, or of `details` (google.rpc.ErrorInfo)."""

    reason: str = ""
    domain: str = ""
    metadata: dict[str, str] = {}


class _Error(BaseModel):
    message: str = ""
    status: str = ""
    errors: tuple[_Item, ...] = ()
    details: tuple[_Item, ...] = ()


class _Body(BaseModel):
    error: _Error


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """`reasons`: the words by which Google tells refusals apart, the most exact one first."""

    reasons: tuple[str, ...]
    message: str
    metadata: Mapping[str, str]


def read_trouble(answer: Answer) -> Trouble | None:
    """None where it is not one of Google's APIs that answered."""
    try:
        error = _Body.model_validate_json(answer.body).error
    except ValidationError:
        return None
    items = (*error.errors, *error.details)
    metadata = {name: value for item in items for name, value in item.metadata.items()}
    reasons = (*(item.reason for item in items if item.reason), *([error.status] if error.status else []))
    return Trouble(reasons=reasons, message=_TAG.sub("", error.message).strip(), metadata=metadata)


def explains(network: str, own: Mapping[str, Refusal]) -> Explain:
    """How an API's refusals are read: by its own table of reasons, then by what these mean in all of them.
    Faults of the machinery (5xx) have the rules of all networks."""

    def explain(answer: Answer) -> NetworkError | None:
        trouble = read_trouble(answer)
        if answer.status >= 500 or trouble is None:
            return None
        for table in (own, _REASONS):
            reason = next((reason for reason in trouble.reasons if reason in table), "")
            if reason:
                return _timed(table[reason](code=reason), reason, answer)
        code = next(iter(trouble.reasons), str(answer.status))
        if answer.status in _STATUSES:
            return _timed(_STATUSES[answer.status](code=code), code, answer)
        said = trouble.message[:300] or code
        sentence = say(
            "%(network)s refused this and said: “%(reason)s”. Change the post and try again.",
            network=network,
            reason=said,
        )
        return Refused(sentence, code=code)

    return explain


def _timed(error: NetworkError, reason: str, answer: Answer) -> NetworkError:
    if isinstance(error, Later) and error.at is None:
        error.at = PACIFIC.end(datetime.now(UTC)) if reason in _DAILY else retry_after(answer.headers)
    return error


def explain_tokens(answer: Answer) -> NetworkError | None:
    """RFC 6749's errors; of a dead key Google tells the reason to nobody."""
    if answer.get("error") != "invalid_grant":
        return explain_refusal("Google", answer)
    sentence = say(
        "Google no longer takes Hawker's key to this account: it was taken back, not used for half a year, "
        "or ran out. Connect the channel again. If this comes back every seven days, your app at Google is "
        "in “Testing”: publish it under “Audience” in Google Cloud console."
    )
    return Refused(sentence, code="invalid_grant", field="refresh_token")


OLD_KEY = partial(
    KeyExpired, say("Google wants a fresh key to this account. Hawker fetches one and tries again.")
)
BUSY = partial(
    Later, say("Google asks to wait: too many calls in a short time. Hawker tries again by itself.")
)
SPENT = partial(
    Later,
    say(
        "What Google allows your app in a day is used up. Hawker goes on after midnight, Pacific time. In "
        "Google Cloud console you can ask for more."
    ),
)
NO_RIGHT = partial(
    SignInAgain,
    say("Google did not give Hawker the right to do this. Connect the channel again, and tick every box."),
)
SWITCHED_OFF = partial(
    Refused,
    say(
        "This API is not switched on in your project. Enable it in Google Cloud console under “APIs & "
        "Services”, wait a few minutes, and try again."
    ),
)

_DAILY = {"quotaExceeded", "dailyLimitExceeded"}
_REASONS: Mapping[str, Refusal] = {
    "authError": OLD_KEY,
    "authorizationRequired": OLD_KEY,
    "required": OLD_KEY,
    "UNAUTHENTICATED": OLD_KEY,
    "quotaExceeded": SPENT,
    "dailyLimitExceeded": SPENT,
    "rateLimitExceeded": BUSY,
    "userRateLimitExceeded": BUSY,
    "RATE_LIMIT_EXCEEDED": BUSY,
    "RESOURCE_EXHAUSTED": BUSY,
    "insufficientPermissions": NO_RIGHT,
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": NO_RIGHT,
    "accessNotConfigured": SWITCHED_OFF,
    "SERVICE_DISABLED": SWITCHED_OFF,
}
_STATUSES: Mapping[int, Refusal] = {401: OLD_KEY, 429: BUSY}
