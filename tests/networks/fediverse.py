"""Servers that speak Mastodon's API, and accounts on them as Mastodon.py sees them."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
import requests
from mastodon import Mastodon

from tests.networks.browser import agree
from tests.networks.line import Call, Line
from tests.networks.place import Seen
from tools.process import Process, answers

SCOPES = ["read", "write"]
BACK = "http://localhost:9/back"
BREAK = re.compile(r"<br ?/?>|</p>\s*<p>")
TAG = re.compile(r"<[^>]*>")


@dataclass
class FediverseResident:
    """`typed`: what its owner types, or presses, where the server asks who she is."""

    name: str
    server: str
    line: str
    typed: Mapping[str, str]
    way: str = "token"
    fields: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fields = self.let_in()

    def let_in(self) -> Mapping[str, str]:
        self.client = sign_in(self.server, self.typed)
        return {"server": self.line, "token": str(self.client.access_token)}

    def lock_out(self) -> None:
        self.client.revoke_access_token(allow_http=True)
        self.client = sign_in(self.server, self.typed)

    def delete(self, post: str) -> None:
        self.client.status_delete(post)

    def posts(self) -> list[Seen]:
        return [self._seen(each) for each in self.statuses()]

    def statuses(self) -> list[Any]:
        """As the client gives them, oldest first."""
        me = self.client.account_verify_credentials()
        return list(reversed(self.client.account_statuses(me.id)))

    def _seen(self, status: Any) -> Seen:
        return Seen(
            id=str(status.id),
            url=status.url,
            text=plain(status.content),
            reply_to=str(status.in_reply_to_id or ""),
            alts=tuple(each.description or "" for each in status.media_attachments),
            pictures=tuple(httpx.get(each.url).content for each in status.media_attachments),
        )


@dataclass
class Fediverse:
    line: Line
    address: str
    enrol: Callable[[str], Mapping[str, str]]
    most: int
    platform = "mastodon"
    send = Call("POST", "/api/v1/statuses")
    secret = "token"
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def open(self) -> FediverseResident:
        name = f"shop{next(self._numbers)}"
        return FediverseResident(name, self.address, self.line.address, self.enrol(name))


def sign_in(server: str, typed: Mapping[str, str]) -> Mastodon:
    """By the client's own documentation: register, send the owner to the server, redeem her code."""
    app = Mastodon.create_app("A client", scopes=SCOPES, redirect_uris=BACK, api_base_url=server)
    session = requests.Session()
    # snac2 drops a connection after each answer and does not say so: none may be kept for the next call.
    session.hooks["response"].append(lambda response, **_: response.connection.close())
    client = Mastodon(*app, api_base_url=server, ratelimit_method="throw", session=session)
    url = client.auth_request_url(redirect_uris=BACK, scopes=SCOPES, state="s", allow_http=True)
    answer = agree(url, typed)
    client.log_in(code=answer["code"], redirect_uri=BACK, scopes=SCOPES, allow_http=True)
    return client


def plain(content: str) -> str:
    return html.unescape(TAG.sub("", BREAK.sub("\n", content))).strip()


@contextmanager
def standing(server: Process, line: Line, address: str) -> Iterator[None]:
    """Waits until it answers; in the end it is stopped."""
    line.lead_to(address)
    try:
        server.until(lambda: answers(f"{address}/api/v1/instance"))
        yield
    finally:
        server.stop()
