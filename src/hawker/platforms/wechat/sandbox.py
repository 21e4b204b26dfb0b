"""A pretend WeChat: the part of its API that official accounts publish with, in memory."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend import Seen
from hawker.platforms.wechat.sandbox_call import Desk, Refusal, demand_address, limited, parse, told
from hawker.platforms.wechat.sandbox_drafts import Drafts, read
from hawker.platforms.wechat.sandbox_pages import Pages, text_of
from hawker.platforms.wechat.sandbox_publishing import Publishing
from hawker.platforms.wechat.sandbox_push import KEYS, Push
from hawker.platforms.wechat.sandbox_world import Account, Article, World

_SENDS = ("/cgi-bin/freepublish/submit", "/cgi-bin/message/mass/sendall")


class PretendWeChat:
    def __init__(self, address: str) -> None:
        self.world = World()
        self.push = Push(address, self.world)
        self._address = address

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        acts = (
            *Drafts(self._address, self.world).acts(),
            *Publishing(self._address, self.world, self.push).acts(),
        )
        return [
            web.post("/cgi-bin/stable_token", self._stable_token),
            web.get("/cgi-bin/token", self._token, allow_head=False),
            *Desk(self.world).routes(acts),
            *Pages(self._address, self.world).routes(),
        ]

    async def _stable_token(self, request: web.Request) -> web.Response:
        try:
            asked = parse(await request.text())
            account = self._known(request, asked)
            forced = asked.get("force_refresh") is True
            return _given(self.world.token(account, forced=forced))
        except Refusal as refusal:
            return refusal.answer()

    async def _token(self, request: web.Request) -> web.Response:
        try:
            return _given(self.world.elder_token(self._known(request, dict(request.query))))
        except Refusal as refusal:
            return refusal.answer()

    def _known(self, request: web.Request, asked: Mapping[str, Json]) -> Account:
        if asked.get("grant_type") != "client_credential":
            raise Refusal(40002, "invalid grant_type")
        account = self.world.accounts.get(str(asked.get("appid")))
        if account is None:
            raise Refusal(40013, "invalid appid")
        if asked.get("secret") != account.secret:
            raise Refusal(40125, "invalid appsecret")
        demand_address(account, request.remote or "")
        return account

    def app(self) -> Mapping[str, str]:
        return {**KEYS, "server": self._address, "site": self._address}

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        account = self.world.open(handle)
        return "keys", {"appid": account.appid, "secret": account.secret, "name": handle}

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path.endswith(_SENDS)

    def limited(self, request: web.Request) -> web.Response:
        return limited()

    def revoke(self, handle: str) -> None:
        """The owner resets the AppSecret."""
        account = self.world.open(handle)
        account.secret = secrets.token_hex(16)
        account.tokens.clear()
        account.elder_tokens.clear()

    def published(self, handle: str) -> tuple[Seen, ...]:
        return tuple(_seen(post) for post in self.world.open(handle).posts)

    def tell(self, address: str) -> None:
        self.push.address = address

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        account = self.world.open(handle)
        account.calls, account.blocked_until = left, self.world.now() + timedelta(seconds=seconds)


def _given(token: tuple[str, int]) -> web.Response:
    return told({"access_token": token[0], "expires_in": token[1]})


def _seen(post: Article) -> Seen:
    alts = tuple(read(str(post.fields.get("content") or "")).alts)
    return Seen(remote_id=post.id or str(post.msg_id), text=text_of(post), alts=alts)
