"""The pretend relay: NIP-01, 09, 11, 13 and 42, with the refusals that they name."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp import ClientConnectionResetError, WSMsgType, web

from hawker.connect.http import Json
from hawker.connect.pretend import MEET, Replies
from hawker.platforms.nostr import events
from hawker.platforms.nostr.events import Event, Kind
from hawker.platforms.nostr.reach import as_socket
from hawker.platforms.nostr.sandbox_store import Store, fits

_PRIVATE = "auth-required: we only serve our members"
_PUT_OUT = "restricted: you are not a member of this relay any more"
_SLOW_DOWN = "rate-limited: slow down there chief"


@dataclass
class Rules:
    """`members`: whoever speaks must say who she is, `writers`: whoever writes; `work`: the zero bits of an
    id; `ahead`: the seconds that a time may lie in the future; `limit`: how many events it tells at a time;
    `refusal`: of every event."""

    content: int = 8_000
    message: int = 131_072
    work: int = 0
    ahead: int = 900
    limit: int = 500
    members: bool = False
    writers: bool = False
    refusal: str = ""

    def document(self) -> Mapping[str, Json]:
        return {
            "name": "A pretend relay",
            "description": "It starts anew with Hawker and forgets what was published before.",
            "supported_nips": [1, 9, 11, 13, 42],
            "software": "hawker",
            "limitation": {
                "max_content_length": self.content,
                "max_message_length": self.message,
                "min_pow_difficulty": self.work,
                "auth_required": self.members,
                "created_at_upper_limit": self.ahead,
                "max_limit": self.limit,
            },
        }


@dataclass
class Guest:
    """Whoever holds one connection. `names`: the public keys by which she has shown who she is; `asks`: what
    she wants to be told of, under the name of each question."""

    challenge: str = field(default_factory=lambda: secrets.token_hex(16))
    names: set[str] = field(default_factory=set)
    asks: dict[str, list[dict[str, Json]]] = field(default_factory=dict)

    def told(self, event: Event) -> Replies:
        wanted = (name for name, filters in self.asks.items() if any(fits(event, each) for each in filters))
        return [_frame("EVENT", name, event.model_dump()) for name in wanted]


class PretendRelay:
    """`signer`: what a signer that listens there says to an event, if anything."""

    def __init__(
        self, address: str, store: Store, signer: Callable[[Event], Sequence[Event]] = lambda _: ()
    ) -> None:
        self.rules = Rules()
        self._signer = signer
        self._address = address
        self._store = store

    def routes(self) -> Sequence[web.RouteDef]:
        return [web.get("/relay", self._answer)]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._talk(request)
        if "application/nostr+json" not in request.headers.get("Accept", ""):
            return web.Response(text="Please use a Nostr client to connect.")
        document = json.dumps(self.rules.document())
        headers = {"Access-Control-Allow-Origin": "*"}
        return web.Response(text=document, content_type="application/nostr+json", headers=headers)

    async def _talk(self, request: web.Request) -> web.WebSocketResponse:
        socket, guest = web.WebSocketResponse(max_msg_size=self.rules.message), Guest()
        await socket.prepare(request)
        if self._wants_names:
            await socket.send_str(_frame("AUTH", guest.challenge))
        # Who hung up hears no reply.
        with suppress(ClientConnectionResetError):
            await self._converse(request, socket, guest)
        return socket

    async def _converse(self, request: web.Request, socket: web.WebSocketResponse, guest: Guest) -> None:
        async for message in socket:
            said = _read(message.data) if message.type is WSMsgType.TEXT else None
            replies = await self._met(request, guest, said)
            if replies is None:
                await socket.close(code=1011)
                break
            for reply in replies:
                await socket.send_str(reply)

    @property
    def _wants_names(self) -> bool:
        return self.rules.members or self.rules.writers or bool(self._store.banned)

    async def _met(self, request: web.Request, guest: Guest, said: Json) -> Replies | None:
        sends, limited = False, [_frame("NOTICE", _SLOW_DOWN)]
        match said:
            case ["EVENT", {"id": str(event_id), "kind": kind}, *_]:
                sends, limited = kind == Kind.note, [_frame("OK", event_id, False, _SLOW_DOWN)]
            case ["REQ", str(name), *_]:
                limited = [_frame("CLOSED", name, _SLOW_DOWN)]
        return await request[MEET](lambda: self._reply(guest, said), sends=sends, limited=limited)

    def _reply(self, guest: Guest, said: Json) -> Replies:
        match said:
            case ["EVENT", dict(value)]:
                return self._take(guest, value)
            case ["REQ", str(name), *filters] if 0 < len(name) <= 64 and filters:
                return self._look(guest, name, [each for each in filters if isinstance(each, dict)])
            case ["CLOSE", str(name)]:
                guest.asks.pop(name, None)
                return []
            case ["AUTH", dict(value)]:
                return [self._identify(guest, value)]
        return [_frame("NOTICE", "error: could not parse command")]

    def _take(self, guest: Guest, value: Mapping[str, Json]) -> Replies:
        """What it makes known goes to the guest alone: no other listens to the pretend relay."""
        event, event_id = events.read(value), str(value.get("id", ""))
        if event is None:
            return [_frame("OK", event_id, False, "invalid: bad event id or signature")]
        refusal = self._shut(guest, event.pubkey) or self._refusal(event) or self._store.keep(event)
        taken = _frame("OK", event.id, not refusal or refusal.startswith("duplicate"), refusal)
        known = [] if refusal else [event, *self._signer(event)]
        return [taken, *(frame for each in known for frame in guest.told(each))]

    def _refusal(self, event: Event) -> str:
        rules = self.rules
        if rules.refusal:
            return rules.refusal
        if len(event.content) > rules.content:
            return f"invalid: content is longer than {rules.content} characters"
        if event.created_at > datetime.now(UTC).timestamp() + rules.ahead:
            return "invalid: event creation date is too far off from the current time"
        if int(event.id, 16) >> 256 - rules.work:
            return f"pow: {rules.work} bits are needed"
        return ""

    def _look(self, guest: Guest, name: str, filters: Sequence[dict[str, Json]]) -> Replies:
        shut = self._shut(guest, "")
        if shut:
            return [_frame("CLOSED", name, shut)]
        guest.asks[name] = list(filters)
        found = self._store.find(filters, most=self.rules.limit)
        return [*(_frame("EVENT", name, event.model_dump()) for event in found), _frame("EOSE", name)]

    def _shut(self, guest: Guest, author: str) -> str:
        """Why somebody may not write, or may not read; empty where she may."""
        if self._wants_names and not guest.names and (author or not self.rules.writers):
            return _PRIVATE
        return _PUT_OUT if self._store.banned & {*guest.names, author} else ""

    def _identify(self, guest: Guest, value: Mapping[str, Json]) -> str:
        event = events.read(value)
        if event is None or event.kind != Kind.identity:
            return _frame("OK", str(value.get("id", "")), False, "invalid: no event that says who you are")
        fits = event.values("challenge") == [guest.challenge] and event.values("relay") == [
            as_socket(self._address)
        ]
        if not fits or abs(event.created_at - datetime.now(UTC).timestamp()) > 600:
            return _frame("OK", event.id, False, "restricted: this is not for our challenge")
        guest.names.add(event.pubkey)
        return _frame("OK", event.id, True, "")


def _read(text: str) -> Json:
    try:
        said: Json = json.loads(text)
    except ValueError:
        return None
    return said


def _frame(*parts: object) -> str:
    return json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
