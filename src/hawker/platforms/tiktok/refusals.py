"""What TikTok's refusals mean, and the sentence that the owner reads. From developers.tiktok.com: references
of the Content Posting API, Error handling, Rate limits, 2026-11-05."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from pydantic import BaseModel, ValidationError

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, retry_after
from hawker.connect.refusals import Meaning, Meanings, as_said, gone, stale_key, stranger, too_fast
from hawker.connect.text import say
from hawker.platforms.tiktok import options as opt

NAME = "TikTok"
FAULT = "internal_error"
# Limits are for a sliding minute; no answer tells how much of it is left.
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Trouble(BaseModel):
    code: str = ""
    message: str = ""


class _Body(BaseModel):
    error: Trouble


def read_trouble(answer: Answer) -> Trouble | None:
    """None where the answer is not in TikTok's envelope."""
    try:
        return _Body.model_validate_json(answer.body).error
    except ValidationError:
        return None


def explain(answer: Answer) -> NetworkError | None:
    """Also of a 200, whose envelope may hold a refusal. Faults of the machinery (5xx), and a 429 from what
    stands before TikTok, have the rules of all networks."""
    trouble = read_trouble(answer)
    if answer.status >= 500 or (trouble is None and answer.status == 429):
        return None
    if trouble is None:
        return stranger(NAME, str(answer.status)) if answer.status >= 400 else None
    if answer.status < 400 and trouble.code in {"", "ok"}:
        return None
    if answer.status == 429 or trouble.code == "rate_limit_exceeded":
        at = retry_after(answer.headers) or datetime.now(UTC) + MINUTE
        return too_fast(NAME, at=at, code=trouble.code or "429")
    return _named(trouble, answer.status)


def _named(trouble: Trouble, status: int) -> NetworkError:
    found = _MEANINGS.of(code=trouble.code, status=status, text=trouble.message)
    return found or as_said(NAME, trouble.message or trouble.code, code=trouble.code or str(status))


def failed(reason: str) -> NetworkError:
    """Why a post that TikTok had taken came to nothing (`fail_reason`)."""
    found = _FAILURES.of(code=reason)
    return found or as_said(NAME, reason or "FAILED", code=reason or "FAILED", field="media")


def _in_an_hour(sentence: Meaning, code: str = "") -> NetworkError:
    error = sentence(code=code)
    if isinstance(error, Later):
        error.at = datetime.now(UTC) + HOUR
    return error


_FULL = partial(
    _in_an_hour,
    partial(
        Later,
        say(
            "This account has posted as much through programs as TikTok takes in 24 hours, about 15 posts. "
            "Hawker tries again by itself."
        ),
    ),
)
_PENDING = partial(
    _in_an_hour,
    partial(
        Later,
        say(
            "Five drafts wait in this account’s TikTok inbox, and TikTok takes no more within 24 hours. "
            "Finish or delete them in the TikTok app; Hawker tries again by itself."
        ),
    ),
)
_USERS = partial(
    _in_an_hour,
    partial(
        Later,
        say(
            "Your TikTok app has served as many accounts as TikTok allows it in 24 hours: five until it is "
            "audited. Hawker tries again by itself."
        ),
    ),
)
_NO_RIGHT = partial(
    SignInAgain,
    say(
        "TikTok does not let your app do this for the account. Connect the channel again and allow all that "
        "Hawker asks for; see that the app has these scopes."
    ),
)
_BANNED = partial(
    Refused,
    say(
        "TikTok has barred this account from posting. Open the TikTok app, see what it says, and try again "
        "when that is settled."
    ),
)
UNAUDITED = partial(
    Refused,
    say(
        "TikTok has not audited your app yet. Until then choose “Only you”, and set the account itself to "
        "private in the TikTok app; or send a draft to its inbox."
    ),
    field=opt.PRIVACY,
)
_PRIVACY = partial(
    Refused,
    say("TikTok does not offer this audience to your account now. Choose another one."),
    field=opt.PRIVACY,
)
NOT_FETCHED = partial(
    Refused,
    say(
        "TikTok could not fetch a photo from this Hawker. See that Hawker’s address is open to the internet "
        "with https and leads on to no other; then try again."
    ),
    field="media",
)
_FOREIGN = partial(
    Refused,
    say(
        "TikTok fetches photos only from addresses that are yours. In TikTok’s developer portal verify "
        "Hawker’s domain or address under “URL properties”; then try again."
    ),
    field="media",
)
_SPAM = partial(
    Refused,
    say("TikTok took this for spam. Wait some hours, change the post, and try again."),
    field="text",
)
_WORDS = partial(
    Refused, say("TikTok does not allow what this post says. Change the text and try again."), field="text"
)
_BAD_FILE = partial(
    Refused,
    say(
        "TikTok cannot use this video or photo. Save the video as MP4 (H.264) or the photo as JPEG, and add "
        "it again."
    ),
    field="media",
)
_DURATION = partial(
    Refused,
    say("The video is too short or too long for this account at TikTok. Cut it and add it again."),
    field="media",
)
_RATE = partial(
    Refused,
    say("TikTok takes videos of 23 to 60 frames a second. Save it that way and add it again."),
    field="media",
)
_SIZE = partial(
    Refused,
    say(
        "TikTok takes videos of 360 to 4,096 pixels on each side and photos of up to 1080p. Change it and "
        "add it again."
    ),
    field="media",
)
_TEXT = partial(
    Refused,
    say(
        "The text or title is too long for TikTok: 2,200 letters with a video, 4,000 with photos, 90 in a "
        "title. Shorten it."
    ),
    field="text",
)
_CANCELLED = partial(
    Refused, say("This post was cancelled at TikTok before it was out. Publish it again if you want it.")
)
_TAKEN_BACK = partial(
    SignInAgain,
    say("Your account took back Hawker’s right to post at TikTok. Connect the channel again."),
)
_FAULTY = partial(Later, say("TikTok had a fault, and the post is not out. Hawker tries again by itself."))
UNKNOWN_POST = partial(gone, NAME)

_OWN: Mapping[str, Meaning] = {
    "access_token_invalid": partial(stale_key, NAME),
    "scope_not_authorized": _NO_RIGHT,
    "scope_permission_missed": _NO_RIGHT,
    "spam_risk_too_many_posts": _FULL,
    "spam_risk_too_many_pending_share": _PENDING,
    "reached_active_user_cap": _USERS,
    "spam_risk_user_banned_from_posting": _BANNED,
    "spam_risk_text": _WORDS,
    "spam_risk": _SPAM,
    "unaudited_client_can_only_post_to_private_accounts": UNAUDITED,
    "privacy_level_option_mismatch": _PRIVACY,
    "url_ownership_unverified": _FOREIGN,
    "invalid_file_upload": _BAD_FILE,
    "invalid_publish_id": UNKNOWN_POST,
    "publish_id_not_found": UNKNOWN_POST,
    FAULT: _FAULTY,
}
_MEANINGS = Meanings(
    codes=_OWN,
    statuses={401: partial(stale_key, NAME), 404: UNKNOWN_POST},
    words=(
        (("publish_id",), UNKNOWN_POST),
        (("title", "description", "caption"), _TEXT),
        (("privacy",), _PRIVACY),
        (("photo", "video", "image", "media"), _BAD_FILE),
    ),
)
_FAILURES = Meanings(
    codes={
        **_OWN,
        "file_format_check_failed": _BAD_FILE,
        "duration_check_failed": _DURATION,
        "frame_rate_check_failed": _RATE,
        "picture_size_check_failed": _SIZE,
        "video_pull_failed": NOT_FETCHED,
        "photo_pull_failed": NOT_FETCHED,
        "publish_cancelled": _CANCELLED,
        "auth_removed": _TAKEN_BACK,
        "internal": _FAULTY,
    }
)
