"""A shop signed in at the pretend Telegram, and what it does there."""

from functools import partial

from hawker.platforms.telegram import PLATFORM
from hawker.platforms.telegram.sandbox import PretendTelegram
from hawker.platforms.telegram.sandbox_world import Channel, Message, World
from hawker.sandbox.tests import scene


class Scene(scene.Scene):
    @property
    def world(self) -> World:
        assert isinstance(self.network.pretend, PretendTelegram)
        return self.network.pretend.world

    @property
    def channel(self) -> Channel:
        return self.world.open(self.handle)

    @property
    def messages(self) -> list[Message]:
        return list(self.channel.messages.values())


problems = partial(scene.problems, PLATFORM)
