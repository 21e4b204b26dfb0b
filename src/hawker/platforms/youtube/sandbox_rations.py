"""How much the pretend YouTube lets an owner's project do in a day (“Quota calculator”, 2026-06-01)."""

from datetime import timedelta

from aiohttp import web

from hawker.connect.pretend_google_errors import answered, quota_exceeded, rate_limited
from hawker.connect.pretend_rations import Allowance, Rations, Use
from hawker.platforms.youtube.sandbox_world import World

DAY = timedelta(days=1)
ALLOWANCES = {"uploads": Allowance(limit=100, period=DAY), "units": Allowance(limit=10_000, period=DAY)}
PROJECT = "project"


def rations(world: World) -> Rations:
    return Rations(
        ALLOWANCES, now=world.now, uses=_uses, headers=lambda _: {}, refuse=lambda: answered(quota_exceeded())
    )


def too_fast() -> web.Response:
    return answered(rate_limited(retry_after=3))


def _uses(request: web.Request) -> Use:
    """A call takes as many units as it costs; the bytes of a video cost nothing."""
    _, _, resource = request.path.partition("/youtube/v3/")
    if not resource or "upload_id" in request.query:
        return Use()
    if resource == "videos" and request.method == "POST":
        return Use(PROJECT, ("uploads",))
    return Use(PROJECT, ("units",) * (1 if request.method == "GET" else 50))
