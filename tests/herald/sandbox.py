"""The herald itself: delivers to every number but those that end in 00, and tells what became of it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from hawker.connect.pretend import Seen
from tests.herald.wire import KEYS, call, receipt


@dataclass
class House:
    """An account. `messages`: address, text and key by id."""

    handle: str
    number: str
    token: str
    messages: dict[str, tuple[str, str, str]] = field(default_factory=dict)


class PretendHerald:
    def __init__(self, address: str) -> None:
        self.houses: dict[str, House] = {}
        self._address, self._listener = address, ""
        self._errands: set[asyncio.Task[None]] = set()

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.get("/me", self._me), web.post("/{number}/messages", self._take)]

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        house = self._open(handle)
        return "token", {"server": self._address, "token": house.token}

    def app(self) -> Mapping[str, str]:
        secret = {"client_secret": KEYS["client_secret"]}
        return {**secret, "server": self._address, "site": self._address}

    def tell(self, address: str) -> None:
        self._listener = address

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST"

    def limited(self, request: web.Request) -> web.Response:
        return web.json_response({"error": "slow down"}, status=429, headers={"Retry-After": "2"})

    def revoke(self, handle: str) -> None:
        self._open(handle).token = "dead"

    def published(self, handle: str) -> tuple[Seen, ...]:
        messages = self._open(handle).messages
        return tuple(Seen(remote_id=number, text=text) for number, (_, text, _) in messages.items())

    def sent_to(self, handle: str) -> list[str]:
        """The addresses, in the order in which it took messages for them."""
        return [address for address, _, _ in self._open(handle).messages.values()]

    def _open(self, handle: str) -> House:
        return self.houses.setdefault(handle, House(handle, f"n-{handle}", f"t-{handle}"))

    def _house(self, request: web.Request) -> House | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return next((each for each in self.houses.values() if each.token == token), None)

    async def _me(self, request: web.Request) -> web.Response:
        house = self._house(request)
        if house is None:
            return web.json_response({"error": "who are you?"}, status=401)
        return web.json_response({"number": house.number, "handle": house.handle})

    async def _take(self, request: web.Request) -> web.Response:
        house, letter = self._house(request), await request.json()
        if house is None:
            return web.json_response({"error": "who are you?"}, status=401)
        if not letter["to"].isdigit():
            return web.json_response({"error": "no such number"}, status=400)
        number = f"m{len(house.messages) + 1}"
        house.messages[number] = (letter["to"], letter["text"], letter["ref"])
        stages = ("failed",) if letter["to"].endswith("00") else ("sent", "delivered")
        for stage in stages:
            self._tell(
                receipt(house.number, number, stage, key=letter["ref"], code="404" * (stage == "failed"))
            )
        return web.json_response({"id": number}, status=201)

    def _tell(self, event: Mapping[str, str]) -> None:
        if self._listener:
            errand = asyncio.create_task(self._post(event))
            self._errands.add(errand)
            errand.add_done_callback(self._errands.discard)

    async def _post(self, event: Mapping[str, str]) -> None:
        headers, body = call(event)
        async with (
            aiohttp.ClientSession() as session,
            session.post(self._listener, data=body, headers=headers),
        ):
            pass
