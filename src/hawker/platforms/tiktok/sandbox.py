"""The pretend TikTok: Login Kit, Content Posting API and the list of videos, refusing what TikTok refuses."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiohttp import web

from hawker.connect.pretend import Seen
from hawker.connect.pretend_oauth import Grant
from hawker.platforms.tiktok.options import COMMENTS, EVERYONE, PRIVACY, YES
from hawker.platforms.tiktok.sandbox_call import refused
from hawker.platforms.tiktok.sandbox_oauth import Door
from hawker.platforms.tiktok.sandbox_pages import Pages
from hawker.platforms.tiktok.sandbox_posts import PHOTOS, PostRoom
from hawker.platforms.tiktok.sandbox_upload import UploadRoom
from hawker.platforms.tiktok.sandbox_world import CLIENT, SCOPES, World


class Sandbox:
    def __init__(self, address: str) -> None:
        self.world = World(address)
        self.uploads = UploadRoom(self.world)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        rooms = (Door(self.world), PostRoom(self.world), self.uploads, Pages(self.world))
        return [route for room in rooms for route in room.routes()]

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        grant = Grant(handle=self.world.person(handle).handle, client_id=CLIENT, scopes=SCOPES)
        return "token", {"refresh_token": str(self.world.keys.give(grant)["refresh_token"])}

    def app(self) -> Mapping[str, str]:
        places = {"server": self.world.address, "site": self.world.site}
        return {**self.world.apps[CLIENT].memory(), **places}

    def answers(self) -> Mapping[str, str]:
        return {PRIVACY: EVERYONE, COMMENTS: YES}

    def is_send(self, request: web.Request) -> bool:
        last = request.method == "PUT" and self.uploads.is_last(request)
        return last or request.path.endswith(PHOTOS)

    def limited(self, request: web.Request) -> web.Response:
        return refused("rate_limit_exceeded")

    def leave(self, handle: str, budget: str, left: int, *, seconds: float) -> None:
        """No answer tells what is left; what is used up is refused."""
        if left <= 0:
            name = self.world.person(handle).handle
            self.world.spent[name, budget] = self.world.now() + timedelta(seconds=seconds)

    def revoke(self, handle: str) -> None:
        self.world.keys.revoke(self.world.person(handle).handle)

    def published(self, handle: str) -> tuple[Seen, ...]:
        posts = self.world.posts_of(self.world.person(handle))
        return tuple(
            Seen(remote_id=post.key, text=post.text, alts=tuple("" for _ in post.files)) for post in posts
        )
