"""Calls to Pinterest's API."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ValidationError

from hawker.connect.http import Answer, Explain, Http, Json
from hawker.connect.pieces import Pieces
from hawker.connect.refusals import read, stranger
from hawker.connect.values import Account
from hawker.platforms.pinterest.app import APP
from hawker.platforms.pinterest.refusals import NAME, explain

T = TypeVar("T", bound=BaseModel)
PAGE = 250
# Pinterest leaves out what it does not know, or says null.
Word = Annotated[str, BeforeValidator(lambda value: "" if value is None else str(value))]


class _Page(BaseModel):
    items: list[object]
    bookmark: Word = ""


@dataclass(frozen=True)
class Api:
    """The API on behalf of one account."""

    http: Http
    base: str
    token: str = field(repr=False)

    async def ask(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        return await self.http.request(
            "GET", f"{self.base}/{path}", token=self.token, params=params, explain=explain
        )

    async def do(
        self,
        path: str,
        body: Mapping[str, Json],
        *,
        irreversible: bool = False,
        explain: Explain = explain,
    ) -> Answer:
        """Pictures within a call make it long."""
        content = (await asyncio.to_thread(json.dumps, body)).encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(content))}
        return await self.http.request(
            "POST",
            f"{self.base}/{path}",
            token=self.token,
            headers=headers,
            data=Pieces(content),
            irreversible=irreversible,
            explain=explain,
        )

    async def remove(self, path: str) -> Answer:
        return await self.http.request("DELETE", f"{self.base}/{path}", token=self.token, explain=explain)

    async def pages(self, path: str, kind: type[T]) -> AsyncIterator[tuple[Answer, list[T]]]:
        """Each page of a list, with the answer that it came in."""
        params = {"page_size": str(PAGE)}
        while True:
            answer = await self.ask(path, params)
            page = read(NAME, answer, _Page)
            yield answer, [_item(each, kind) for each in page.items]
            if not page.bookmark or page.bookmark == params.get("bookmark"):
                return
            params["bookmark"] = page.bookmark


def _item(item: object, kind: type[T]) -> T:
    try:
        return kind.model_validate(item)
    except ValidationError as error:
        raise stranger(NAME) from error


def api_of(http: Http, account: Account) -> Api:
    return Api(http, f"{account.server}/{APP.version(account.app)}", account.secrets["access_token"])
