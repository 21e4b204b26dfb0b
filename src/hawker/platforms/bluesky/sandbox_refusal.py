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


def too_many(*, points: int, seconds: int, reset: float) -> Refusal:
    headers = {
        "RateLimit-Limit": str(points),
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": str(math.ceil(reset)),
        "RateLimit-Policy": f"{points};w={seconds}",
    }
    return Refusal(429, "RateLimitExceeded", "Rate Limit Exceeded", headers)


@dataclass
class Allowance:
    """So many points in so many seconds, for each who spends them."""

    points: int
    seconds: int
    _spent: dict[str, tuple[int, float]] = field(default_factory=dict)

    def spend(self, who: str, points: int) -> None:
        spent, reset = self._spent.get(who, (0, 0.0))
        if reset <= time.time():
            spent, reset = 0, time.time() + self.seconds
        if spent + points > self.points:
            raise too_many(points=self.points, seconds=self.seconds, reset=reset)
        self._spent[who] = (spent + points, reset)
