"""The pages at which a visitor reads a channel of the pretend Discord, which at Discord only members see."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.pretend_pages import Look, Shown, article, heading, linked, picture, video
from hawker.platforms.discord.sandbox_world import Attachment, Channel, Message, Poll, World

LOOK = Look(
    "body{background:#f2f3f5;color:#1e1f22}header,article{background:#fff;border-radius:8px}a{color:#0059b3}"
)


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
        return LOOK.page(f"#{channel.name}", heading(f"# {channel.name}") + body)

    async def _post(self, request: web.Request) -> web.Response:
        channel, place = self._named(request)
        message = channel.messages.get(int(request.match_info["message"]))
        if message is None or message.place != place:
            raise LOOK.missing("This post is not here.")
        return LOOK.page(f"#{channel.name}", self._article(channel, message))

    async def _file(self, request: web.Request) -> web.Response:
        file = self._world.attachment(int(request.match_info["id"]))
        if file is None:
            raise LOOK.missing("This file is not here.")
        kind = file.content_type if file.content_type.startswith(("image/", "video/")) else ""
        return web.Response(body=file.data, content_type=kind or "application/octet-stream")

    def _named(self, request: web.Request) -> tuple[Channel, int]:
        place = int(request.match_info["place"])
        channel = self._world.at(place)
        if channel is None or str(channel.guild) != request.match_info["guild"]:
            raise LOOK.missing("This channel is not here.")
        return channel, place

    def _article(self, channel: Channel, each: Message) -> str:
        title = channel.threads.get(each.place, "")
        place = f"{self._address}/channels/{channel.guild}/{each.place}"
        return article(
            Shown(
                name=each.author,
                handle="APP",
                profile=place,
                page=f"{place}/{each.id}",
                at=each.date,
                above=f"<h2>{escape(title)}</h2>" if title else "",
                text=linked(each.text),
                media="".join(self._shown(each, file) for file in each.attachments),
                below=_poll(each.poll),
            )
        )

    def _shown(self, each: Message, file: Attachment) -> str:
        source = f"{self._address}/attachments/{each.place}/{file.id}/{file.name}"
        if file.size:
            return picture(source, file.alt)
        if file.content_type.startswith("video/"):
            return video(source)
        return f'<p><a href="{escape(source)}">{escape(file.name)}</a></p>'


def _poll(poll: Poll | None) -> str:
    if poll is None:
        return ""
    answers = "".join(f"<li>{escape(each)}</li>" for each in poll.answers)
    return f"<p><b>{escape(poll.question)}</b></p><ul>{answers}</ul>"
