"""Calls to the X API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Unpack

from hawker.connect.http import Answer, Explain, Http, Sent
from hawker.connect.values import Account
from hawker.platforms.x.refusals import explain


@dataclass(frozen=True)
class Api:
    """The API on behalf of one account or, without a token, of nobody."""

    http: Http
    server: str
    token: str = field(default="", repr=False)

    async def ask(
        self, path: str, params: Mapping[str, str] | None = None, *, explain: Explain = explain
    ) -> Answer:
        return await self.http.request(
            "GET", f"{self.server}{path}", token=self.token, params=params, explain=explain
        )

    async def do(self, path: str, **sent: Unpack[Sent]) -> Answer:
        sent.setdefault("explain", explain)
        return await self.http.request("POST", f"{self.server}{path}", token=self.token, **sent)

    async def remove(self, path: str) -> Answer:
        return await self.http.request("DELETE", f"{self.server}{path}", token=self.token, explain=explain)


def api_of(http: Http, account: Account) -> Api:
    return Api(http, account.server, account.secrets["access_token"])
