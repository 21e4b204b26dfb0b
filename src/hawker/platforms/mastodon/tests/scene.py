"""A shop signed in at the pretend Mastodon, and what it does there."""

from hawker.platforms.mastodon.sandbox import Sandbox
from hawker.platforms.mastodon.sandbox_world import World
from hawker.sandbox.tests import scene


class Scene(scene.Scene):
    @property
    def world(self) -> World:
        assert isinstance(self.network.pretend, Sandbox)
        return self.network.pretend.world
