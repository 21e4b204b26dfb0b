"""How the pretend network says no: an HTTP status, a code and a sentence, as XRPC has them."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web


class Refusal(Exception):
    def __init__(
        self, status: int, error: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.headers = headers

    def answer(self) -> web.Response:
        body = {"error": self.error, "message": str(self)}
        return web.json_response(body, status=self.status, headers=self.headers)


def invalid(message: str) -> Refusal:
    return Refusal(400, "InvalidRequest", message)


def rate_headers(*, points: int, left: int, seconds: int, reset: float) -> dict[str, str]:
    return {
        "RateLimit-Limit": str(points),
        "RateLimit-Remaining": str(left),
        "RateLimit-Reset": str(math.ceil(reset)),
        "RateLimit-Policy": f"{points};w={seconds}",
    }


def too_many(*, points: int, seconds: int, reset: float) -> Refusal:
    headers = rate_headers(points=points, left=0, seconds=seconds, reset=reset)
    return Refusal(429, "RateLimitExceeded", "Rate Limit Exceeded", headers)


@dataclass
class Allowance:
    """So many points in so many seconds, for each who spends them."""

    points: int
    seconds: int
    _spent: dict[str, tuple[int, float]] = field(default_factory=dict)

    def spend(self, who: str, points: int) -> None:
        spent, reset = self._now(who)
        if spent + points > self.points:
            raise too_many(points=self.points, seconds=self.seconds, reset=reset)
        self._spent[who] = (spent + points, reset)

    def left(self, who: str) -> int:
        return self.points - self._now(who)[0]

    def leave(self, who: str, left: int, seconds: float) -> None:
        self._spent[who] = (self.points - left, time.time() + seconds)

    def headers(self, who: str) -> dict[str, str]:
        _, reset = self._now(who)
        return rate_headers(points=self.points, left=self.left(who), seconds=self.seconds, reset=reset)

    def _now(self, who: str) -> tuple[int, float]:
        spent, reset = self._spent.get(who, (0, 0.0))
        return (0, time.time() + self.seconds) if reset <= time.time() else (spent, reset)


# Whose allowances a request has spent of: its answer tells of the one with least left, as the server's does.
SPENT: web.RequestKey[list[tuple[Allowance, str]]] = web.RequestKey("SPENT", list[tuple[Allowance, str]])
