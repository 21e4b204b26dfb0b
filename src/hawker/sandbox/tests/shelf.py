"""A shelf from which networks fetch pictures and videos at public addresses, as they do from Hawker."""

import socket
from dataclasses import replace
from types import TracebackType
from typing import Self

from aiohttp import web

from hawker.connect.values import Draft, Media


class Shelf:
    """Serves what was put on it, in a test's own loop."""

    def __init__(self) -> None:
        self.media: dict[str, Media] = {}
        self.address = ""

    async def __aenter__(self) -> Self:
        listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        app = web.Application()
        app.router.add_get("/{id}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.SockSite(self._runner, listening).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def put(self, medium: Media) -> Media:
        """The same medium with an address here."""
        self.media[medium.id] = medium
        return replace(medium, address=lambda: f"{self.address}/{medium.id}")

    def put_all(self, post: Draft) -> Draft:
        return replace(post, media=tuple(self.put(medium) for medium in post.media))

    async def _serve(self, request: web.Request) -> web.Response:
        medium = self.media.get(request.match_info["id"])
        if medium is None:
            raise web.HTTPNotFound
        return web.Response(body=medium.read(), content_type=medium.content_type)
