"""A conversation with one relay (NIP-01), which may want to know who speaks (NIP-42)."""

import json
import logging
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from pydantic_core import from_json

from hawker.connect.errors import Later, NetworkError
from hawker.connect.http import Http, Json
from hawker.connect.sockets import Socket
from hawker.platforms.nostr import events
from hawker.platforms.nostr.events import Event, Kind
from hawker.platforms.nostr.reach import as_socket
from hawker.platforms.nostr.refusals import AUTH, at_door, explain, host_of
from hawker.platforms.nostr.signing import Signer, write

log = logging.getLogger(__name__)
Filter = Mapping[str, Json]


@dataclass
class Relay:
    """An open one. `challenge` is what it wants signed, as soon as it has said so, and until that is done."""

    address: str
    signer: Signer
    socket: Socket = field(repr=False)
    challenge: str = ""

    async def take(self, event: Event, *, irreversible: bool = False) -> None:
        """Raises what the relay's refusal means."""
        refusal = await self._offer("EVENT", event, irreversible=irreversible)
        if refusal.startswith(AUTH) and await self._identify():
            refusal = await self._offer("EVENT", event, irreversible=irreversible)
        if refusal:
            raise explain(self.address, refusal)

    async def ask(self, *filters: Filter, name: str = "") -> list[Event]:
        """What it has, without what was forged. It goes on telling what fits, under the `name`."""
        asked = name or secrets.token_hex(8)
        found = await self._ask(asked, filters)
        if isinstance(found, str) and found.startswith(AUTH) and await self._identify():
            found = await self._ask(asked, filters)
        if isinstance(found, str):
            raise explain(self.address, found)
        return found

    async def trace(self, *filters: Filter) -> list[Event]:
        """All that fits, however little the relay tells at a time: it tells the newest first (NIP-01)."""
        name, found = secrets.token_hex(8), dict[str, Event]()
        page = await self.ask(*filters, name=name)
        while fresh := {each.id: each for each in page if each.id not in found}:
            found |= fresh
            until = min(each.created_at for each in page)
            page = await self.ask(*({**each, "until": until} for each in filters), name=name)
        return list(found.values())

    async def converse(self, event: Event, *filters: Filter) -> AsyncIterator[Event]:
        """Hands an event on, and gives what fits and comes from then on; ends where nothing more comes."""
        name = secrets.token_hex(8)
        await self.ask(*filters, name=name)
        await self.socket.say(_frame("EVENT", event.model_dump()))
        while True:
            try:
                said = await self._hear()
            except Later:
                return
            match said:
                case ["EVENT", str(of), value] if of == name and (heard := events.read(value)):
                    yield heard
                case ["OK", event.id, False, *rest]:
                    await self._insist(event, str(rest[0]) if rest else "error: it gave no reason")

    async def _insist(self, event: Event, refusal: str) -> None:
        """Once the relay knows who speaks; raises what any other refusal means."""
        if not refusal.startswith(AUTH) or not await self._identify():
            raise explain(self.address, refusal)
        await self.socket.say(_frame("EVENT", event.model_dump()))

    async def _offer(self, verb: str, event: Event, *, irreversible: bool = False) -> str:
        """Empty where it was taken, else why not. A duplicate was taken before, whichever way it says so; a
        refusal may come without an id (PyPI nostr-relay 1.14)."""
        await self.socket.say(_frame(verb, event.model_dump()), irreversible=irreversible)
        while True:
            match await self._hear():
                case ["OK", event.id, True, *_]:
                    return ""
                case ["OK", event.id | "", False, *rest]:
                    said = str(rest[0]) if rest else ""
                    return "" if said.startswith("duplicate:") else said or "error: it gave no reason"

    async def _ask(self, name: str, filters: Sequence[Filter]) -> list[Event] | str:
        """What it has, or why it does not say."""
        found = list[Event]()
        await self.socket.say(_frame("REQ", name, *filters))
        while True:
            match await self._hear():
                case ["EVENT", str(of), value] if of == name:
                    event = events.read(value)
                    found += [event] if event else []
                case ["EOSE", str(of), *_] if of == name:
                    return found
                case ["CLOSED", str(of), *rest] if of == name:
                    return str(rest[0]) if rest and rest[0] else "error: it gave no reason"

    async def _identify(self) -> bool:
        """Whether the relay now knows who speaks."""
        if not self.challenge:
            return False
        tags = (("relay", as_socket(self.address)), ("challenge", self.challenge))
        self.challenge = ""
        refusal = await self._offer("AUTH", await write(self.signer, Kind.identity, tags=tags))
        if refusal:
            raise explain(self.address, refusal if ":" in refusal else f"{AUTH}: {refusal}")
        return True

    async def _hear(self) -> Json:
        """What is no JSON, or of no interest, gives None."""
        try:
            said: Json = from_json(await self.socket.hear())
        except ValueError:
            return None
        match said:
            case ["AUTH", str(challenge)]:
                self.challenge = challenge
                return None
        return said


@asynccontextmanager
async def opened(http: Http, address: str, signer: Signer) -> AsyncIterator[Relay]:
    async with http.talk(address, explain=at_door(address)) as socket:
        yield Relay(address, signer, socket)


async def offer(
    http: Http, address: str, signer: Signer, event: Event, *, irreversible: bool = False
) -> NetworkError | None:
    """None where this relay has the event now."""
    try:
        async with opened(http, address, signer) as relay:
            await relay.take(event, irreversible=irreversible)
    except NetworkError as error:
        log.info("relay.refused relay=%s code=%s", host_of(address), error.code)
        return error
    return None


async def ask(
    http: Http, address: str, signer: Signer, *filters: Filter, whole: bool = False
) -> list[Event] | NetworkError:
    """`whole`: also what the relay does not tell at once."""
    try:
        async with opened(http, address, signer) as relay:
            return await (relay.trace(*filters) if whole else relay.ask(*filters))
    except NetworkError as error:
        return error


def _frame(*parts: object) -> str:
    return json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
