"""The pretend Discord's calls: a webhook, and the messages that it wrote."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend import Handler
from hawker.platforms.discord import sandbox_json as entities
from hawker.platforms.discord.sandbox_call import Refusal, invalid, limited, read_call, told
from hawker.platforms.discord.sandbox_message import called_by, files_of, name_of, place_of, text_of
from hawker.platforms.discord.sandbox_poll import poll_of
from hawker.platforms.discord.sandbox_world import Bucket, Channel, Message, World

Act = Callable[[Channel, web.Request], Awaitable[Json]]
_HOOK = "/webhooks/{webhook}/{token}"
_SENDABLE_FLAGS = 1 << 2 | 1 << 12


class Hooks:
    """`address`: where they are served."""

    def __init__(self, address: str, world: World) -> None:
        self._address = address
        self._world = world

    def routes(self) -> Sequence[web.RouteDef]:
        """With the number of the API's version and without."""
        acts: tuple[tuple[str, str, Act], ...] = (
            ("GET", _HOOK, self._read),
            ("DELETE", _HOOK, self._close),
            ("POST", _HOOK, self._send),
            ("GET", f"{_HOOK}/messages/{{message}}", self._get),
            ("PATCH", f"{_HOOK}/messages/{{message}}", self._edit),
            ("DELETE", f"{_HOOK}/messages/{{message}}", self._delete),
        )
        bases = ("/api", "/api/v{version:\\d+}")
        return [
            web.route(method, base + path, self._answered(act), allow_head=False)
            if method == "GET"
            else web.route(method, base + path, self._answered(act))
            for base in bases
            for method, path, act in acts
        ]

    def _answered(self, act: Act) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                channel = self._channel(request)
                bucket = self._world.buckets.setdefault(channel.webhook, Bucket())
                if not bucket.take(self._world.now()):
                    return self._told(limited(self._wait(bucket)), bucket)
                body = await act(channel, request)
            except Refusal as refusal:
                return refusal.answer()
            answer = web.Response(status=204) if body is None else told(body)
            return self._told(answer, bucket)

        return answer

    def _told(self, answer: web.Response, bucket: Bucket) -> web.Response:
        answer.headers["X-RateLimit-Limit"] = str(bucket.limit)
        answer.headers["X-RateLimit-Remaining"] = str(bucket.left)
        answer.headers["X-RateLimit-Reset"] = f"{bucket.full_again.timestamp():.3f}"
        answer.headers["X-RateLimit-Reset-After"] = f"{self._wait(bucket):.3f}"
        answer.headers["X-RateLimit-Bucket"] = "pretend"
        return answer

    def _wait(self, bucket: Bucket) -> float:
        return max((bucket.full_again - self._world.now()).total_seconds(), 0.0)

    def _channel(self, request: web.Request) -> Channel:
        number, token = request.match_info["webhook"], request.match_info["token"]
        if not number.isdecimal():
            raise invalid("webhook_id", "NUMBER_TYPE_COERCE", f'Value "{number}" is not snowflake.')
        channel = self._world.of_webhook(int(number))
        if channel is None:
            raise Refusal(404, 10015, "Unknown Webhook")
        if not token or token != channel.token:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        return channel

    async def _read(self, channel: Channel, request: web.Request) -> Json:
        return entities.webhook(channel, self._address)

    async def _close(self, channel: Channel, request: web.Request) -> Json:
        channel.closed = True
        return None

    async def _send(self, channel: Channel, request: web.Request) -> Json:
        """All is read and may be refused before a thread is opened."""
        call = await read_call(request)
        text, name = text_of(call, files=bool(call.files)), name_of(call, channel)
        flags, called = call.number("flags") & _SENDABLE_FLAGS, called_by(text, call)
        files, poll = files_of(self._world, call), poll_of(call, self._world.now())
        place = place_of(self._world, channel, request.query.get("thread_id", ""), call)
        message = Message(
            id=self._world.snowflake(),
            place=place,
            author=name,
            date=self._world.now(),
            text=text,
            flags=flags,
            attachments=files,
            poll=poll,
            called=called,
        )
        channel.messages[message.id] = message
        waits = request.query.get("wait", "").lower() in {"true", "1"}
        return entities.message(channel, message, self._address) if waits else None

    async def _get(self, channel: Channel, request: web.Request) -> Json:
        return entities.message(channel, self._named(channel, request), self._address)

    async def _edit(self, channel: Channel, request: web.Request) -> Json:
        message, call = self._named(channel, request), await read_call(request)
        if "content" in call.fields:
            message.text = text_of(call, files=bool(message.attachments))
        message.edited = self._world.now()
        return entities.message(channel, message, self._address)

    async def _delete(self, channel: Channel, request: web.Request) -> Json:
        del channel.messages[self._named(channel, request).id]
        return None

    def _named(self, channel: Channel, request: web.Request) -> Message:
        """What is in a thread is found only where the thread is named."""
        number, thread = request.match_info["message"], request.query.get("thread_id", str(channel.id))
        if not channel.holds(int(thread)):
            raise Refusal(404, 10003, "Unknown Channel")
        message = channel.messages.get(int(number)) if number.isdecimal() else None
        if message is None or str(message.place) != thread:
            raise Refusal(404, 10008, "Unknown Message")
        return message
