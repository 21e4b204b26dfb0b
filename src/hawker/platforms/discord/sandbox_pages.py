"""The pages at which a visitor reads a channel of the pretend Discord, which at Discord only members see."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.length import URL
from hawker.connect.pretend import FORGOTTEN
from hawker.platforms.discord.sandbox_world import Attachment, Channel, Message, World

_STYLE = """
body{margin:0;background:#f2f3f5;color:#1e1f22;font:16px/1.45 system-ui,"Noto Sans TC",sans-serif}
main{max-width:40rem;margin:0 auto;padding:1rem}
header,article{background:#fff;border-radius:8px;padding:12px 16px;margin-bottom:8px}
h1{font-size:20px;margin:0}h2{font-size:17px;margin:4px 0}
p{margin:6px 0;white-space:pre-wrap;overflow-wrap:anywhere}
a{color:#0059b3;text-decoration:none}a:hover{text-decoration:underline}
small{color:#5c5e66}img,video{max-width:100%;border-radius:8px;display:block;margin:6px 0}
i{font:600 11px/1 system-ui;background:#5865f2;color:#fff;border-radius:3px;padding:2px 4px}
"""


class Pages:
    """`address`: where they are served."""

    def __init__(self, address: str, world: World) -> None:
        self._address = address
        self._world = world

    def routes(self) -> Sequence[web.RouteDef]:
        return [
            web.get("/channels/{guild}/{place:\\d+}", self._channel),
            web.get("/channels/{guild}/{place:\\d+}/{message:\\d+}", self._post),
            web.get("/attachments/{place}/{id:\\d+}/{name}", self._file),
        ]

    async def _channel(self, request: web.Request) -> web.Response:
        channel, place = self._named(request)
        inside = {place} if place != channel.id else {channel.id, *channel.threads}
        posts = [each for each in reversed(channel.messages.values()) if each.place in inside]
        body = "".join(self._article(channel, each) for each in posts)
        return _page(channel, f"<header><h1># {escape(channel.name)}</h1></header>{body}")

    async def _post(self, request: web.Request) -> web.Response:
        channel, place = self._named(request)
        message = channel.messages.get(int(request.match_info["message"]))
        if message is None or message.place != place:
            raise web.HTTPNotFound(text=f"This post is not here. {FORGOTTEN}")
        return _page(channel, self._article(channel, message))

    async def _file(self, request: web.Request) -> web.Response:
        file = self._world.attachment(int(request.match_info["id"]))
        if file is None:
            raise web.HTTPNotFound(text=f"This file is not here. {FORGOTTEN}")
        kind = file.content_type if file.content_type.startswith(("image/", "video/")) else ""
        return web.Response(body=file.data, content_type=kind or "application/octet-stream")

    def _named(self, request: web.Request) -> tuple[Channel, int]:
        place = int(request.match_info["place"])
        channel = self._world.at(place)
        if channel is None or str(channel.guild) != request.match_info["guild"]:
            raise web.HTTPNotFound(text=f"This channel is not here. {FORGOTTEN}")
        return channel, place

    def _article(self, channel: Channel, each: Message) -> str:
        title = channel.threads.get(each.place, "")
        heading = f"<h2>{escape(title)}</h2>" if title else ""
        files = "".join(self._shown(each, file) for file in each.attachments)
        page = escape(f"{self._address}/channels/{channel.guild}/{each.place}/{each.id}")
        return (
            f"<article>{heading}<b>{escape(each.author)}</b> <i>APP</i>"
            f"<p>{_linked(each.text)}</p>{files}"
            f'<a href="{page}"><small>{each.date:%Y-%m-%d %H:%M} UTC</small></a></article>'
        )

    def _shown(self, each: Message, file: Attachment) -> str:
        source = escape(f"{self._address}/attachments/{each.place}/{file.id}/{file.name}")
        if file.size:
            return f'<img src="{source}" alt="{escape(file.alt)}">'
        if file.content_type.startswith("video/"):
            return f'<video src="{source}" controls></video>'
        return f'<p><a href="{source}">{escape(file.name)}</a></p>'


def _linked(text: str) -> str:
    """As it was written, with its web addresses as links; marks for bold and the like are left standing."""
    shown, last = "", 0
    for match in URL.finditer(text):
        link = escape(match[0])
        shown += f'{escape(text[last : match.start()])}<a href="{link}">{link}</a>'
        last = match.end()
    return shown + escape(text[last:])


def _page(channel: Channel, body: str) -> web.Response:
    """`body` is HTML."""
    return web.Response(
        content_type="text/html",
        text=f'<!doctype html><html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>#{escape(channel.name)}</title><style>{_STYLE}</style><main>{body}</main></html>",
    )
