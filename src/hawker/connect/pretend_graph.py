"""The pretend side of the Graph dialect: who calls, with what, and how a call is turned away.

A network declares its calls as `Route`s and gives them to a `Desk` (`pretend_graph_desk`). Fields and pages
of lists are in `pretend_graph_fields`, keys and the login in `pretend_graph_oauth`, files in
`pretend_graph_media`, webhooks in `pretend_graph_hooks`.
"""

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from hawker.connect.http import Json

_KINDS: Mapping[int, type[web.HTTPException]] = {
    400: web.HTTPBadRequest,
    401: web.HTTPUnauthorized,
    403: web.HTTPForbidden,
    404: web.HTTPNotFound,
    429: web.HTTPTooManyRequests,
    500: web.HTTPInternalServerError,
}


def refusal(
    code: int,
    message: str,
    *,
    subcode: int = 0,
    status: int = 400,
    kind: str = "OAuthException",
    title: str = "",
    user: str = "",
    transient: bool | None = None,
    data: Json = None,
) -> web.HTTPException:
    """The body of an error; what is empty is left out."""
    more: dict[str, Json] = {
        "error_subcode": subcode or None,
        "is_transient": transient,
        "error_user_title": title or None,
        "error_user_msg": user or None,
        "error_data": data,
    }
    body: dict[str, Json] = {"message": message, "type": kind, "code": code}
    body |= {name: value for name, value in more.items() if value is not None}
    body["fbtrace_id"] = f"A{secrets.token_urlsafe(16)}"
    text = json.dumps({"error": body})
    return _KINDS[status](text=text, content_type="application/json")


def unsupported(node: str) -> web.HTTPException:
    message = (
        f"Unsupported request. Object with ID '{node}' does not exist, cannot be loaded due to missing"
        " permissions, or does not support this operation."
    )
    return refusal(100, message, subcode=33, kind="GraphMethodException")


@dataclass(frozen=True, kw_only=True)
class Key:
    """What stands behind a token. `kind`: USER, PAGE …; `who`: the id of the node that it acts as, `person`
    that of whoever allowed it. `expires_at` None: never."""

    token: str = field(repr=False)
    kind: str
    who: str
    person: str
    app_id: str
    scopes: frozenset[str]
    issued_at: datetime
    expires_at: datetime | None = None
    dead: int = 0


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call as the network understands it. `params`: query, form and JSON in one, all as text. `key` is
    None only at routes that are `open`."""

    request: web.Request
    version: str
    params: Mapping[str, str]
    files: Mapping[str, File]
    key: Key | None

    def part(self, name: str) -> str:
        return self.request.match_info[name]

    @property
    def holder(self) -> Key:
        if self.key is None:
            raise no_token()
        return self.key

    def need(self, *scopes: str) -> None:
        missing = [scope for scope in scopes if scope not in self.holder.scopes]
        if missing:
            raise refusal(200, f"(#200) Requires {missing[0]} permission to manage the object", status=403)

    def given(self, name: str) -> str:
        """Raises 100 where it is missing."""
        value = self.params.get(name, "")
        if not value:
            raise refusal(100, f"(#100) The parameter {name} is required")
        return value

    def parsed(self, name: str) -> Json:
        """A list or an object, which comes as JSON text."""
        try:
            value: Json = json.loads(self.params.get(name, "null"))
        except ValueError as error:
            raise refusal(100, f"(#100) param {name} must be an array.") from error
        return value

    def is_on(self, name: str, *, default: bool = False) -> bool:
        return self.params.get(name, str(default)).lower() in {"true", "1"}


Answers = Callable[[Call], Awaitable[Json | web.StreamResponse]]


@dataclass(frozen=True, kw_only=True)
class Route:
    """`path` is without version. `open`: it needs no token, or looks at it itself."""

    method: str
    path: str
    answers: Answers
    open: bool = False


def no_token() -> web.HTTPException:
    return refusal(104, "An access token is required to request this resource.")
