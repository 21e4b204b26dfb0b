"""Calls to a webhook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar, Unpack

from pydantic import BaseModel

from hawker import __version__
from hawker.connect.http import Answer, Explain, Http, Sent
from hawker.connect.refusals import read
from hawker.connect.values import Account

T = TypeVar("T", bound=BaseModel)
# Whoever does not call itself a DiscordBot may be shut out (docs reference, “User Agent”, 2026-08-06).
_CALLER = {"User-Agent": f"DiscordBot (+self-hosted, {__version__}) Hawker"}


@dataclass(frozen=True)
class Hook:
    """`key` is the webhook's number and token as they stand in every address: it must be seen nowhere."""

    http: Http
    server: str
    key: str = field(repr=False)

    @property
    def number(self) -> str:
        return self.key.partition("/")[0]

    async def ask(self, kind: type[T], *, explain: Explain) -> T:
        """Who the webhook is. Raises Stranger where the answer cannot be read."""
        return read("Discord", await self._call("GET", explain=explain), kind)

    async def post(self, params: Mapping[str, str], **sent: Unpack[Sent]) -> Answer:
        return await self._call("POST", params=params, **sent)

    async def delete(self, message: str, params: Mapping[str, str], *, explain: Explain) -> None:
        await self._call("DELETE", f"/messages/{message}", params=params, explain=explain)

    async def _call(
        self,
        method: str,
        path: str = "",
        *,
        params: Mapping[str, str] | None = None,
        **sent: Unpack[Sent],
    ) -> Answer:
        address = f"{self.server}/webhooks/{self.key}{path}"
        return await self.http.request(
            method, address, headers=_CALLER, params=params, hidden=self.key, **sent
        )


def hook_of(http: Http, account: Account) -> Hook:
    return Hook(http, account.server, account.secrets["key"])
