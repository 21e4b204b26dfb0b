"""What Google's refusals mean for a Business Profile."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from pydantic import BaseModel, ValidationError

from hawker.connect.errors import Later, NetworkError, Refused
from hawker.connect.google_errors import explains, read_trouble
from hawker.connect.http import Answer
from hawker.connect.refusals import Meaning, Meanings, as_said, gone
from hawker.connect.text import say
from hawker.platforms.google_business import options as opt
from hawker.platforms.google_business.budgets import MINUTE, TOO_MANY

NAME = "Google Business"
NO_PLACE = partial(
    Refused,
    say(
        "Google no longer knows this place for your account. Look at business.google.com whether you still "
        "manage it, then connect the channel again."
    ),
)
NOT_ALLOWED = partial(
    Refused,
    say(
        "Google does not let your account post for this place. At business.google.com see that the place is "
        "verified, and that you are its owner or manager; then try again."
    ),
)
NOT_APPROVED = partial(
    Refused,
    say(
        "Google has not let your project in yet: it allows no calls a minute. Send the form for access to "
        "the Business Profile APIs, and try again when Google has answered."
    ),
)
BUSY = partial(
    Later,
    say(
        "Google asks to wait: it takes 300 calls a minute, and ten changes of one place. Hawker tries again "
        "by itself. Where this never ends, Google has not let your project in yet."
    ),
)
NOT_FETCHED = partial(
    Refused,
    say(
        "Google could not fetch the picture from this Hawker. See that Hawker's address is open to the "
        "internet with https, and that the picture is a whole JPEG or PNG; then try again."
    ),
    field="media",
)
NO_VIDEOS = partial(Refused, say("Google takes no videos in these posts. Take the video out."), field="media")
BAD_PICTURE = partial(
    Refused,
    say("Google takes pictures of 10 kilobytes to 5 megabytes, 250 pixels or more on each side. Change it."),
    field="media",
)
TOO_LONG = partial(Refused, say("Google takes 1500 letters in a post. Shorten the text."), field="text")
PHONE = partial(
    Refused,
    say(
        "Google takes no telephone number in the text. Take it out: the button “Call” uses the number of "
        "your profile."
    ),
    field="text",
)
REJECTED = partial(
    Refused,
    say(
        "Google took this post and then rejected it, so nobody sees it. It rejects telephone numbers, "
        "offensive words, and what its rules for posts forbid. Change the text or the picture and try again."
    ),
    code="REJECTED",
    field="text",
)
NO_REPLIES = partial(
    Refused,
    say("Nothing can follow a post at Google Business. Put everything into one post."),
    field="reply_to",
)

_OWN: Mapping[str, Meaning] = {
    "RATE_LIMIT_EXCEEDED": BUSY,
    "RESOURCE_EXHAUSTED": BUSY,
    "rateLimitExceeded": BUSY,
    "forbidden": NOT_ALLOWED,
    "PERMISSION_DENIED": NOT_ALLOWED,
    "notFound": NO_PLACE,
    "NOT_FOUND": NO_PLACE,
}
_GONE: Mapping[str, Meaning] = {
    **_OWN,
    "notFound": partial(gone, NAME),
    "NOT_FOUND": partial(gone, NAME),
}
_SAID = Meanings(
    words=(
        (("fetching image", "fetching media", "fetch the"), NOT_FETCHED),
        (("video",), NO_VIDEOS),
        (("phone number",), PHONE),
        (("bytes", "pixels", "dimension", "aspect ratio", "image format", "image size"), BAD_PICTURE),
        (("summary is too long", "summary exceeds", "summary length"), TOO_LONG),
    )
)
# Google's name of what is wrong, and the field of ours in which it is.
_FIELDS = (
    ("media", "media"),
    ("call_to_action.url", opt.LINK),
    ("call_to_action", opt.BUTTON),
    ("event.title", opt.TITLE),
    ("event.schedule.end", opt.END),
    ("event", opt.START),
    ("offer.coupon", opt.COUPON),
    ("offer.redeem", opt.REDEEM),
    ("offer", opt.TERMS),
    ("topic_type", opt.KIND),
    ("", "text"),
)


class _Fault(BaseModel):
    field: str = ""
    message: str = ""


class _Detail(BaseModel):
    """google.mybusiness.v4.ValidationError; of other details nothing is read here."""

    errorDetails: tuple[_Fault, ...] = ()  # noqa: N815


class _Error(BaseModel):
    message: str = ""
    details: tuple[_Detail, ...] = ()


class _Body(BaseModel):
    error: _Error


def explain(answer: Answer) -> NetworkError | None:
    return _validation(answer) or _no_quota(answer) or _timed(_of_place(answer), answer)


def explain_post(answer: Answer) -> NetworkError | None:
    """For calls about one post: where it is gone, the place may still be there."""
    return _no_quota(answer) or _timed(_of_post(answer), answer)


_of_place, _of_post = explains(NAME, _OWN), explains(NAME, _GONE)


def _timed(error: NetworkError | None, answer: Answer) -> NetworkError | None:
    """All limits are for a minute; no answer tells how much of it is left."""
    if answer.status == TOO_MANY and isinstance(error, Later) and error.at is None:
        error.at = datetime.now(UTC) + MINUTE
    return error


def _no_quota(answer: Answer) -> NetworkError | None:
    """A project that Google has not approved has the limit 0."""
    trouble = read_trouble(answer)
    if (
        answer.status not in {403, TOO_MANY}
        or not trouble
        or trouble.metadata.get("quota_limit_value") != "0"
    ):
        return None
    return NOT_APPROVED(code="quota_limit_value=0")


def _validation(answer: Answer) -> NetworkError | None:
    """What is wrong with a post; its 400 alone says “invalid argument” of everything."""
    try:
        error = _Body.model_validate_json(answer.body).error
    except ValidationError:
        return None
    faults = [fault for detail in error.details for fault in detail.errorDetails]
    if answer.status != 400 or not faults:
        return None
    fault, code = faults[0], "INVALID_ARGUMENT"
    field = next(ours for theirs, ours in _FIELDS if fault.field.startswith(theirs))
    said = fault.message or error.message
    return _SAID.of(code=code, text=said) or as_said(NAME, said, code=code, field=field)
