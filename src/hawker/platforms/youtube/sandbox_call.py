"""A call to the pretend YouTube: whose it is, what it asks for."""

import json
from collections.abc import Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_google_errors import refusal
from hawker.platforms.youtube.sandbox_checks import missing
from hawker.platforms.youtube.sandbox_entities import PARTS
from hawker.platforms.youtube.sandbox_world import Channel, World

_AUTH = "https://www.googleapis.com/auth/youtube"
ALL, WRITE = _AUTH, f"{_AUTH}.force-ssl"
READ, UPLOAD = f"{_AUTH}.readonly", f"{_AUTH}.upload"


def caller(world: World, request: web.Request, *rights: str) -> Channel:
    """Raises 401 for an account without a channel."""
    handle = world.door.grant_of(request, *rights).handle
    if handle in world.homeless:
        raise refusal(401, "Unauthorized", reason="youtubeSignupRequired", domain="youtube.header")
    return world.channel(handle)


def wanted(request: web.Request, kind: str) -> list[str]:
    """The parts that are asked for; raises 400 where none are, or unknown ones."""
    parts = [part for part in request.query.get("part", "").split(",") if part]
    if not parts:
        raise missing("part")
    for part in parts:
        if part not in {"id", *PARTS[kind]}:
            raise refusal(400, f"'{part}'", reason="unknownPart", domain="youtube.part")
    return parts


async def read_body(request: web.Request) -> dict[str, Json]:
    try:
        body = json.loads(await request.text())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise refusal(400, "Invalid JSON payload received.", reason="parseError")
    return body


def page(request: web.Request, items: Sequence[Json], usual: int, most: int) -> tuple[int, int, str]:
    """From where to where, and the token of the page behind; raises 400 for a token that there is none of."""
    token, each = request.query.get("pageToken", ""), int(request.query.get("maxResults", usual))
    start = int(token[1:]) if token[:1] == "P" and token[1:].isdecimal() else 0
    if not 0 <= each <= most or (token and not start):
        raise refusal(400, "Invalid page token.", reason="invalidPageToken", domain="youtube.parameter")
    end = start + each
    return start, end, f"P{end}" if end < len(items) else ""
