"""A pretend Discord: the part of its API that serves webhooks, in memory. See README.md for the rest."""

import re
from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.platforms.discord.sandbox_call import limited
from hawker.platforms.discord.sandbox_hooks import Hooks
from hawker.platforms.discord.sandbox_pages import Pages
from hawker.platforms.discord.sandbox_world import Message, World

_SEND = re.compile(r".*/webhooks/[^/]+/[^/]+")
_WAIT = 0.65


class PretendDiscord:
    def __init__(self, address: str) -> None:
        self.world = World()
        self._address = address

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [*Hooks(self._address, self.world).routes(), *Pages(self._address, self.world).routes()]

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        channel = self.world.open(handle)
        return "webhook", {
            "webhook": f"{self._address}/api/webhooks/{channel.webhook}/{channel.token}",
            "channel": f"#{channel.name}",
        }

    def is_send(self, request: web.Request) -> bool:
        return request.method == "POST" and _SEND.fullmatch(request.path) is not None

    def limited(self, request: web.Request) -> web.Response:
        return limited(_WAIT)

    def revoke(self, handle: str) -> None:
        self.world.open(handle).token = ""

    def published(self, handle: str) -> tuple[Seen, ...]:
        return tuple(_seen(message) for message in self.world.open(handle).messages.values())


def _seen(message: Message) -> Seen:
    alts = tuple(file.alt for file in message.attachments)
    question = message.poll.question if message.poll else ""
    return Seen(remote_id=str(message.id), text=message.text or question, alts=alts)
