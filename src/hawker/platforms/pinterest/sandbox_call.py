"""Calls at the pretend Pinterest: its refusals, who calls, and lists by the page."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.pinterest.sandbox_world import Person, World

USUAL, LARGEST = 25, 250
# Not documented: “short-lived” is all that is known.
BOOKMARK_LIFE = timedelta(minutes=10)
INVALID, DENIED, NO_RIGHT, TOO_MANY = 1, 2, 29, 8
_KINDS: Mapping[int, type[web.HTTPError]] = {
    400: web.HTTPBadRequest,
    401: web.HTTPUnauthorized,
    403: web.HTTPForbidden,
    404: web.HTTPNotFound,
    409: web.HTTPConflict,
}


def refusal(status: int, message: str, code: int | None = None) -> web.HTTPException:
    """The code is now one of Pinterest's own, now the status, as in the examples of its documents."""
    return _KINDS[status](text=_body(code or status, message), content_type="application/json")


def too_many() -> web.Response:
    body = _body(TOO_MANY, "You have exceeded your rate limit. Try again later.")
    return web.Response(status=429, text=body, content_type="application/json")


def _body(code: int, message: str) -> str:
    return json.dumps({"code": code, "message": message})


def invalid(what: str) -> web.HTTPException:
    return refusal(400, f"Invalid request: {what}", INVALID)


def caller(world: World, request: web.Request, *scopes: str) -> Person:
    grant = world.keys.of(request)
    if grant is None:
        raise refusal(401, "Authentication failed.", DENIED)
    missing = sorted(set(scopes) - grant.scopes)
    if missing:
        raise refusal(403, f"Your token lacks the scope {missing[0]}.", NO_RIGHT)
    return world.person(grant.handle)


def has(world: World, request: web.Request, scope: str) -> bool:
    grant = world.keys.of(request)
    return grant is not None and scope in grant.scopes


async def body_of(request: web.Request) -> dict[str, Json]:
    try:
        parsed = json.loads(await request.text())
    except ValueError as error:
        raise invalid("the body is no JSON.") from error
    if request.content_type != "application/json" or not isinstance(parsed, dict):
        raise invalid("the body must be a JSON object.")
    return parsed


def text(body: Mapping[str, Json], name: str, most: int | None = None) -> str:
    """Empty where it is missing, or null."""
    found = body.get(name)
    if found is not None and not isinstance(found, str):
        raise invalid(f"{name}: {json.dumps(found)[:80]} is not of type 'string'.")
    if most is not None and len(found or "") > most:
        raise invalid(f"{name} is too long, constraint: maxLength={most}.")
    return found or ""


class Bookmarks:
    """Lists by the page. A bookmark holds for the list that gave it, and not for long."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[str, tuple[str, int, datetime]] = {}

    def page(self, request: web.Request, items: Sequence[Json]) -> web.Response:
        size = request.query.get("page_size", str(USUAL))
        if not size.isdecimal() or not 1 <= int(size) <= LARGEST:
            raise invalid(f"page_size: {size} is not between 1 and {LARGEST}.")
        start = self._start(request)
        end = start + int(size)
        following = self._keep(request.path, end) if end < len(items) else None
        return web.json_response({"items": list(items[start:end]), "bookmark": following})

    def _keep(self, path: str, place: int) -> str:
        mark = secrets.token_urlsafe(24)
        self._kept[mark] = (path, place, self._world.now() + BOOKMARK_LIFE)
        return mark

    def _start(self, request: web.Request) -> int:
        mark = request.query.get("bookmark", "")
        if not mark:
            return 0
        path, place, until = self._kept.get(mark, ("", 0, self._world.now()))
        if path != request.path or until <= self._world.now():
            raise invalid("the bookmark is not valid.")
        return place
