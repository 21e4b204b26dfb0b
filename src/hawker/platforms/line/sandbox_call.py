"""What comes in to the pretend LINE, and how it is turned away."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.line.sandbox_messages import Fault
from hawker.platforms.line.sandbox_world import Shop, World, request_id

DEAD = (
    "Authentication failed due to the following reason: invalid token. Confirm that the access token in the "
    "authorization header is valid."
)
# 2 MB for a whole call.
MOST = 2 * 2**20


class Refusal(Exception):
    """An error in LINE's shape; `headers` go along, and `more` in its body."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        details: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Json] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.details = details
        self.headers = headers or {}
        self.more = more or {}

    def answer(self) -> web.Response:
        details = {"details": [asdict(each) for each in self.details]} if self.details else {}
        body = {"message": self.message, **details, **self.more}
        return web.json_response(body, status=self.status, headers=self.headers)


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call by somebody who has a token. `id` is what its answer tells as `x-line-request-id`."""

    shop: Shop
    id: str
    body: Mapping[str, Json]
    query: Mapping[str, str]
    key: str
    parts: Mapping[str, str]


async def read_call(world: World, request: web.Request) -> Call:
    _, _, token = request.headers.get("Authorization", "").partition(" ")
    shop = world.by_token(token)
    if shop is None:
        raise Refusal(401, DEAD)
    return Call(
        shop=shop,
        id=request_id(),
        body=await _body(request) if request.method == "POST" else {},
        query=request.query,
        key=request.headers.get("X-Line-Retry-Key", ""),
        parts=request.match_info,
    )


async def _body(request: web.Request) -> Mapping[str, Json]:
    raw = await request.read()
    if len(raw) > MOST:
        raise Refusal(413, "Payload Too Large")
    if request.content_type != "application/json":
        raise Refusal(415, "Unsupported Media Type")
    try:
        parsed: Json = json.loads(raw)
    except ValueError as error:
        raise Refusal(400, "The request body could not be parsed as JSON") from error
    if not isinstance(parsed, dict):
        raise Refusal(400, "The request body could not be parsed as JSON")
    return parsed


def turned_away(details: Sequence[Fault]) -> Refusal:
    return Refusal(400, f"The request body has {len(details)} error(s)", details=details)
