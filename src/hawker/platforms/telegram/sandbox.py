"""A pretend Telegram: the part of the Bot API that serves channels, in memory. See README.md for the rest."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.platforms.telegram.sandbox_call import Refusal, read_call
from hawker.platforms.telegram.sandbox_methods import Methods, sending
from hawker.platforms.telegram.sandbox_pages import Pages
from hawker.platforms.telegram.sandbox_world import Message, Robot, World

_WAIT = 3


class PretendTelegram:
    def __init__(self, address: str) -> None:
        self.world = World()
        self._address = address
        self._sending = sending(self.world)
        self._methods = {**self._sending, **Methods(self.world).table()}

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self._answer),
            web.get("/file/bot{token}/{path:.*}", self._file),
            *Pages(self._address, self.world).routes(),
        ]

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        channel = self.world.open(handle)
        return "bot", {
            "channel": f"@{channel.username}",
            "token": channel.robot.token,
            "server": self._address,
            "site": f"{self._address}/t.me",
        }

    def is_send(self, request: web.Request) -> bool:
        return request.path.rpartition("/")[2].lower() in self._sending

    def limited(self, request: web.Request) -> web.Response:
        return Refusal(429, f"Too Many Requests: retry after {_WAIT}", retry_after=_WAIT).answer()

    def revoke(self, handle: str) -> None:
        self.world.open(handle).robot.token = ""

    def published(self, handle: str) -> tuple[Seen, ...]:
        return tuple(_seen(post) for post in self.world.open(handle).posts())

    async def _answer(self, request: web.Request) -> web.Response:
        try:
            robot = self._robot(request)
            method = self._methods.get(request.match_info["method"].lower())
            if method is None:
                raise Refusal(404, "Not Found")
            return web.json_response({"ok": True, "result": method(robot, await read_call(request))})
        except Refusal as refusal:
            return refusal.answer()

    async def _file(self, request: web.Request) -> web.Response:
        try:
            self._robot(request)
        except Refusal as refusal:
            return refusal.answer()
        files = {upload.path: upload for upload in self.world.uploads.values()}
        upload = files.get(request.match_info["path"])
        if upload is None:
            return Refusal(404, "Not Found").answer()
        return web.Response(body=upload.data, content_type=upload.content_type)

    def _robot(self, request: web.Request) -> Robot:
        """Whose token it is. One that has not the form of a token leads nowhere."""
        number, colon, secret = request.match_info["token"].partition(":")
        if not (number.isdecimal() and colon and secret):
            raise Refusal(404, "Not Found")
        robot = self.world.robot(f"{number}:{secret}")
        if robot is None:
            raise Refusal(401, "Unauthorized")
        return robot


def _seen(post: Sequence[Message]) -> Seen:
    """Telegram keeps no alternative texts."""
    first = post[0]
    reply_to = str(first.reply_to) if first.reply_to else ""
    question = first.poll.question if first.poll else ""
    return Seen(remote_id=str(first.id), text=first.text or question, reply_to=reply_to)
