"""Polls of the pretend Telegram: what it takes, and how it shows them (Bot API 10.1, 2026-06-11)."""

import secrets

from hawker.connect.http import Json
from hawker.connect.length import utf16_units
from hawker.platforms.telegram.sandbox_call import Call, Refusal
from hawker.platforms.telegram.sandbox_world import Poll

QUESTION, ANSWERS, ANSWER, TEXT, OPEN = 300, 12, 100, 1_024, 2_628_000


def poll_of(call: Call) -> Poll:
    """Raises what Telegram refuses; in channels nobody's vote is shown."""
    if call.text("is_anonymous") and not call.flag("is_anonymous"):
        raise Refusal(400, "Bad Request: non-anonymous polls can't be sent to channel chats")
    period = call.number("open_period")
    if call.text("open_period") and not 5 <= period <= OPEN:
        raise Refusal(400, "Bad Request: invalid poll open period specified")
    return Poll(
        id=str(secrets.randbits(60)),
        question=_worded(call.text("question"), "question", QUESTION),
        answers=_answers(call),
        several=call.flag("allows_multiple_answers"),
        period=period,
    )


def text_of(call: Call) -> str:
    text = call.text("description").strip()
    if utf16_units(text) > TEXT:
        raise Refusal(400, "Bad Request: poll description is too long")
    return text


def shown(poll: Poll, text: str) -> dict[str, Json]:
    answers: list[Json] = [
        {"persistent_id": f"{poll.id}-{place}", "text": answer, "voter_count": 0}
        for place, answer in enumerate(poll.answers)
    ]
    told: dict[str, Json] = {
        "id": poll.id,
        "question": poll.question,
        "options": answers,
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": poll.several,
        "allows_revoting": True,
        "members_only": False,
    }
    more: dict[str, Json] = {"description": text} if text else {}
    return {**told, **more, **({"open_period": poll.period} if poll.period else {})}


def _answers(call: Call) -> tuple[str, ...]:
    """Each an object with a text, or a text as it was before."""
    given = call.json("options")
    listed = given if isinstance(given, list) else []
    texts = [each.get("text") if isinstance(each, dict) else each for each in listed]
    if not 1 <= len(texts) <= ANSWERS:
        raise Refusal(400, f"Bad Request: poll must have at most {ANSWERS} options and at least one")
    return tuple(_worded(each if isinstance(each, str) else "", "options", ANSWER) for each in texts)


def _worded(text: str, what: str, most: int) -> str:
    if not text.strip():
        raise Refusal(400, f"Bad Request: poll {what} must be non-empty")
    if utf16_units(text.strip()) > most:
        raise Refusal(400, f"Bad Request: poll {what} length must not exceed {most}")
    return text.strip()
