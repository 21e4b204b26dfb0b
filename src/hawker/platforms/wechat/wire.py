"""Calls to WeChat: a token in the query, JSON in plain UTF-8, refusals within HTTP 200."""

import asyncio
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TypeVar

import aiohttp
from pydantic import BaseModel, ValidationError

from hawker.connect.errors import KeyExpired, SignInAgain
from hawker.connect.http import Answer, Http
from hawker.connect.refusals import read, read_sent, stranger, unsaid
from hawker.connect.shapes import PNG
from hawker.connect.values import Account, Media
from hawker.platforms.wechat.account import SECRET, TOKEN
from hawker.platforms.wechat.refusals import NETWORK, WRONG_SECRET, explain

T = TypeVar("T", bound=BaseModel)


class Said(BaseModel):
    """What every answer may hold; without a code all went well."""

    errcode: int = 0
    errmsg: str = ""


class Token(BaseModel):
    access_token: str
    expires_in: int


@dataclass(frozen=True)
class Api:
    http: Http
    server: str
    token: str = field(default="", repr=False)

    async def get(self, path: str, kind: type[T]) -> T:
        return read(NETWORK, await self._call("GET", path), kind)

    async def ask(self, path: str, body: object, kind: type[T]) -> T:
        return read(NETWORK, await self._call("POST", path, body=body), kind)

    async def send(self, path: str, body: object, kind: type[T], *, but: Collection[int] = ()) -> T:
        """The irreversible call. `but`: codes that are no refusal."""
        answer = await self._call("POST", path, body=body, irreversible=True, but=but)
        return read_sent(NETWORK, answer, kind)

    async def upload(self, path: str, medium: Media, kind: type[T], **params: str) -> T:
        form, content = aiohttp.FormData(), await asyncio.to_thread(medium.read)
        name = "picture.png" if medium.content_type == PNG else "picture.jpg"
        form.add_field("media", BytesIO(content), filename=name, content_type=medium.content_type)
        return read(NETWORK, await self._call("POST", path, form=form, params=params), kind)

    async def _call(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        form: aiohttp.FormData | None = None,
        params: Mapping[str, str] | None = None,
        irreversible: bool = False,
        but: Collection[int] = (),
    ) -> Answer:
        """An escape such as \\u4f60 would be shown to readers as it stands."""
        token = {"access_token": self.token} if self.token else {}
        written = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        answer = await self.http.request(
            method,
            f"{self.server}/cgi-bin/{path}",
            params={**token, **(params or {})},
            headers={"Content-Type": "application/json"} if written is not None else None,
            data=form if written is None else written,
            irreversible=irreversible,
            hidden=self.token,
        )
        said = _said(answer, irreversible=irreversible)
        if said.errcode and said.errcode not in but:
            raise explain(said.errcode, said.errmsg, irreversible=irreversible)
        return answer


def _said(answer: Answer, *, irreversible: bool) -> Said:
    try:
        return Said.model_validate_json(answer.body)
    except ValidationError as error:
        raise (unsaid(NETWORK) if irreversible else stranger(NETWORK, str(answer.status))) from error


def code_of(answer: Answer) -> int:
    """WeChat's code of a refusal; 0 where there is none, or something else answered."""
    try:
        return Said.model_validate_json(answer.body).errcode
    except ValidationError:
        return 0


def api_of(http: Http, account: Account) -> Api:
    return Api(http, account.server, account.secrets[TOKEN])


async def fetch_token(http: Http, server: str, appid: str, secret: str) -> Token:
    """The token that WeChat has for this account at the moment: whoever asks gets the same one, so that
    several processes, or programs, take it from none of each other (“获取稳定版接口调用凭据”, 2026-11-23).
    Raises SignInAgain where the secret is not its own."""
    asked = {"grant_type": "client_credential", "appid": appid, SECRET: secret, "force_refresh": False}
    try:
        return await Api(http, server).ask("stable_token", asked, Token)
    except KeyExpired as wrong:
        raise SignInAgain(WRONG_SECRET, code=wrong.code) from wrong
