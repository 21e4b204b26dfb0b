"""A tea shop's official account at the pretend WeChat, and what it does there."""

from collections.abc import Mapping
from functools import partial

from hawker.connect.values import Account
from hawker.platforms.wechat import PLATFORM
from hawker.platforms.wechat.app import APP
from hawker.platforms.wechat.sandbox import PretendWeChat
from hawker.platforms.wechat.sandbox_world import Account as Theirs
from hawker.platforms.wechat.sandbox_world import Article
from hawker.sandbox.tests import scene


class Scene(scene.Scene):
    @property
    def pretend(self) -> PretendWeChat:
        assert isinstance(self.network.pretend, PretendWeChat)
        return self.network.pretend

    @property
    def theirs(self) -> Theirs:
        """The account as WeChat knows it."""
        return self.pretend.world.open(self.handle)

    @property
    def posts(self) -> list[Article]:
        return self.theirs.posts

    @property
    def app(self) -> Mapping[str, str]:
        return APP.complete(self.network.app)

    async def sign_in(self, **changes: str) -> Account:
        """As core does it: with the keys of message push among the fields."""
        way, fields = self.network.pretend.account(self.handle)
        return await self.signs_in.sign_in(self.http, way, {**self.app, **fields, **changes})


problems = partial(scene.problems, PLATFORM)
