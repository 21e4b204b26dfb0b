"""Faults that a network can have, on demand, as a middleware around the pretend networks."""

import asyncio
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from aiohttp import web

from hawker.connect.pretend import MEET, Handler, Pretend, Replies


class Kind(StrEnum):
    """`…_after`: the network did the work, and only its answer goes wrong. `limited` is its own answer to one
    call too many, `limited_bare` one that does not say how long to wait."""

    delay_after = "delay_after"
    reset_before = "reset_before"
    reset_after = "reset_after"
    error_before = "error_before"
    error_after = "error_after"
    limited = "limited"
    limited_bare = "limited_bare"


_AFTER = {Kind.delay_after, Kind.reset_after, Kind.error_after}
_LIMITED = {Kind.limited, Kind.limited_bare}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Strikes the next `times` matching calls. `call` is "send" (the irreversible one), "any", or a regular
    expression for the path below the network's address."""

    kind: Kind
    call: str = "send"
    times: int = 1
    status: int = 500
    seconds: float = 60


class Faults:
    """The faults in wait, for one network."""

    def __init__(self, pretend: Pretend) -> None:
        self._pretend = pretend
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, path: str, *, sends: bool, among: Collection[Kind] = tuple(Kind)) -> Fault | None:
        """The fault that strikes this call, counted down."""
        for place, fault in enumerate(self._waiting):
            if fault.kind in among and _strikes(fault, path, sends=sends):
                rest = replace(fault, times=fault.times - 1)
                self._waiting[place : place + 1] = [rest] if rest.times else []
                return fault
        return None

    async def answer(self, request: web.Request, path: str, handler: Handler) -> web.StreamResponse:
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._open(request, path, handler)
        fault = self.take(path, sends=self._pretend.is_send(request))
        if fault is None:
            return await handler(request)
        if fault.kind in _LIMITED:
            return self._turn_away(fault, request)
        if fault.kind is Kind.delay_after:
            return await _late(fault, request, handler)
        if fault.kind in {Kind.reset_after, Kind.error_after}:
            with suppress(web.HTTPException):  # a refusal is an answer too, and is lost like any other
                await handler(request)
        return _reset(request) if fault.kind in {Kind.reset_before, Kind.reset_after} else _broken(fault)

    async def _open(self, request: web.Request, path: str, handler: Handler) -> web.StreamResponse:
        """Who comes too often is turned away at the door; all else befalls what is said over the socket."""
        fault = self.take(path, sends=False, among=_LIMITED)
        if fault is not None:
            return self._turn_away(fault, request)
        request[MEET] = partial(self._meet, request, path)
        return await handler(request)

    def _turn_away(self, fault: Fault, request: web.Request) -> web.Response:
        bare = fault.kind is Kind.limited_bare
        return web.Response(status=429) if bare else self._pretend.limited(request)

    async def _meet(
        self,
        request: web.Request,
        path: str,
        work: Callable[[], Replies],
        *,
        sends: bool,
        limited: Replies,
    ) -> Replies | None:
        """A fault of the network shows as a connection that it closes: over a socket there is no status."""
        fault = self.take(path, sends=sends)
        if fault is None:
            return work()
        if fault.kind in _LIMITED:
            return limited
        replies = work() if fault.kind in _AFTER else None
        if fault.kind is Kind.delay_after:
            await asyncio.sleep(fault.seconds)
            return replies
        if fault.kind in {Kind.reset_before, Kind.reset_after}:
            _reset(request)
        return None


def _strikes(fault: Fault, path: str, *, sends: bool) -> bool:
    if fault.call == "any":
        return True
    if fault.call == "send":
        return sends
    return re.search(fault.call, path) is not None


async def _late(fault: Fault, request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    finally:
        await asyncio.sleep(fault.seconds)


def _broken(fault: Fault) -> web.Response:
    return web.Response(status=fault.status, text="the network has a fault")


def _reset(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
