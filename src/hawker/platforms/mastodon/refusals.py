"""What a server's refusals mean, and the sentence that its owner reads."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, retry_after
from hawker.connect.refusals import from_epoch
from hawker.connect.text import say
from hawker.platforms.mastodon.entity import entity


def explain(host: str, answer: Answer) -> NetworkError | None:
    """An answer of 400 and above; None where the rules for all networks do."""
    reason, code = reason_of(answer), str(answer.status)
    if answer.status == 401:
        return dead_key(host, code)
    if answer.status == 403 and re.search("scope|permission", reason, re.IGNORECASE):
        return narrow_key(host, code)
    if answer.status == 413:
        return bad_picture(host, code, reason)
    if answer.status == 429:
        return too_fast(host, code, answer.headers)
    if answer.status in {400, 404, 405, 410} and not reason:
        return stranger(host, code)
    return unprocessable(host, code, reason) if answer.status in {400, 422} else None


def reason_of(answer: Answer) -> str:
    """The server's own words; empty where it answered with something else than Mastodon's error entity."""
    said = entity(answer.json())
    return (said.text("error_description") or said.text("error"))[:300]


def dead_key(host: str, code: str) -> SignInAgain:
    return SignInAgain(
        say("%(host)s no longer accepts Hawker's key to this account. Sign in again.", host=host), code=code
    )


def narrow_key(host: str, code: str) -> SignInAgain:
    sentence = say(
        "The key that %(host)s gave Hawker does not allow this. Sign in again and allow all that Hawker asks"
        " for.",
        host=host,
    )
    return SignInAgain(sentence, code=code)


def too_fast(host: str, code: str, headers: Mapping[str, str]) -> Later:
    sentence = say(
        "%(host)s asks Hawker to wait: too many calls in a short time. Hawker goes on by itself.", host=host
    )
    return Later(sentence, code=code, at=reset_time(headers))


def reset_time(headers: Mapping[str, str]) -> datetime | None:
    """Mastodon writes X-RateLimit-Reset as ISO 8601 (docs, api/rate-limits), GoToSocial in Unix seconds."""
    value = headers.get("X-RateLimit-Reset", "")
    try:
        moment = from_epoch(value) or datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return retry_after(headers)


def stranger(host: str, code: str = "") -> Refused:
    return Refused(
        say("%(host)s does not answer as a Mastodon server does. Check its name.", host=host),
        code=code,
        field="server",
    )


def moved(host: str, answer: Answer) -> Refused:
    there = urlsplit(answer.headers.get("Location", "")).netloc or "?"
    return Refused(
        say(
            "%(host)s sends its callers on to %(there)s. Sign in again with that name.",
            host=host,
            there=there,
        ),
        code=str(answer.status),
        field="server",
    )


def in_work(host: str, code: str = "", _reason: str = "") -> Later:
    return Later(
        say("%(host)s is still working on the pictures. Hawker asks again soon.", host=host), code=code
    )


def long_text(host: str, code: str, _reason: str) -> Refused:
    return Refused(say("The text is too long for %(host)s. Shorten it.", host=host), code=code, field="text")


def no_text(_host: str, code: str, _reason: str) -> Refused:
    return Refused(say("Write a text or add a picture."), code=code, field="text")


def long_alternative(host: str, code: str, _reason: str) -> Refused:
    return Refused(
        say("An alternative text is too long for %(host)s. Shorten it.", host=host),
        code=code,
        field="alt_text",
    )


def bad_picture(host: str, code: str, reason: str) -> Refused:
    return Refused(
        say(
            "%(host)s does not take this picture (%(reason)s). Choose another one or save it as JPEG.",
            host=host,
            reason=reason or code,
        ),
        code=code,
        field="media",
    )


# Mastodon tells these refusals apart by their words only (config/locales/en.yml, 2026). The first that fits.
WORDS: tuple[tuple[str, Callable[[str, str, str], NetworkError]], ...] = (
    ("finished processing", in_work),
    ("character limit|text is too long", long_text),
    ("text can't be blank", no_text),
    ("description is too long", long_alternative),
    ("file|media|image|attach", bad_picture),
)


def unprocessable(host: str, code: str, reason: str) -> NetworkError | None:
    for words, meaning in WORDS:
        if re.search(words, reason, re.IGNORECASE):
            return meaning(host, code, reason)
    return None
