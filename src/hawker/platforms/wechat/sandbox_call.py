"""What comes in to the pretend WeChat, read as WeChat reads it, and how it is turned away: with HTTP 200."""

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend import Handler
from hawker.platforms.wechat.sandbox_world import Account, World


class Refusal(Exception):
    """`more` goes into the answer beside code and words."""

    def __init__(self, code: int, words: str, **more: Json) -> None:
        super().__init__(words)
        self.body: dict[str, Json] = {
            "errcode": code,
            "errmsg": f"{words} rid: {secrets.token_hex(4)}",
            **more,
        }

    def answer(self) -> web.Response:
        return told(self.body)


def told(body: Mapping[str, Json]) -> web.Response:
    return web.Response(
        body=json.dumps(body, ensure_ascii=False).encode(), content_type="application/json", charset="utf-8"
    )


def done(words: str = "ok", **more: Json) -> dict[str, Json]:
    return {"errcode": 0, "errmsg": words, **more}


def limited() -> web.Response:
    return Refusal(45011, "api minute-quota reach limit, must slower, retry next minute").answer()


@dataclass(frozen=True)
class Call:
    account: Account
    query: Mapping[str, str]
    body: Mapping[str, Json]
    file: web.FileField | None = None

    def text(self, name: str) -> str:
        value = self.body.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int:
        """Also where a program sends it as text."""
        value = self.body.get(name)
        return int(value) if isinstance(value, int | str) and str(value).isdecimal() else 0

    def part(self, name: str) -> Mapping[str, Json]:
        value = self.body.get(name)
        return value if isinstance(value, dict) else {}


Act = Callable[[Call], Awaitable[Mapping[str, Json]]]


class Desk:
    """Every call but those for tokens goes over it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self, acts: Sequence[tuple[str, str, Act]]) -> list[web.RouteDef]:
        return [_route(method, f"/cgi-bin/{path}", self.answered(act)) for method, path, act in acts]

    def answered(self, act: Act) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            if request.method == "POST" and request.content_length is None:
                return web.Response(status=412)  # WeChat takes no body in chunks
            try:
                account = self._account(request.query.get("access_token", ""), request.remote or "")
                return told(await act(await _read(request, account)))
            except Refusal as refusal:
                return refusal.answer()

        return answer

    def _account(self, token: str, address: str) -> Account:
        if not token:
            raise Refusal(41001, "access_token missing")
        found = self._world.holder(token)
        if found is None:
            raise Refusal(40001, "invalid credential, access_token is invalid or not latest")
        account, end = found
        if end <= self._world.now():
            raise Refusal(42001, "access_token expired")
        demand_address(account, address)
        return account


def demand_address(account: Account, address: str) -> None:
    if account.allowed is not None and address not in account.allowed:
        raise Refusal(40164, f"invalid ip {address} ipv6 ::ffff:{address}, not in whitelist")


def _route(method: str, path: str, handler: Handler) -> web.RouteDef:
    return web.get(path, handler, allow_head=False) if method == "GET" else web.route(method, path, handler)


async def _read(request: web.Request, account: Account) -> Call:
    if request.content_type == "multipart/form-data":
        part = (await request.post()).get("media")
        return Call(account, request.query, {}, part if isinstance(part, web.FileField) else None)
    return Call(account, request.query, parse(await request.text()))


def parse(text: str) -> Mapping[str, Json]:
    """Escapes of letters stay as they are written: readers see them so."""
    try:
        body: Json = json.loads(text.replace("\\u", "\\\\u") or "{}")
    except ValueError as error:
        raise Refusal(47001, "data format error") from error
    if not isinstance(body, dict):
        raise Refusal(47001, "data format error")
    return body
