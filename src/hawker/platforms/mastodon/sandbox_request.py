"""What comes in to the pretend Mastodon, read as Rails reads it, and how it is turned away."""

import json
from collections.abc import Mapping

from aiohttp import web

from hawker.platforms.mastodon.sandbox_world import Person, Token, World

KINDS: Mapping[int, type[web.HTTPException]] = {
    400: web.HTTPBadRequest,
    401: web.HTTPUnauthorized,
    403: web.HTTPForbidden,
    404: web.HTTPNotFound,
    422: web.HTTPUnprocessableEntity,
}


def refusal(status: int, error: str, description: str = "") -> web.HTTPException:
    body = {"error": error, **({"error_description": description} if description else {})}
    return KINDS[status](text=json.dumps(body), content_type="application/json")


def missing() -> web.HTTPException:
    return refusal(404, "Record not found")


class Fields:
    """Query, form, multipart or JSON, all in one; lists under `name` or `name[]`."""

    def __init__(self, values: Mapping[str, list[str]], files: Mapping[str, web.FileField]) -> None:
        self._values = values
        self._files = files

    def text(self, name: str) -> str:
        return next(iter(self._values.get(name, [])), "")

    def has(self, name: str) -> bool:
        return name in self._values

    def many(self, name: str) -> list[str]:
        return self._values.get(f"{name}[]") or self._values.get(name, [])

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"1", "true", "on", "t"}

    def file(self, name: str) -> web.FileField | None:
        return self._files.get(name)


async def read_fields(request: web.Request) -> Fields:
    values: dict[str, list[str]] = {}
    files: dict[str, web.FileField] = {}
    for name, value in request.query.items():
        values.setdefault(name, []).append(value)
    if request.content_type == "application/json":
        for name, items in await _json(request):
            values.setdefault(name, []).extend(items)
    else:
        for name, part in (await request.post()).items():
            if isinstance(part, web.FileField):
                files[name] = part
            elif isinstance(part, str):
                values.setdefault(name, []).append(part)
    return Fields(values, files)


async def _json(request: web.Request) -> list[tuple[str, list[str]]]:
    try:
        body = json.loads(await request.text())
    except ValueError as error:
        raise refusal(400, "There was a problem parsing the JSON you submitted") from error
    if not isinstance(body, dict):
        raise refusal(400, "There was a problem parsing the JSON you submitted")
    listed = {name: value if isinstance(value, list) else [value] for name, value in body.items()}
    return [(name, [_spell(item) for item in items if item is not None]) for name, items in listed.items()]


def _spell(item: object) -> str:
    return str(item).lower() if isinstance(item, bool) else str(item)


def token_of(world: World, request: web.Request) -> Token | None:
    """The live token that the request carries; None where it carries none. Raises 401 for a dead one."""
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    if kind != "Bearer":
        return None
    token = world.tokens.get(value)
    if token is None:
        raise refusal(401, "The access token is invalid")
    if token.revoked:
        raise refusal(401, "The access token was revoked")
    return token


def reader(world: World, request: web.Request) -> Person | None:
    """Who asks, where reading needs no sign-in."""
    token = token_of(world, request)
    return token.person if token else None


def author(world: World, request: web.Request, *scopes: str) -> Person:
    """Who asks. Raises 401, 403 where the token has none of the scopes, 422 where it stands for no person."""
    token = token_of(world, request)
    if token is None:
        raise refusal(401, "The access token is invalid")
    if not any(scope in token.scopes or scope.partition(":")[0] in token.scopes for scope in scopes):
        raise refusal(403, "This action is outside the authorized scopes")
    if token.person is None:
        raise refusal(422, "This method requires an authenticated user")
    return token.person
