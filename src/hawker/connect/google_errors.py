"""Google's refusals: the envelope that all its APIs share, and what its reasons mean everywhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from pydantic import BaseModel, ValidationError

from hawker.connect.budgets import Daily
from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, Explain, retry_after
from hawker.connect.oauth import explain_refusal
from hawker.connect.refusals import Meaning, Meanings, as_said, stale_key, too_fast
from hawker.connect.text import say

# Daily quotas begin anew at midnight there (Quota calculator of the Data API, 2026-06-01).
PACIFIC = Daily("America/Los_Angeles")
NAME = "Google"
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


def explains(network: str, own: Mapping[str, Meaning]) -> Explain:
    """How an API's refusals are read: the most exact reason that is known, by the API's own table, then by
    what it means in all of them. Faults of the machinery (5xx) have the rules of all networks."""
    tables = (Meanings(codes=own), _EVERYWHERE)

    def explain(answer: Answer) -> NetworkError | None:
        trouble = read_trouble(answer)
        if answer.status >= 500 or trouble is None:
            return None
        reasons = (*trouble.reasons, "")
        for reason in reasons:
            for table in tables:
                status = 0 if reason else answer.status
                if meant := table.of(code=reason, status=status):
                    return _timed(meant, answer)
        code = reasons[0] or str(answer.status)
        return as_said(network, trouble.message or code, code=code)

    return explain


def _timed(error: NetworkError, answer: Answer) -> NetworkError:
    if isinstance(error, Later) and error.at is None:
        spent = error.code in _DAILY
        error.at = PACIFIC.end(datetime.now(UTC)) if spent else retry_after(answer.headers)
    return error


def explain_tokens(answer: Answer) -> NetworkError | None:
    """RFC 6749's errors; of a dead key Google tells the reason to nobody."""
    if answer.get("error") != "invalid_grant":
        return explain_refusal(NAME, answer)
    sentence = say(
        "Google no longer takes Hawker's key to this account: it was taken back, not used for half a year, "
        "or ran out. Connect the channel again. If this comes back every seven days, your app at Google is "
        "in “Testing”: publish it under “Audience” in Google Cloud console."
    )
    return Refused(sentence, code="invalid_grant", field="refresh_token")


_OLD_KEY = partial(stale_key, NAME)
_BUSY = partial(too_fast, NAME, at=None)
_SPENT = partial(
    Later,
    say(
        "What Google allows your app in a day is used up. Hawker goes on after midnight, Pacific time. In "
        "Google Cloud console you can ask for more."
    ),
)
_NO_RIGHT = partial(
    SignInAgain,
    say("Google did not give Hawker the right to do this. Connect the channel again, and tick every box."),
)
_SWITCHED_OFF = partial(
    Refused,
    say(
        "This API is not switched on in your project. Enable it in Google Cloud console under “APIs & "
        "Services”, wait a few minutes, and try again."
    ),
)

_DAILY = {"quotaExceeded", "dailyLimitExceeded"}
_EVERYWHERE = Meanings(
    codes={
        "authError": _OLD_KEY,
        "authorizationRequired": _OLD_KEY,
        "required": _OLD_KEY,
        "UNAUTHENTICATED": _OLD_KEY,
        "quotaExceeded": _SPENT,
        "dailyLimitExceeded": _SPENT,
        "rateLimitExceeded": _BUSY,
        "userRateLimitExceeded": _BUSY,
        "RATE_LIMIT_EXCEEDED": _BUSY,
        "RESOURCE_EXHAUSTED": _BUSY,
        "insufficientPermissions": _NO_RIGHT,
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT": _NO_RIGHT,
        "accessNotConfigured": _SWITCHED_OFF,
        "SERVICE_DISABLED": _SWITCHED_OFF,
    },
    statuses={401: _OLD_KEY, 429: _BUSY},
)
