"""The pretend YouTube: the part of its Data API v3 that publishing needs, in memory."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.platforms.youtube.options import KIDS, NO
from hawker.platforms.youtube.sandbox_comments import CommentRoom
from hawker.platforms.youtube.sandbox_lists import ListRoom
from hawker.platforms.youtube.sandbox_pages import Pages
from hawker.platforms.youtube.sandbox_rations import PROJECT, rations, too_fast
from hawker.platforms.youtube.sandbox_upload import UploadRoom
from hawker.platforms.youtube.sandbox_videos import VideoRoom
from hawker.platforms.youtube.sandbox_world import World


class Sandbox:
    def __init__(self, address: str) -> None:
        self.world = World(address)
        self.rations = rations(self.world)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        world = self.world
        rooms = (UploadRoom(world), VideoRoom(world), ListRoom(world), CommentRoom(world), Pages(world))
        routes = [route for room in rooms for route in room.routes()]
        return [*world.door.routes(), *self.rations.around(routes)]

    def answers(self) -> Mapping[str, str]:
        return {KIDS: NO}

    def app(self) -> Mapping[str, str]:
        return {**self.world.door.registered(), "site": self.world.site}

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        channel = self.world.channel(handle)
        return "token", {"refresh_token": self.world.door.refresh_token(channel.handle)}

    def is_send(self, request: web.Request) -> bool:
        """The call that lets people in, and the one that writes a comment."""
        updates = request.method == "PUT" and request.path.endswith("/youtube/v3/videos")
        comments = request.method == "POST" and request.path.endswith("/commentThreads")
        return (updates and "/upload/" not in request.path) or comments

    def limited(self, request: web.Request) -> web.Response:
        return too_fast()

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        """It is the project's, whoever comes."""
        self.rations.leave(PROJECT, budget, left, seconds)

    def revoke(self, handle: str) -> None:
        self.world.door.revoke(self.world.channel(handle).handle)

    def published(self, handle: str) -> tuple[Seen, ...]:
        channel = self.world.channel(handle)
        videos = [
            (video.created_at, Seen(remote_id=video.id, text=video.text("description")))
            for video in self.world.on(channel)
        ]
        comments = [
            (comment.created_at, Seen(remote_id=comment.id, text=comment.text, reply_to=comment.video))
            for comment in self.world.comments.values()
            if comment.channel.id == channel.id
        ]
        return tuple(seen for _, seen in sorted([*videos, *comments], key=lambda each: each[0]))
