"""How much the pretend X lets an account do, as the headers of its answers tell it.

Of its own accord it only tells; it counts once it was told how much to leave: a drill posts more in a minute
than X takes in a quarter of an hour.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from hawker.connect.pretend import Handler
from hawker.platforms.x.sandbox_world import Person, World

# Per user in a quarter of an hour (docs.x.com, x-api/fundamentals/rate-limits, 2026-08-22).
LIMITS = {
    "posts": 100,
    "uploads": 500,
    "metadata": 500,
    "parts": 1_875,
    "deletions": 50,
    "lists": 900,
    "me": 75,
}
CALLS = (
    ("posts", r"POST .*/2/tweets"),
    ("uploads", r"POST .*/2/media/upload"),
    ("metadata", r"POST .*/2/media/metadata"),
    ("parts", r"POST .*/2/media/upload/.+"),
    ("deletions", r"DELETE .*/2/tweets/\d+"),
    ("lists", r"GET .*/2/users/\d+/tweets"),
    ("me", r"GET .*/2/users/me"),
)
QUARTER, WAIT = timedelta(minutes=15), timedelta(seconds=3)


@dataclass
class Ration:
    """Without `counted` there is always enough."""

    limit: int
    left: int
    resets_at: datetime
    counted: bool = True

    def headers(self) -> dict[str, str]:
        return {
            "x-rate-limit-limit": str(self.limit),
            "x-rate-limit-remaining": str(self.left),
            "x-rate-limit-reset": str(int(self.resets_at.timestamp())),
        }


class Rations:
    def __init__(self, world: World) -> None:
        self._world = world
        self._left: dict[tuple[str, str], Ration] = {}

    def leave(self, person: Person, name: str, left: int, seconds: float) -> None:
        resets_at = self._world.now() + timedelta(seconds=seconds)
        self._left[person.id, name] = Ration(LIMITS[name], left, resets_at)

    def spent(self, request: web.Request) -> web.Response:
        """The answer to one call too many, soon allowed again."""
        return refused(Ration(LIMITS[_name(request) or "posts"], 0, self._world.now() + WAIT))

    def around(self, route: web.RouteDef) -> web.RouteDef:
        return web.RouteDef(route.method, route.path, self._rationed(route.handler), route.kwargs)

    def _rationed(self, handler: Handler) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            ration = self._of(request)
            if ration is None:
                return await handler(request)
            if ration.counted and ration.left <= 0:
                return refused(ration)
            ration.left -= 1
            try:
                answer = await handler(request)
            except web.HTTPException as refusal:
                refusal.headers.update(ration.headers())
                raise
            answer.headers.update(ration.headers())
            return answer

        return handle

    def _of(self, request: web.Request) -> Ration | None:
        """None where the call comes from nobody, or X limits it in another way."""
        grant = self._world.keys.of(request)
        name = _name(request)
        if grant is None or not name:
            return None
        kept = self._left.get((self._world.person(grant.handle).id, name))
        if kept and kept.resets_at > self._world.now():
            return kept
        return Ration(LIMITS[name], LIMITS[name], self._world.now() + QUARTER, counted=False)


def _name(request: web.Request) -> str:
    call = f"{request.method} {request.path}"
    return next((name for name, pattern in CALLS if re.fullmatch(pattern, call)), "")


def refused(ration: Ration) -> web.Response:
    body = {
        "title": "Too Many Requests",
        "detail": "Too Many Requests",
        "type": "about:blank",
        "status": 429,
    }
    return web.json_response(body, status=429, headers=ration.headers())
