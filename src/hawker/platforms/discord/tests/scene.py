"""A shop signed in at the pretend Discord, and what it does there."""

from functools import partial

from hawker.platforms.discord import PLATFORM
from hawker.platforms.discord.sandbox import PretendDiscord
from hawker.platforms.discord.sandbox_world import Channel, Message, World
from hawker.sandbox.tests import scene


class Scene(scene.Scene):
    @property
    def world(self) -> World:
        assert isinstance(self.network.pretend, PretendDiscord)
        return self.network.pretend.world

    @property
    def channel(self) -> Channel:
        return self.world.open(self.handle)

    @property
    def messages(self) -> list[Message]:
        return list(self.channel.messages.values())

    @property
    def address(self) -> str:
        return self.fields()["webhook"]


problems = partial(scene.problems, PLATFORM)
