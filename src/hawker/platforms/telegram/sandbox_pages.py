"""The pages at which a visitor reads a channel of the pretend Telegram, as on t.me."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend import FORGOTTEN
from hawker.platforms.telegram.sandbox_world import Channel, Message, Upload, World

_STYLE = """
body{margin:0;background:#d5e3ec;color:#111;font:16px/1.45 system-ui,"Noto Sans TC",sans-serif}
main{max-width:34rem;margin:0 auto;padding:1rem}
header,article{background:#fff;border-radius:14px;padding:12px 16px;margin-bottom:10px}
h1{font-size:20px;margin:0}p{margin:6px 0;white-space:pre-wrap;overflow-wrap:anywhere}
a{color:#1a6fae;text-decoration:none}a:hover{text-decoration:underline}
small{color:#5b6b78}img,video{max-width:100%;border-radius:10px;display:block;margin:6px 0}
blockquote{border-left:3px solid #1a6fae;margin:6px 0;padding-left:10px;color:#444}
.button{display:block;text-align:center;background:#e6eff6;border-radius:10px;padding:10px;margin-top:8px}
"""


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
        return _page(
            channel.title, f"<header><h1>{escape(channel.title)}</h1>{_handle(channel)}</header>{posts}"
        )

    async def _post(self, request: web.Request) -> web.Response:
        channel, wanted = self._named(request), request.match_info["id"]
        posts = channel.posts()
        here = next((post for post in posts if wanted in {str(each.id) for each in post}), None)
        if here is None:
            raise web.HTTPNotFound(text=f"This post is not here. {FORGOTTEN}")
        answers = [post for post in posts if post[0].reply_to == here[0].id]
        shown = "".join(self._article(channel, post) for post in [here, *answers])
        return _page(channel.title, shown)

    async def _file(self, request: web.Request) -> web.Response:
        upload = self._world.uploads.get(request.match_info["id"])
        if upload is None:
            raise web.HTTPNotFound(text=f"This file is not here. {FORGOTTEN}")
        return web.Response(body=upload.data, content_type=upload.content_type)

    def _named(self, request: web.Request) -> Channel:
        number = request.match_info.get("number")
        channel = self._world.channel(f"-100{number}" if number else f"@{request.match_info['name']}")
        if channel is None:
            raise web.HTTPNotFound(text="No channel has this name.")
        return channel

    def _article(self, channel: Channel, post: Sequence[Message]) -> str:
        first = post[0]
        files = "".join(self._media(each.upload) for each in post if each.upload)
        above = channel.messages.get(first.reply_to)
        quoted = f"<blockquote>{escape(above.text[:80])}</blockquote>" if above else ""
        page = escape(f"{self._address}/t.me/{channel.page}")
        return (
            f'<article><a href="{page}"><b>{escape(channel.title)}</b></a>{quoted}{files}'
            f"<p>{_text(first)}</p>{_button(first.buttons)}"
            f'<a href="{page}/{first.id}"><small>{first.date:%Y-%m-%d %H:%M} UTC</small></a></article>'
        )

    def _media(self, upload: Upload) -> str:
        source = escape(f"{self._address}/t.me/files/{upload.id}")
        return (
            f'<video src="{source}" controls></video>'
            if upload.kind == "video"
            else f'<img src="{source}" alt="">'
        )


def _handle(channel: Channel) -> str:
    return f"<small>@{escape(channel.username)}</small>" if channel.username else ""


def _text(message: Message) -> str:
    """With its web addresses as links; places count in UTF-16 code units."""
    data, shown, last = message.text.encode("utf-16-le"), "", 0
    for entity in message.entities:
        match entity:
            case {"type": "url", "offset": int(offset), "length": int(length)}:
                start, end = 2 * offset, 2 * (offset + length)
                link = escape(data[start:end].decode("utf-16-le"))
                shown += f'{escape(data[last:start].decode("utf-16-le"))}<a href="{link}">{link}</a>'
                last = end
    return shown + escape(data[last:].decode("utf-16-le"))


def _button(buttons: Json) -> str:
    match buttons:
        case {"inline_keyboard": [[{"text": str(label), "url": str(address)}, *_], *_]}:
            return f'<a class="button" href="{escape(address)}">{escape(label)}</a>'
    return ""


def _page(title: str, body: str) -> web.Response:
    """`body` is HTML, `title` is text."""
    return web.Response(
        content_type="text/html",
        text=f'<!doctype html><html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style><main>{body}</main></html>",
    )
