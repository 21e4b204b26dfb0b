"""What comes in to the pretend X, and how it is turned away (docs.x.com, x-api/fundamentals, 2026-08-22)."""

import json
from collections.abc import Mapping

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.x.sandbox_world import Person, World

PROBLEMS = "https://api.x.com/2/problems/"
KINDS: Mapping[int, type[web.HTTPException]] = {
    400: web.HTTPBadRequest,
    401: web.HTTPUnauthorized,
    402: web.HTTPPaymentRequired,
    403: web.HTTPForbidden,
    404: web.HTTPNotFound,
}


def problem(status: int, title: str, detail: str, kind: str = "", **more: str) -> web.HTTPException:
    body = {
        "title": title,
        "detail": detail,
        "type": f"{PROBLEMS}{kind}" if kind else "about:blank",
        "status": status,
        **more,
    }
    return KINDS[status](text=json.dumps(body), content_type="application/problem+json")


def invalid(name: str, value: str, message: str) -> web.HTTPException:
    body = {
        "errors": [{"parameters": {name: [value]}, "message": message}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{PROBLEMS}invalid-request",
    }
    return web.HTTPBadRequest(text=json.dumps(body), content_type="application/problem+json")


def forbidden(detail: str = "You are not permitted to perform this action.") -> web.HTTPException:
    return problem(403, "Forbidden", detail)


def missing(kind: str, value: str) -> web.HTTPException:
    told = {"resource_type": kind, "resource_id": value, "parameter": "id", "value": value}
    detail = f"Could not find {kind} with id: [{value}]."
    return problem(404, "Not Found Error", detail, "resource-not-found", **told)


def person_of(world: World, request: web.Request, *scopes: str) -> Person:
    """Raises 401 for a dead token, 403 where a scope is missing, 402 without credit."""
    grant = world.keys.of(request)
    if grant is None:
        raise problem(401, "Unauthorized", "Unauthorized")
    if not set(scopes) <= grant.scopes:
        raise forbidden()
    if not world.manners.credit:
        raise problem(402, "Payment Required", "credits depleted", "credits-depleted")
    return world.person(grant.handle)


async def body_of(request: web.Request, *known: str) -> dict[str, Json]:
    """A JSON object with no other names than those known."""
    try:
        parsed = json.loads(await request.text())
    except ValueError as error:
        raise invalid("body", "", "The request body is not valid JSON.") from error
    if not isinstance(parsed, dict):
        raise invalid("body", "", "The request body is not a JSON object.")
    strange = [name for name in parsed if name not in known]
    if strange:
        raise invalid(strange[0], "", f"$.{strange[0]}: is not defined in the schema")
    return parsed
