"""How much the pretend X lets an account do, and how it tells."""

import re
from collections.abc import Mapping
from datetime import timedelta

from aiohttp import web

from hawker.connect.pretend_rations import Allowance, Ration, Rations, Use
from hawker.platforms.x.sandbox_world import World

# Per user in a quarter of an hour (docs.x.com, x-api/fundamentals/rate-limits, 2026-08-22).
_LIMITS = {
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
ALLOWANCES = {name: Allowance(limit=limit, period=QUARTER) for name, limit in _LIMITS.items()}


def rations(world: World) -> Rations:
    def uses(request: web.Request) -> Use:
        """Nothing where the call comes from nobody, or X limits it in another way."""
        grant, name = world.keys.of(request), name_of(request)
        return Use(world.person(grant.handle).id, (name,)) if grant and name else Use()

    return Rations(ALLOWANCES, now=world.now, uses=uses, headers=_headers, refuse=_refuse)


def name_of(request: web.Request) -> str:
    call = f"{request.method} {request.path}"
    return next((name for name, pattern in CALLS if re.fullmatch(pattern, call)), "")


def _headers(ration: Ration) -> Mapping[str, str]:
    return {
        "x-rate-limit-limit": str(ration.limit),
        "x-rate-limit-remaining": str(ration.left),
        "x-rate-limit-reset": str(int(ration.resets_at.timestamp())),
    }


def _refuse() -> web.Response:
    title = "Too Many Requests"
    body = {"title": title, "detail": title, "type": "about:blank", "status": 429}
    return web.json_response(body, status=429, content_type="application/problem+json")
