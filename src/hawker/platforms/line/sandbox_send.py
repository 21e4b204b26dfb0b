"""The counter of the pretend LINE at which messages are taken, and where one asks what became of them."""

import re
from collections.abc import Mapping

from hawker.connect.http import Json
from hawker.connect.pretend_fetch import fetch
from hawker.platforms.line.options import AGES, AREAS
from hawker.platforms.line.sandbox_call import Call, Refusal, turned_away
from hawker.platforms.line.sandbox_messages import Bubble, Fault, bubbles, faults
from hawker.platforms.line.sandbox_world import FEW, Person, Sent, Shop, World, progress

USED_UP = "You have reached your monthly limit."
TOO_MANY = "The API rate limit has been exceeded. Try again later."
REPEATED = "The retry key is already accepted"
NOBODY = "The property, 'to', in the request body is invalid (line: -, column: -)"
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# Of all friends so many are of a gender, of an age, or of a place.
_SHARE = 3


class Counter:
    def __init__(self, world: World) -> None:
        self._world = world

    async def validate(self, call: Call) -> Json:
        self._demand_sound(call)
        return {}

    async def broadcast(self, call: Call) -> Json:
        await self._take(call, "broadcast", call.shop.friends)
        return {}

    async def narrowcast(self, call: Call) -> Json:
        wrong = list(_of_crowd(call.body))
        if wrong and self._world.manners.looks_first:
            raise turned_away(wrong)
        sent = await self._take(call, "narrowcast", self._crowd(call), wrong)
        if self._world.manners.slow:
            sent.phase = "waiting"
        elif self._world.manners.small and sent.count < FEW:
            sent.phase, sent.code = "failed", 4
        return {}

    async def push(self, call: Call) -> Json:
        sent = await self._take(call, "push", 1)
        return {"sentMessages": _ids(sent)}

    async def progress(self, call: Call) -> Json:
        sent = call.shop.sent.get(call.query.get("requestId", ""))
        if sent is None or sent.way != "narrowcast":
            raise Refusal(404, "Not found")
        return dict(progress(sent))  # type: ignore[arg-type]

    async def _take(self, call: Call, way: str, count: int, wrong: list[Fault] | None = None) -> Sent:
        """A retry key is asked for before or after the messages are read: no document tells."""
        if self._world.manners.looks_first:
            self._demand_sound(call)
        self._demand_key(call)
        self._demand_sound(call, wrong)
        to = self._person(call) if way == "push" else None
        count = count if to is None or to.friend else 0
        self._demand_left(call.shop, count, hourly=to is None)
        sent = Sent(
            id=call.id,
            way=way,
            at=self._world.now(),
            bubbles=[await self._fetched(each) for each in bubbles(call.body["messages"])],
            count=count,
            silent=call.body.get("notificationDisabled") is True,
            to=to,
        )
        call.shop.sent[sent.id] = sent
        call.shop.used += count
        if call.key:
            call.shop.keys[call.key] = (call.id, sent.at)
        return sent

    def _demand_key(self, call: Call) -> None:
        if call.key and not _UUID.fullmatch(call.key):
            raise Refusal(400, "Invalid retry key")
        request = self._world.accepted(call.shop, call.key)
        if request:
            told = {} if self._world.manners.worded else {"x-line-accepted-request-id": request}
            sent = call.shop.sent[request]
            more: dict[str, Json] = {"sentMessages": _ids(sent)} if sent.to else {}
            raise Refusal(409, REPEATED, headers=told, more=more)

    def _demand_sound(self, call: Call, more: list[Fault] | None = None) -> None:
        found = [*faults(call.body.get("messages"), https=self._world.manners.https), *(more or [])]
        if found:
            raise turned_away(found)

    def _person(self, call: Call) -> Person:
        """No document tells whether LINE refuses whom it cannot reach, or takes the message for nobody."""
        number = str(call.body.get("to", ""))
        person = call.shop.people.get(number)
        if person and person.friend:
            return person
        if self._world.manners.mute:
            return person or Person(id=number, name="", friend=False)
        raise Refusal(400, NOBODY)

    def _demand_left(self, shop: Shop, count: int, *, hourly: bool) -> None:
        if hourly and shop.hourly is not None:
            if shop.hourly <= 0:
                raise Refusal(429, TOO_MANY)
            shop.hourly -= 1
        if not self._world.manners.unlimited and shop.used + count > shop.quota:
            raise Refusal(429, USED_UP)

    def _crowd(self, call: Call) -> int:
        match call.body.get("recipient"):
            case {"audienceGroupId": int(number)}:
                group = call.shop.groups.get(number)
                if group is None or group.status != "READY":
                    raise turned_away(
                        [Fault(message="Invalid audience", property="recipient.audienceGroupId")]
                    )
                reached = group.count
            case _:
                reached = call.shop.friends
        demographic = call.body.get("filter")
        reached = reached * (_SHARE - 1) // _SHARE if demographic else reached
        match call.body.get("limit"):
            case {"max": int(most)}:
                return min(reached, most)
        return reached

    async def _fetched(self, bubble: Bubble) -> Bubble:
        """LINE takes any address. What it cannot fetch is not there when friends look."""
        for address in {bubble.url, bubble.cover} - {""}:
            content = await fetch(address, agent="LineBotMedia/1.0")
            kind = _kind(content or b"")
            if content and kind:
                bubble.files[address] = self._world.keep(content, kind)
        return bubble


def _ids(sent: Sent) -> Json:
    each = (f"{sent.at:%Y%m%d%H%M%S%f}{place}" for place, _ in enumerate(sent.bubbles))
    return [{"id": number, "quoteToken": f"q{number}"} for number in each]


def _kind(content: bytes) -> str:
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG"):
        return "image/png"
    return "video/mp4" if content[4:8] == b"ftyp" else ""


def _of_crowd(body: Mapping[str, Json]) -> list[Fault]:
    match body.get("filter"):
        case {"demographic": {"type": "operator", "and": list(each)}}:
            filters = each
        case {"demographic": dict(one)}:
            filters = [one]
        case _:
            filters = []
    wrong = [
        Fault(message="Invalid value", property="filter.demographic") for each in filters if not _sound(each)
    ]
    match body.get("limit"):
        case {"max": int(most)} if most < 1:
            wrong.append(Fault(message="must be greater than or equal to 1", property="limit.max"))
    return wrong


def _sound(given: Json) -> bool:
    areas, ages = {each.value for each in AREAS}, {f"age_{age}" for age in AGES}
    match given:
        case {"type": "age", **limits}:
            return bool(limits) and {str(each) for each in limits.values()} <= ages
        case {"type": "gender", "oneOf": [str(gender)]}:
            return gender in {"male", "female"}
        case {"type": "area", "oneOf": [str(area)]}:
            return area in areas
    return False
