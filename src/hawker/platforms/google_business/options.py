"""What an owner settles of a post beside its text, and how she types times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from hawker.connect.typed import plain

KIND, TITLE, START, END = "kind", "title", "start", "end"
COUPON, REDEEM, TERMS = "coupon", "redeem", "terms"
BUTTON, LINK = "button", "link"
UPDATE, EVENT, OFFER = "update", "event", "offer"
BOOK, ORDER, SHOP, LEARN_MORE, SIGN_UP, CALL = "book", "order", "shop", "learn_more", "sign_up", "call"
BUTTONS = (BOOK, ORDER, SHOP, LEARN_MORE, SIGN_UP, CALL)
KINDS = (UPDATE, EVENT, OFFER)

_MOMENT = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日號]?"
    r"(?:(?:T|,?\s*)(?P<early>上午|下午|晚上)?\s*(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|[點時](?:(?P<past>\d{1,2})分?)?)?"
    r"\s*(?P<late>[ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
_AFTERNOON, _MORNING = {"下午", "晚上", "pm"}, {"上午", "am"}
NOON = 12


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A day, or a time of a day, where the place is. Without `at` it is the whole day."""

    day: date
    at: time | None = None


def moment(typed: str) -> Moment | None:
    """None where it is neither a day nor a time. The year must be in front: what else might be the day?"""
    match = _MOMENT.fullmatch(plain(typed))
    if not match:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return Moment(day=day, at=_time(match) if match["hour"] else None)
    except ValueError:
        return None


def _time(match: re.Match[str]) -> time:
    hour, minute = int(match["hour"]), int(match["minute"] or match["past"] or 0)
    half = (match["early"] or match["late"] or "").lower().replace(".", "")
    if half and not 1 <= hour <= NOON:
        raise ValueError(match[0])
    if half in _AFTERNOON:
        hour = hour % NOON + NOON
    elif half in _MORNING:
        hour %= NOON
    return time(hour, minute)


def given(options: Mapping[str, str], name: str) -> str:
    return options.get(name, "").strip()


def kind_of(options: Mapping[str, str]) -> str:
    return given(options, KIND) or UPDATE
