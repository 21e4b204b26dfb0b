"""How much the pretend Mastodon lets an account do, as the headers of its answers tell it.

Of its own accord it only tells; it counts once it was told how much to leave: a drill uploads more in a
minute than a server takes in half an hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from hawker.connect.pretend import Handler
from hawker.platforms.mastodon.sandbox_world import Person, World

CALLS, UPLOADS = "calls", "uploads"
LIMITS = {CALLS: 300, UPLOADS: 30}
PERIODS = {CALLS: timedelta(minutes=5), UPLOADS: timedelta(minutes=30)}


@dataclass
class Ration:
    """Without `counted` there is always enough."""

    limit: int
    left: int
    resets_at: datetime
    counted: bool = True

    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.left),
            "X-RateLimit-Reset": self.resets_at.isoformat(timespec="microseconds"),
        }


class Rations:
    def __init__(self, world: World) -> None:
        self._world = world
        self._left: dict[tuple[str, str], Ration] = {}

    def leave(self, person: Person, budget: str, left: int, seconds: float) -> None:
        resets_at = self._world.now() + timedelta(seconds=seconds)
        self._left[person.id, budget] = Ration(LIMITS[budget], left, resets_at)

    def around(self, route: web.RouteDef) -> web.RouteDef:
        return web.RouteDef(route.method, route.path, self._rationed(route.handler), route.kwargs)

    def _rationed(self, handler: Handler) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            rations = self._of(request)
            if any(each.counted and each.left <= 0 for each in rations):
                return refused(min(rations, key=lambda each: each.left))
            for each in rations:
                each.left -= 1
            headers = min(rations, key=lambda each: each.left).headers() if rations else {}
            try:
                answer = await handler(request)
            except web.HTTPException as refusal:
                refusal.headers.update(headers)
                raise
            answer.headers.update(headers)
            return answer

        return handle

    def _of(self, request: web.Request) -> list[Ration]:
        """What this call uses of; nothing where it comes from nobody."""
        token = self._world.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if token is None or token.person is None:
            return []
        uploads = request.method == "POST" and request.path.endswith("/media")
        names = (CALLS, UPLOADS) if uploads else (CALLS,)
        return [self._ration(token.person, name) for name in names]

    def _ration(self, person: Person, budget: str) -> Ration:
        kept = self._left.get((person.id, budget))
        if kept and kept.resets_at > self._world.now():
            return kept
        full = self._world.now() + PERIODS[budget]
        return Ration(LIMITS[budget], LIMITS[budget], full, counted=False)


def refused(ration: Ration) -> web.Response:
    return web.json_response({"error": "Too many requests"}, status=429, headers=ration.headers())
