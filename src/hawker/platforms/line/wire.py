"""Calls to the Messaging API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from hawker.connect.http import Answer, Http, Json
from hawker.connect.refusals import read
from hawker.connect.values import Account
from hawker.platforms.line.account import SECRET, TOKEN
from hawker.platforms.line.refusals import NETWORK, explain

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One official account. `renewable`: its token can be had anew."""

    http: Http
    server: str
    token: str = field(repr=False)
    renewable: bool = False

    async def read(
        self,
        path: str,
        kind: type[T],
        params: Mapping[str, str] | None = None,
        beside: Mapping[str, int] | None = None,
    ) -> T:
        """Raises Stranger where the answer cannot be read."""
        answer = await self.http.request(
            "GET",
            f"{self.server}/v2/bot/{path}",
            token=self.token,
            params=params,
            explain=partial(explain, renewable=self.renewable),
            beside=beside,
        )
        return read(NETWORK, answer, kind)

    async def post(
        self, path: str, body: Mapping[str, Json], *, key: UUID | None = None, irreversible: bool = False
    ) -> Answer:
        """`key`: LINE takes a call with the same key once within 24 hours (“Retry failed API requests”,
        2026-07-01); it raises Repeated for the second."""
        return await self.http.request(
            "POST",
            f"{self.server}/v2/bot/{path}",
            token=self.token,
            headers={"X-Line-Retry-Key": str(key)} if key else None,
            json=body,
            irreversible=irreversible,
            explain=partial(explain, renewable=self.renewable),
        )


def line_of(http: Http, account: Account) -> Line:
    return Line(
        http=http,
        server=account.server,
        token=account.secrets[TOKEN],
        renewable=bool(account.secrets.get(SECRET)),
    )
