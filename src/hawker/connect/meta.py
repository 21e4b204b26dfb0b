"""The Graph dialect, which Meta's networks share: calls with version, token and proof, pages, uploads.

Refusals are in `meta_refusals`, limits in `meta_usage`, signing in in `meta_oauth`, webhooks in `meta_hooks`.
"""

import hashlib
import hmac
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

import aiohttp
from pydantic import BaseModel, ValidationError

from hawker.connect.apps import VERSION, key
from hawker.connect.errors import CannotLook
from hawker.connect.http import Answer, Http
from hawker.connect.meta_refusals import Name, Refusals, Text, read_trouble
from hawker.connect.pieces import of_medium
from hawker.connect.refusals import read, read_sent, stranger
from hawker.connect.text import say
from hawker.connect.values import Account, Media

T = TypeVar("T", bound=BaseModel)
# Meta's hosts for all its products on this dialect.
API, LOGIN = "https://graph.facebook.com", "https://www.facebook.com"
CONSOLE, UPLOADS = "https://developers.facebook.com/apps/", "https://rupload.facebook.com"
# What a kept query must not carry on.
SECRET = {"access_token", "appsecret_proof"}
_TOO_MUCH = say("There is too much there to look through. Look yourself whether the post is out.")


class Id(BaseModel):
    id: Name


class Success(BaseModel):
    success: bool = True


class _Paging(BaseModel):
    next: Text = ""


class _Page(BaseModel):
    data: list[object] = []
    paging: _Paging | None = None


@dataclass(frozen=True, kw_only=True)
class Graph:
    """The API on behalf of one token or, without one, of nobody. `server` has no version; `secret` is the
    app's, of which each call shows a proof."""

    http: Http
    server: str
    version: str
    refusals: Refusals
    token: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)

    def address(self, path: str, *, server: str = "") -> str:
        return "/".join(each for each in (server or self.server, self.version, path) if each)

    async def ask(self, path: str, params: Mapping[str, str] | None = None) -> Answer:
        answer = await self.http.request(
            "GET",
            self.address(path),
            token=self.token,
            params={**(params or {}), **self._proof()},
            explain=self.refusals.explain,
        )
        return self._checked(answer)

    async def read(self, path: str, kind: type[T], params: Mapping[str, str] | None = None) -> T:
        """Raises Later where the answer cannot be read."""
        return self.parse(await self.ask(path, params), kind)

    async def listed(
        self, path: str, kind: type[T], params: Mapping[str, str] | None = None, *, pages: int = 20
    ) -> AsyncIterator[T]:
        """All of a list, also over pages that are short or empty: the last one has no `next`. Raises
        CannotLook where there are more than so many pages."""
        asked = dict(params or {})
        for _ in range(pages):
            page = await self.read(path, _Page, asked)
            for item in page.data:
                yield self._item(item, kind)
            following = page.paging.next if page.paging else ""
            if not following:
                return
            asked |= {key: text for key, text in parse_qsl(urlsplit(following).query) if key not in SECRET}
        raise CannotLook(_TOO_MUCH)

    async def do(
        self,
        path: str,
        form: Mapping[str, str] | None = None,
        *,
        params: Mapping[str, str] | None = None,
        json: object = None,
        data: aiohttp.FormData | None = None,
        irreversible: bool = False,
        server: str = "",
    ) -> Answer:
        refusals = self.refusals
        answer = await self.http.request(
            "POST",
            self.address(path, server=server),
            token=self.token,
            params={**(params or {}), **self._proof()},
            form=form,
            json=json,
            data=data,
            irreversible=irreversible,
            explain=refusals.explain_irreversible if irreversible else refusals.explain,
        )
        return self._checked(answer, irreversible=irreversible)

    async def remove(self, path: str) -> Answer:
        answer = await self.http.request(
            "DELETE",
            self.address(path),
            token=self.token,
            params=self._proof(),
            explain=self.refusals.explain,
        )
        return self._checked(answer)

    async def upload(self, url: str, medium: Media, *, start: int = 0) -> Answer:
        """A video's bytes, from `start` on, to the address that an upload session named."""
        headers = {
            "Authorization": f"OAuth {self.token}",
            "offset": str(start),
            "file_size": str(medium.size),
            "Content-Length": str(medium.size - start),
            "Content-Type": "application/octet-stream",
        }
        answer = await self.http.request(
            "POST", url, headers=headers, data=of_medium(medium, start), explain=self.refusals.explain
        )
        return self._checked(answer)

    def parse(self, answer: Answer, kind: type[T]) -> T:
        return read(self.refusals.network, answer, kind)

    def parse_sent(self, answer: Answer, kind: type[T]) -> T:
        """For the answer to an irreversible call; raises OutcomeUnknown where it cannot be read."""
        return read_sent(self.refusals.network, answer, kind)

    def _item(self, item: object, kind: type[T]) -> T:
        try:
            return kind.model_validate(item)
        except ValidationError as error:
            raise stranger(self.refusals.network) from error

    def _checked(self, answer: Answer, *, irreversible: bool = False) -> Answer:
        """Meta now and then refuses with a status of 200."""
        if read_trouble(answer) is None:
            return answer
        refusals = self.refusals
        explain = refusals.explain_irreversible if irreversible else refusals.explain
        raise explain(answer) or stranger(refusals.network, str(answer.status))

    def _proof(self) -> dict[str, str]:
        if not (self.token and self.secret):
            return {}
        return {"appsecret_proof": proof(self.secret, self.token)}


def proof(secret: str, token: str) -> str:
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def graph(http: Http, account: Account, refusals: Refusals) -> Graph:
    """The API on behalf of an account, whose key is its secret `access_token`. Raises Later where the keys of
    the app are gone."""
    return Graph(
        http=http,
        server=account.server,
        version=account.app.get(VERSION, ""),
        refusals=refusals,
        token=account.secrets["access_token"],
        secret=key(account.app, "client_secret"),
    )
