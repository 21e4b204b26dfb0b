"""What comes in to the pretend LinkedIn, and how it is turned away.

By “API Error Handling”, “Posts API” and “LinkedIn Marketing API Versioning”, read 2026-11-22.
"""

import json
from collections.abc import Mapping

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_oauth import Grant
from hawker.platforms.linkedin.sandbox_world import Somebody, World

KINDS: Mapping[int, type[web.HTTPException]] = {
    400: web.HTTPBadRequest,
    401: web.HTTPUnauthorized,
    403: web.HTTPForbidden,
    404: web.HTTPNotFound,
    422: web.HTTPUnprocessableEntity,
    426: web.HTTPUpgradeRequired,
}
NO_ACCESS = "Not enough permissions to access: %s"


def refuse(status: int, message: str, code: str = "", service: int | None = None) -> web.HTTPException:
    body: dict[str, Json] = {"status": status, "message": message}
    body |= {"code": code} if code else {}
    body |= {"serviceErrorCode": service} if service is not None else {}
    return KINDS[status](text=json.dumps(body), content_type="application/json")


def forbid(what: str) -> web.HTTPException:
    return refuse(403, NO_ACCESS % what, "ACCESS_DENIED", 100)


def lacking(field: str) -> web.HTTPException:
    return refuse(422, f"ERROR :: {field} :: field is required but not found and has no default value\n")


def throttled() -> web.Response:
    """The wording is other programs' experience; the page on limits shows none."""
    message = "Resource level throttle limit for calls to this resource is reached."
    return web.json_response({"status": 429, "serviceErrorCode": 101, "message": message}, status=429)


def grant_of(world: World, request: web.Request, *scopes: str) -> Grant:
    """Who calls, with any of these scopes. Raises what LinkedIn answers to others."""
    grant = world.keys.of(request)
    if grant is None:
        raise refuse(401, "The token used in the request is not valid", "INVALID_ACCESS_TOKEN", 65_600)
    if "/rest/" in request.path:
        _check_edition(world, request)
    if scopes and grant.scopes.isdisjoint(scopes):
        raise forbid(f"{request.method} {request.path}")
    return grant


def _check_edition(world: World, request: web.Request) -> None:
    version = request.headers.get("LinkedIn-Version", "")
    if not version:
        raise refuse(400, "A version must be present. Please specify a version", "VERSION_MISSING")
    if version not in world.manners.active:
        message = f"Requested version {version}01 is not active"
        raise refuse(426, message, "NONEXISTENT_VERSION")
    if request.headers.get("X-Restli-Protocol-Version") != "2.0.0":
        raise refuse(400, "Unsupported Rest.li protocol version", "ILLEGAL_ARGUMENT")
    if ":" in request.rel_url.raw_path + request.rel_url.raw_query_string:
        raise refuse(400, "Syntax exception in path variables", "ILLEGAL_ARGUMENT")


def acting(world: World, grant: Grant, urn: str, kind: str) -> Somebody:
    """Whom a post, an upload or a comment (`kind`: social or social_feed) comes from, who must let it."""
    handle = grant.handle
    for each, scope in ((world.member(handle), "w_member"), (world.page(handle), "w_organization")):
        if each.urn == urn and not grant.scopes.isdisjoint({f"{scope}_social", f"{scope}_{kind}"}):
            return each
    raise forbid(urn)


async def body_of(request: web.Request) -> dict[str, Json]:
    try:
        parsed = json.loads(await request.text())
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise refuse(400, "Request body could not be converted to data map", "ILLEGAL_ARGUMENT")
    return parsed


def part(body: Mapping[str, Json], *path: str) -> Mapping[str, Json]:
    """An object within an object. Raises 422 where it is not there."""
    found: Json = dict(body)
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, dict):
        raise lacking("/" + "/".join(path))
    return found


def paged(request: web.Request, elements: list[Json]) -> web.Response:
    start, count = (int(request.query.get(name, usual)) for name, usual in (("start", "0"), ("count", "10")))
    paging: Json = {"start": start, "count": count, "total": len(elements), "links": []}
    return web.json_response({"elements": elements[start : start + count], "paging": paging})
