"""A local post as Google wants it."""

from collections.abc import Mapping, Sequence

from hawker.connect.errors import Refused
from hawker.connect.http import Json
from hawker.connect.text import say
from hawker.connect.values import Draft
from hawker.platforms.google_business import options as opt
from hawker.platforms.google_business.options import Moment, given, kind_of, moment

TOPICS = {opt.UPDATE: "STANDARD", opt.EVENT: "EVENT", opt.OFFER: "OFFER"}
UNREADABLE = say("Write the day as 2026-12-01, and a time behind it where there is one: 2026-12-01 09:00.")


def body(draft: Draft, pictures: Sequence[str]) -> dict[str, Json]:
    """`pictures`: the addresses at which Google finds them. Raises Refused where a time cannot be read."""
    options, kind = draft.options, kind_of(draft.options)
    made: dict[str, Json] = {"languageCode": draft.language, "summary": draft.text, "topicType": TOPICS[kind]}
    if kind != opt.UPDATE:
        made["event"] = {"title": given(options, opt.TITLE), "schedule": _schedule(options)}
    if kind == opt.OFFER:
        made["offer"] = _offer(options)
    elif button := given(options, opt.BUTTON):
        made["callToAction"] = _button(button, given(options, opt.LINK))
    if pictures:
        made["media"] = [{"mediaFormat": "PHOTO", "sourceUrl": address} for address in pictures]
    return made


def _button(button: str, link: str) -> dict[str, Json]:
    """Who calls needs no link: Google knows the number."""
    return {"actionType": button.upper(), **({} if button == opt.CALL else {"url": link})}


def _offer(options: Mapping[str, str]) -> dict[str, Json]:
    names = {"couponCode": opt.COUPON, "redeemOnlineUrl": opt.REDEEM, "termsConditions": opt.TERMS}
    return {theirs: given(options, ours) for theirs, ours in names.items() if given(options, ours)}


def _schedule(options: Mapping[str, str]) -> dict[str, Json]:
    start, end = _moment(options, opt.START), _moment(options, opt.END)
    return {**_sides("start", start), **_sides("end", end)}


def _moment(options: Mapping[str, str], name: str) -> Moment:
    found = moment(given(options, name))
    if found is None:
        raise Refused(UNREADABLE, field=name)
    return found


def _sides(side: str, at: Moment) -> dict[str, Json]:
    day: Json = {"year": at.day.year, "month": at.day.month, "day": at.day.day}
    if at.at is None:
        return {f"{side}Date": day}
    return {f"{side}Date": day, f"{side}Time": {"hours": at.at.hour, "minutes": at.at.minute}}
