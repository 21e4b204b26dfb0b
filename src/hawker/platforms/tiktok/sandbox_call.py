"""Calls at the pretend TikTok: its envelope, its refusals, and who calls (Error handling, 2026-11-05)."""

import json
from collections.abc import Mapping

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.tiktok.sandbox_world import Person, World

_STATUSES = {
    "access_token_invalid": 401,
    "scope_not_authorized": 401,
    "rate_limit_exceeded": 429,
    "invalid_params": 400,
    "invalid_file_upload": 400,
    "invalid_publish_id": 404,
    "internal_error": 500,
}
_WORDS = {
    "access_token_invalid": "The access token is invalid or not found in the request.",
    "scope_not_authorized": "The user did not authorize the scope required for completing this request.",
    "rate_limit_exceeded": "The API rate limit was exceeded. Please try again later.",
    "invalid_publish_id": "The publish_id does not exist.",
    "url_ownership_unverified": "Please review our URL ownership verification rules at the developer site.",
    "unaudited_client_can_only_post_to_private_accounts": (
        "Please review our integration guidelines at the developer site."
    ),
}


def envelope(code: str, message: str = "", data: Mapping[str, Json] | None = None) -> dict[str, Json]:
    log = {"code": code, "message": message, "log_id": "202611230724410102450101"}
    return {"data": {**(data or {})}, "error": {**log}}


def answer(data: Mapping[str, Json]) -> web.Response:
    return web.json_response(envelope("ok", data=data))


def refused(code: str, message: str = "", *, flat: bool = False) -> web.Response:
    """`flat`: with a 200, as its envelope allows."""
    status = 200 if flat else _STATUSES.get(code, 403)
    return web.json_response(envelope(code, message or _WORDS.get(code, code)), status=status)


class Refusal(Exception):
    """Raised where a call goes wrong, answered by `Desk`."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message


def caller(world: World, request: web.Request, scope: str) -> Person:
    grant = world.keys.of(request)
    if grant is None:
        raise Refusal("access_token_invalid")
    if scope not in grant.scopes:
        raise Refusal("scope_not_authorized")
    return world.person(grant.handle)


async def body_of(request: web.Request) -> dict[str, Json]:
    try:
        parsed = json.loads(await request.text() or "{}")
    except ValueError as error:
        raise Refusal("invalid_params", "The request body is not valid JSON.") from error
    if request.content_type != "application/json" or not isinstance(parsed, dict):
        raise Refusal("invalid_params", "The request body must be a JSON object.")
    return parsed


def part(body: Mapping[str, Json], name: str) -> dict[str, Json]:
    found = body.get(name)
    if not isinstance(found, dict):
        raise Refusal("invalid_params", f"The {name} is missing.")
    return found


def whole(body: Mapping[str, Json], name: str) -> int:
    """A number that is sent as one."""
    found = body.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise Refusal("invalid_params", f"The {name} must be a number.")
    return found
