"""Calls to the Bot API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar, Unpack

from pydantic import BaseModel, TypeAdapter, ValidationError

from hawker.connect.http import Answer, Explain, Http, Sent
from hawker.connect.refusals import stranger
from hawker.connect.values import Account
from hawker.platforms.telegram.refusals import explain

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Bot:
    """One bot at one server. Its token is a part of every address: it must be seen nowhere."""

    http: Http
    server: str
    token: str = field(repr=False)

    async def ask(
        self,
        method: str,
        kind: type[T],
        params: Mapping[str, str] | None = None,
        *,
        explain: Explain = explain,
    ) -> T:
        """Raises Stranger where the answer cannot be read."""
        address = self._address(method)
        answer = await self.http.request("GET", address, params=params, explain=explain, hidden=self.token)
        try:
            return read(answer, kind)
        except ValidationError as error:
            raise stranger("Telegram") from error

    async def do(self, method: str, **sent: Unpack[Sent]) -> Answer:
        sent.setdefault("explain", explain)
        return await self.http.request("POST", self._address(method), hidden=self.token, **sent)

    def _address(self, method: str) -> str:
        return f"{self.server}/bot{self.token}/{method}"


def bot_of(http: Http, account: Account) -> Bot:
    return Bot(http, account.server, account.secrets["token"])


def read(answer: Answer, kind: type[T]) -> T:
    """Raises ValidationError."""
    return TypeAdapter(kind).validate_python(_result(answer))


def _result(answer: Answer) -> object:
    parsed = answer.json()
    return parsed.get("result") if isinstance(parsed, dict) and parsed.get("ok") is True else None
