"""Calls to LinkedIn: its headers, and addresses in which URNs stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from hawker.connect.http import Answer, Explain, Http
from hawker.connect.pieces import Pieces
from hawker.connect.values import Account
from hawker.platforms.linkedin.app import APP
from hawker.platforms.linkedin.refusals import explain


@dataclass(frozen=True, kw_only=True)
class Api:
    """On behalf of one token. Rest.li tells “%3A” from “:”, so that addresses go out as they are."""

    http: Http
    server: str
    version: str
    token: str = field(repr=False)

    @property
    def _headers(self) -> dict[str, str]:
        return {"LinkedIn-Version": self.version, "X-Restli-Protocol-Version": "2.0.0"}

    async def ask(self, path: str, params: Mapping[str, str] | None = None, *, method: str = "") -> Answer:
        """`params` are escaped here; `method` is Rest.li's, where it wants to be told."""
        query = "&".join(f"{name}={escape(value)}" for name, value in (params or {}).items())
        return await self.http.request(
            "GET",
            f"{self.server}{path}{'?' if query else ''}{query}",
            token=self.token,
            headers={**self._headers, **({"X-RestLi-Method": method} if method else {})},
            explain=explain,
            encoded=True,
        )

    async def do(
        self, path: str, body: object, *, irreversible: bool = False, explain: Explain = explain
    ) -> Answer:
        return await self.http.request(
            "POST",
            f"{self.server}{path}",
            token=self.token,
            headers=self._headers,
            json=body,
            irreversible=irreversible,
            explain=explain,
            encoded=True,
        )

    async def put(self, address: str, content: bytes, **headers: str) -> Answer:
        """To an address that LinkedIn gave for an upload."""
        kind = {"Content-Type": "application/octet-stream", "Content-Length": str(len(content)), **headers}
        return await self.http.request(
            "PUT",
            address,
            token=self.token,
            headers=kind,
            data=Pieces(content),
            explain=explain,
            encoded=True,
        )

    async def remove(self, path: str) -> Answer:
        headers = {**self._headers, "X-RestLi-Method": "DELETE"}
        return await self.http.request(
            "DELETE", f"{self.server}{path}", token=self.token, headers=headers, explain=explain, encoded=True
        )


def escape(value: str) -> str:
    """For a path or a query."""
    return quote(value, safe="")


def api_of(http: Http, account: Account) -> Api:
    version = APP.version(account.app)
    return Api(http=http, server=account.server, version=version, token=account.secrets["access_token"])
