"""How much the pretend Mastodon lets an account do, and how it tells."""

from collections.abc import Mapping
from datetime import timedelta

from aiohttp import web

from hawker.connect.pretend_rations import Allowance, Ration, Rations, Use
from hawker.platforms.mastodon.sandbox_world import World

CALLS, UPLOADS = "calls", "uploads"
ALLOWANCES = {
    CALLS: Allowance(limit=300, period=timedelta(minutes=5)),
    UPLOADS: Allowance(limit=30, period=timedelta(minutes=30)),
}


def rations(world: World) -> Rations:
    def uses(request: web.Request) -> Use:
        token = world.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if token is None or token.person is None:
            return Use()
        uploads = request.method == "POST" and request.path.endswith("/media")
        return Use(token.person.id, (CALLS, UPLOADS) if uploads else (CALLS,))

    return Rations(ALLOWANCES, now=world.now, uses=uses, headers=_headers, refuse=_refuse)


def _headers(ration: Ration) -> Mapping[str, str]:
    return {
        "X-RateLimit-Limit": str(ration.limit),
        "X-RateLimit-Remaining": str(ration.left),
        "X-RateLimit-Reset": ration.resets_at.isoformat(timespec="microseconds"),
    }


def _refuse() -> web.Response:
    return web.json_response({"error": "Too many requests"}, status=429)
