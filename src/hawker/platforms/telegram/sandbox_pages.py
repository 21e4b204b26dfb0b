"""The pages at which a visitor reads a channel of the pretend Telegram, as on t.me."""

from collections.abc import Iterator, Sequence
from html import escape

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_pages import Look, Shown, article, heading, linked, picture, video
from hawker.platforms.telegram.sandbox_world import Channel, Message, Poll, Upload, World

LOOK = Look(
    "body{background:#d5e3ec;color:#111}header,article{background:#fff;border-radius:14px}a{color:#1a6fae}"
    "blockquote{border-left:3px solid #1a6fae;margin:6px 0;padding-left:10px;color:#444}"
    ".button{display:block;text-align:center;background:#e6eff6;border-radius:10px;padding:10px}"
)


class Pages:
    """`address`: where they are served."""

    def __init__(self, address: str, world: World) -> None:
        self._address = address
        self._world = world

    def routes(self) -> Sequence[web.RouteDef]:
        return [
            web.get("/t.me/files/{id}", self._file),
            web.get("/t.me/c/{number}", self._channel),
            web.get("/t.me/c/{number}/{id}", self._post),
            web.get("/t.me/{name}", self._channel),
            web.get("/t.me/{name}/{id}", self._post),
        ]

    async def _channel(self, request: web.Request) -> web.Response:
        channel = self._named(request)
        posts = "".join(self._article(channel, post) for post in reversed(channel.posts()))
        return LOOK.page(channel.title, heading(channel.title, _handle(channel)) + posts)

    async def _post(self, request: web.Request) -> web.Response:
        channel, wanted = self._named(request), request.match_info["id"]
        posts = channel.posts()
        here = next((post for post in posts if wanted in {str(each.id) for each in post}), None)
        if here is None:
            raise LOOK.missing("This post is not here.")
        answers = [post for post in posts if post[0].reply_to == here[0].id]
        shown = "".join(self._article(channel, post) for post in [here, *answers])
        return LOOK.page(channel.title, shown)

    async def _file(self, request: web.Request) -> web.Response:
        upload = self._world.uploads.get(request.match_info["id"])
        if upload is None:
            raise LOOK.missing("This file is not here.")
        return web.Response(body=upload.data, content_type=upload.content_type)

    def _named(self, request: web.Request) -> Channel:
        number = request.match_info.get("number")
        channel = self._world.channel(f"-100{number}" if number else f"@{request.match_info['name']}")
        if channel is None:
            raise LOOK.missing("No channel has this name.")
        return channel

    def _article(self, channel: Channel, post: Sequence[Message]) -> str:
        first = post[0]
        above = channel.messages.get(first.reply_to)
        quoted = f"<blockquote>{escape(above.text[:80])}</blockquote>" if above else ""
        page = f"{self._address}/t.me/{channel.page}"
        return article(
            Shown(
                name=channel.title,
                handle="",
                profile=page,
                page=f"{page}/{first.id}",
                at=first.date,
                above=quoted + "".join(self._media(each.upload) for each in post if each.upload),
                text=linked(first.text, _links(first)),
                below=_poll(first.poll) + _button(first.buttons),
            )
        )

    def _media(self, upload: Upload) -> str:
        source = f"{self._address}/t.me/files/{upload.id}"
        return video(source) if upload.kind == "video" else picture(source, "")


def _handle(channel: Channel) -> str:
    return f"@{channel.username}" if channel.username else ""


def _links(message: Message) -> Iterator[tuple[int, int, str]]:
    """Places count in UTF-16 code units."""
    data = message.text.encode("utf-16-le")
    for entity in message.entities:
        match entity:
            case {"type": "url", "offset": int(offset), "length": int(length)}:
                before, link = data[: 2 * offset], data[2 * offset : 2 * (offset + length)]
                start, url = len(before.decode("utf-16-le")), link.decode("utf-16-le")
                yield start, start + len(url), url


def _poll(poll: Poll | None) -> str:
    if poll is None:
        return ""
    answers = "".join(f"<li>{escape(each)}</li>" for each in poll.answers)
    return f"<p><b>{escape(poll.question)}</b></p><ul>{answers}</ul>"


def _button(buttons: Json) -> str:
    match buttons:
        case {"inline_keyboard": [[{"text": str(label), "url": str(address)}, *_], *_]}:
            return f'<a class="button" href="{escape(address)}">{escape(label)}</a>'
    return ""
