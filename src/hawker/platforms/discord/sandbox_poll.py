"""Polls of the pretend Discord: what it takes, and how it shows them (docs resources/poll, 2026-08-06)."""

from datetime import datetime, timedelta

from hawker.connect.http import Json
from hawker.connect.length import utf16_units
from hawker.platforms.discord.sandbox_call import Call, invalid
from hawker.platforms.discord.sandbox_world import Poll

QUESTION, ANSWERS, ANSWER, HOURS = 300, 10, 55, 768


def poll_of(call: Call, now: datetime) -> Poll | None:
    """Raises what Discord refuses. Nothing says that a poll may come with files: here it may not."""
    given = call.fields.get("poll")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise invalid("poll", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
    if call.files:
        raise invalid("poll", "POLL_WITH_FILES", "A poll goes without files.")
    hours = given.get("duration") or 24
    if not isinstance(hours, int | float) or not 1 <= hours <= HOURS:
        raise invalid("poll.duration", "NUMBER_TYPE_MAX", f"int value should be 1 to {HOURS}.")
    return Poll(
        question=_text(given.get("question"), "poll.question.text", QUESTION),
        answers=_answers(given.get("answers")),
        several=given.get("allow_multiselect") is True,
        ends=now + timedelta(hours=hours),
    )


def shown(poll: Poll) -> dict[str, Json]:
    answers: list[Json] = [
        {"answer_id": place, "poll_media": {"text": text}} for place, text in enumerate(poll.answers, 1)
    ]
    return {
        "question": {"text": poll.question},
        "answers": answers,
        "expiry": poll.ends.isoformat(),
        "allow_multiselect": poll.several,
        "layout_type": 1,
        "results": {"answer_counts": [], "is_finalized": False},
    }


def _answers(given: Json) -> tuple[str, ...]:
    listed = given if isinstance(given, list) else []
    if not 1 <= len(listed) <= ANSWERS:
        raise invalid("poll.answers", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {ANSWERS} in length.")
    media = [each.get("poll_media") if isinstance(each, dict) else None for each in listed]
    return tuple(
        _text(each, f"poll.answers.{place}.poll_media.text", ANSWER) for place, each in enumerate(media)
    )


def _text(media: Json, path: str, most: int) -> str:
    text = media.get("text") if isinstance(media, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise invalid(path, "BASE_TYPE_REQUIRED", "This field is required")
    if utf16_units(text) > most:
        raise invalid(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
    return text
