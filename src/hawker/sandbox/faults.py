"""Faults that a network can have, on demand, as a middleware around the pretend networks."""

import asyncio
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from aiohttp import web

from hawker.connect.pretend import Handler, Pretend


class Kind(StrEnum):
    """`…_after`: the network did the work, and only its answer goes wrong."""

    delay_after = "delay_after"
    reset_before = "reset_before"
    reset_after = "reset_after"
    error_before = "error_before"
    error_after = "error_after"
    limited = "limited"


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
        if fault.kind in _AFTER:
            answer = await handler(request)
            return await _spoilt(fault, request, answer)
        if fault.kind is Kind.limited:
            return self._pretend.limited(request)
        return _reset(request) if fault.kind is Kind.reset_before else _broken(fault)


_AFTER = {Kind.delay_after, Kind.reset_after, Kind.error_after}


async def _spoilt(fault: Fault, request: web.Request, answer: web.StreamResponse) -> web.StreamResponse:
    """The work is done; its answer comes late, wrong or not at all."""
    if fault.kind is Kind.delay_after:
        await asyncio.sleep(fault.seconds)
        return answer
    return _reset(request) if fault.kind is Kind.reset_after else _broken(fault)


def _broken(fault: Fault) -> web.Response:
    return web.Response(status=fault.status, text="the network has a fault")


def _reset(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
