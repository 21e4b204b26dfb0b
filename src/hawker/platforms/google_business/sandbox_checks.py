"""What the pretend Business Profile refuses of a post that is handed in."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from hawker.connect.http import Json
from hawker.platforms.google_business.sandbox_errors import faulty, invalid, no_enum, unknown

Said: TypeAlias = Mapping[str, Json]
_POST = (
    "name languageCode summary callToAction createTime updateTime scheduledTime recurringInstanceTime event "
    "state media searchUrl topicType alertType offer"
)
FIELDS: Mapping[str, frozenset[str]] = {
    "local_post": frozenset(_POST.split()),
    "local_post.call_to_action": frozenset(["actionType", "url"]),
    "local_post.event": frozenset(["title", "schedule", "recurrenceInfo"]),
    "local_post.event.schedule": frozenset(["startDate", "startTime", "endDate", "endTime"]),
    "local_post.offer": frozenset(["couponCode", "redeemOnlineUrl", "termsConditions"]),
    "local_post.media": frozenset(["mediaFormat", "sourceUrl", "name", "googleUrl", "locationAssociation"]),
}
TOPICS = {"STANDARD", "EVENT", "OFFER", "ALERT"}
ACTIONS = {"BOOK", "ORDER", "SHOP", "LEARN_MORE", "SIGN_UP", "CALL", "GET_OFFER"}
OUTPUT_ONLY = ("name", "state", "createTime", "updateTime", "searchUrl", "recurringInstanceTime")
TEXT, TITLE = 1_500, 58


def part(said: Said, name: str, where: str) -> Said:
    """An object within an object, with no other fields than it may have."""
    found = said.get(name, {})
    if not isinstance(found, dict):
        raise invalid(f"Invalid value at '{where}'")
    return known(found, where)


def known(said: Said, where: str) -> Said:
    strange = next((name for name in said if name not in FIELDS[where]), "")
    if strange:
        raise unknown(strange, where)
    return said


def text(said: Said, name: str) -> str:
    value = said.get(name, "")
    return value if isinstance(value, str) else ""


def examine(said: Said) -> None:
    """Raises what Google answers to a post that is not in order, but for its pictures."""
    known(said, "local_post")
    topic = text(said, "topicType")
    if not topic:
        raise faulty("topic_type", "Topic type is required for post creation.")
    if topic not in TOPICS:
        raise no_enum("local_post.topic_type", topic)
    if len(text(said, "summary").encode("utf-16-le")) // 2 > TEXT:
        raise faulty("summary", "Summary is too long.")
    if topic == "ALERT":
        raise faulty("alert_type", "Alert type is not supported.")
    if topic == "EVENT" and "event" not in said:
        raise faulty("event", "Event is required for this topic type.")
    if "event" in said:
        _event(part(said, "event", "local_post.event"))
    if "offer" in said:
        part(said, "offer", "local_post.offer")
        if topic != "OFFER":
            raise faulty("offer", "Offer can only be set for this topic type.")
    if "callToAction" in said and topic != "OFFER":
        _button(part(said, "callToAction", "local_post.call_to_action"))


def _event(event: Said) -> None:
    title = text(event, "title")
    if not title:
        raise faulty("event.title", "Event title is required.")
    if len(title) > TITLE:
        raise faulty("event.title", "Event title is too long.")
    schedule = part(event, "schedule", "local_post.event.schedule")
    start, end = _day(schedule, "start"), _day(schedule, "end")
    if (start, _clock(schedule, "startTime")) > (end, _clock(schedule, "endTime", last=True)):
        raise faulty("event.schedule.end_date", "Event end must be after its start.")


def _day(schedule: Said, side: str) -> date:
    found = schedule.get(f"{side}Date")
    try:
        if isinstance(found, dict):
            return date(_number(found, "year"), _number(found, "month"), _number(found, "day"))
    except ValueError:
        pass
    raise faulty(f"event.schedule.{side}_date", f"Event {side} date is missing or invalid.")


def _clock(schedule: Said, name: str, *, last: bool = False) -> tuple[int, int]:
    found = schedule.get(name)
    if not isinstance(found, dict):
        return (24, 0) if last else (0, 0)
    hours, minutes = _number(found, "hours"), _number(found, "minutes")
    if not (0 <= hours <= 24 and 0 <= minutes < 60):
        raise faulty(f"event.schedule.{name}", "Time is invalid.")
    return hours, minutes


def _number(said: Said, name: str) -> int:
    value = said.get(name, 0)
    return value if isinstance(value, int) else -1


def _button(button: Said) -> None:
    action, url = text(button, "actionType"), text(button, "url")
    if action not in ACTIONS:
        raise no_enum("local_post.call_to_action.action_type", action)
    if action == "CALL" and url:
        raise faulty("call_to_action.url", "Url must not be set for the call action.")
    if action != "CALL" and not url.startswith(("http://", "https://")):
        raise faulty("call_to_action.url", "A valid url is required for this action.")
