"""Faults that a network can have, on demand, as a middleware around the pretend networks."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from aiohttp import web

from hawker.connect.pretend import Handler, Pretend


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

    def take(self, request: web.Request, path: str) -> Fault | None:
        """The fault that strikes this call, counted down."""
        for place, fault in enumerate(self._waiting):
            if self._strikes(fault, request, path):
                rest = replace(fault, times=fault.times - 1)
                self._waiting[place : place + 1] = [rest] if rest.times else []
                return fault
        return None

    def _strikes(self, fault: Fault, request: web.Request, path: str) -> bool:
        if fault.call == "any":
            return True
        if fault.call == "send":
            return self._pretend.is_send(request)
        return re.search(fault.call, path) is not None

    async def answer(self, request: web.Request, path: str, handler: Handler) -> web.StreamResponse:
        fault = self.take(request, path)
        if fault is None:
            return await handler(request)
        if fault.kind is Kind.limited:
            return self._pretend.limited(request)
        if fault.kind is Kind.limited_bare:
            return web.Response(status=429)
        if fault.kind is Kind.delay_after:
            return await _late(fault, request, handler)
        if fault.kind in {Kind.reset_after, Kind.error_after}:
            with suppress(web.HTTPException):  # a refusal is an answer too, and is lost like any other
                await handler(request)
        return _reset(request) if fault.kind in {Kind.reset_before, Kind.reset_after} else _broken(fault)


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
