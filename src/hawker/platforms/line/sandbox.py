"""A pretend LINE: the part of the Messaging API that writes to the friends of an official account."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend import Handler, Seen
from hawker.platforms.line.app import SECRETS
from hawker.platforms.line.quota import FREE, MONTHLY
from hawker.platforms.line.sandbox_call import Call, Refusal, read_call
from hawker.platforms.line.sandbox_desk import Desk, TokenDesk
from hawker.platforms.line.sandbox_pages import Pages
from hawker.platforms.line.sandbox_send import TOO_MANY, Counter
from hawker.platforms.line.sandbox_world import CHANNEL_SECRET, Sent, World

Answers = Callable[[Call], Awaitable[Json]]
SENDING = ("/v2/bot/message/broadcast", "/v2/bot/message/narrowcast", "/v2/bot/message/push")
# A call without messages sends nothing.
EMPTY = 40


class PretendLine:
    def __init__(self, address: str) -> None:
        self.world = World()
        self._address = address

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        tokens, pages = TokenDesk(self.world), Pages(f"{self._address}/www", self.world)
        return [
            *(web.RouteDef(method, f"/v2/bot/{path}", self._handled(answers), {})
              for method, path, answers in self._calls()),
            web.post("/v2/oauth/accessToken", tokens.issue),
            web.post("/oauth2/v3/token", tokens.issue_stateless),
            web.post("/v2/oauth/verify", tokens.verify),
            web.post("/v2/oauth/revoke", tokens.revoke),
            *pages.routes(),
        ]  # fmt: skip

    def _calls(self) -> Sequence[tuple[str, str, Answers]]:
        desk, counter = Desk(self.world), Counter(self.world)
        return (
            ("GET", "info", desk.info),
            ("GET", "message/quota", desk.quota),
            ("GET", "message/quota/consumption", desk.consumption),
            ("GET", "insight/followers", desk.followers),
            ("GET", "audienceGroup/{group}", desk.group),
            ("GET", "message/progress/narrowcast", counter.progress),
            ("POST", "message/validate/broadcast", counter.validate),
            ("POST", "message/validate/narrowcast", counter.validate),
            ("POST", "message/validate/push", counter.validate),
            ("POST", "message/broadcast", counter.broadcast),
            ("POST", "message/narrowcast", counter.narrowcast),
            ("POST", "message/push", counter.push),
        )

    def app(self) -> Mapping[str, str]:
        return {SECRETS: CHANNEL_SECRET, "server": self._address, "site": f"{self._address}/www"}

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        return "token", {"access_token": self.world.open(handle).token}

    def is_send(self, request: web.Request) -> bool:
        weighs = (request.content_length or 0) > EMPTY
        return request.method == "POST" and request.path.endswith(SENDING) and weighs

    def limited(self, request: web.Request) -> web.Response:
        return Refusal(429, TOO_MANY).answer()

    def revoke(self, handle: str) -> None:
        shop = self.world.open(handle)
        shop.token = ""
        shop.fresh.clear()

    def published(self, handle: str) -> tuple[Seen, ...]:
        return tuple(_seen(each) for each in self.world.open(handle).shown)

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        """LINE tells neither when an hour began nor when a month ends."""
        shop = self.world.open(handle)
        if budget == MONTHLY.name:
            shop.quota, shop.used = max(FREE, left), max(FREE, left) - left
        else:
            shop.hourly = left

    def befriend(self, handle: str, name: str) -> str:
        return self.world.befriend(self.world.open(handle), name).id

    def tell(self, address: str) -> None:
        self.world.courier.tell(address)

    def _handled(self, answers: Answers) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                call = await read_call(self.world, request)
                told = await answers(call)
            except Refusal as refusal:
                return refusal.answer()
            status = 202 if request.path.endswith(SENDING[1]) else 200
            headers = {} if self.world.manners.headerless else {"x-line-request-id": call.id}
            return web.json_response(told, status=status, headers=headers)

        return handle


def _seen(sent: Sent) -> Seen:
    return Seen(remote_id=sent.id, text="\n".join(each.text for each in sent.bubbles if each.text))
