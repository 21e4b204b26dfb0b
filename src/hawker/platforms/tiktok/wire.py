"""Calls to TikTok's API, all of which are POST."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel

from hawker.connect.http import Answer, Http, Json
from hawker.connect.refusals import read, read_sent, unsaid
from hawker.connect.values import Account
from hawker.platforms.tiktok.app import APP
from hawker.platforms.tiktok.refusals import FAULT, NAME, explain

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Api:
    """The API on behalf of one account."""

    http: Http
    base: str
    token: str = field(repr=False)

    async def call(
        self,
        path: str,
        kind: type[T],
        body: Mapping[str, Json] | None = None,
        *,
        irreversible: bool = False,
    ) -> T:
        answer = await self.ask(path, body, irreversible=irreversible)
        return (read_sent if irreversible else read)(NAME, answer, kind)

    async def ask(
        self,
        path: str,
        body: Mapping[str, Json] | None = None,
        *,
        params: Mapping[str, str] | None = None,
        irreversible: bool = False,
    ) -> Answer:
        answer = await self.http.request(
            "POST",
            f"{self.base}/{path}/",
            token=self.token,
            headers={"Content-Type": "application/json; charset=UTF-8"},
            params=params,
            json=body or {},
            irreversible=irreversible,
            explain=explain,
        )
        if error := explain(answer):
            raise unsaid(NAME) if irreversible and error.code == FAULT else error
        return answer


def api_of(http: Http, account: Account) -> Api:
    return Api(http, f"{account.server}/{APP.version(account.app)}", account.secrets["access_token"])
