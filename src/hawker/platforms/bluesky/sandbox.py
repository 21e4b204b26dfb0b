"""A pretend Bluesky: one server that holds accounts, and the apps' view of them, in memory.

It speaks as the reference server 0.5.35 does; README.md says where it differs.
"""

import time
from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.pretend import Handler, Seen
from hawker.platforms.bluesky.sandbox_accounts import Accounts, Call
from hawker.platforms.bluesky.sandbox_json import fields, items, words
from hawker.platforms.bluesky.sandbox_pages import Pages
from hawker.platforms.bluesky.sandbox_people import People, Record, parent
from hawker.platforms.bluesky.sandbox_refusal import SPENT, Allowance, Refusal, too_many
from hawker.platforms.bluesky.sandbox_repo import Repositories
from hawker.platforms.bluesky.sandbox_views import Views, embed_view

_WAIT = 3
_ANYBODY = ""


class PretendBluesky:
    def __init__(self, address: str) -> None:
        self.people = People()
        self.accounts = Accounts(address, self.people)
        self.repositories = Repositories(self.accounts)
        self.calls = Allowance(points=3000, seconds=300)
        self._counts_calls = False
        self._address = address

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        views, pages = Views(self.accounts), Pages(self._address, self.people)
        calls = {**self.accounts.calls(), **self.repositories.calls(), **views.calls()}
        xrpc = [
            web.route(method, f"/xrpc/{name}", self._refusing(call)) for (method, name), call in calls.items()
        ]
        return [*xrpc, web.route("*", "/xrpc/{name}", self._refusing(_unknown)), *pages.routes()]

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        person = self.people.open(handle)
        return "password", {
            "server": self._address,
            "handle": person.handle,
            "password": person.app_password,
            "site": self._address,
        }

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path.endswith("/xrpc/com.atproto.repo.createRecord")

    def limited(self, request: web.Request) -> web.Response:
        return too_many(points=3000, seconds=300, reset=time.time() + _WAIT).answer()

    def revoke(self, handle: str) -> None:
        self.accounts.revoke(self.people.open(handle))

    def published(self, handle: str) -> tuple[Seen, ...]:
        person = self.people.open(handle)
        return tuple(_seen(post) for post in person.posts)

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        hour, day = self.repositories.writes
        allowance = {"writes_hour": hour, "writes_day": day, "calls": self.calls}[budget]
        # Of its own accord it counts no calls: a drill makes in a minute what a network sees in an hour.
        self._counts_calls = self._counts_calls or budget == "calls"
        who = _ANYBODY if budget == "calls" else self.people.open(handle).did
        allowance.leave(who, left, seconds)

    def _refusing(self, call: Call) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            request[SPENT] = []
            try:
                self.calls.spend(_ANYBODY, 1 if self._counts_calls else 0)
                answer = await call(request)
            except Refusal as refusal:
                return refusal.answer()
            spent = [(self.calls, _ANYBODY), *request[SPENT]]
            allowance, who = min(spent, key=lambda each: each[0].left(each[1]))
            answer.headers.update(allowance.headers(who))
            return answer

        return handle


def _seen(post: Record) -> Seen:
    images = items(embed_view(post, str).get("images"))
    alts = tuple(words(fields(image)["alt"]) for image in images)
    return Seen(remote_id=post.uri, text=words(post.value["text"]), alts=alts, reply_to=parent(post))


async def _unknown(request: web.Request) -> web.StreamResponse:
    raise Refusal(501, "MethodNotImplemented", "Method Not Implemented")
