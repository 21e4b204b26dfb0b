"""Calls to one server."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

from hawker.connect.errors import NetworkError
from hawker.connect.http import Answer, Explain, Http
from hawker.connect.values import Account
from hawker.platforms.mastodon.refusals import explain, moved


@dataclass(frozen=True)
class Server:
    """One server's API, on behalf of one account or, without a token, of none."""

    http: Http
    address: str
    token: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    async def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        json: object = None,
        data: aiohttp.FormData | None = None,
        headers: Mapping[str, str] | None = None,
        irreversible: bool = False,
        explain: Explain | None = None,
    ) -> Answer:
        """An answer of 200 to 299, else a NetworkError. `path` may be a whole address."""
        answer = await self.http.request(
            method,
            path if "://" in path else f"{self.address}{path}",
            token=self.token,
            # Mastodon writes its errors in the account's own language unless asked (Localized, June 2026).
            params={"lang": "en", **(params or {})},
            form=form,
            json=json,
            data=data,
            headers=headers,
            irreversible=irreversible,
            explain=explain or self.explain,
        )
        if answer.status >= 300:
            raise moved(self.host, answer)
        return answer

    def explain(self, answer: Answer) -> NetworkError | None:
        return explain(self.host, answer)


def server_of(http: Http, account: Account) -> Server:
    return Server(http, account.server, account.secrets["token"])
