"""A shop signed in at the pretend X, and what it does there."""

from hawker.platforms.x.sandbox import Sandbox
from hawker.platforms.x.sandbox_world import Manners, World
from hawker.sandbox.tests import scene


class Scene(scene.Scene):
    @property
    def world(self) -> World:
        assert isinstance(self.network.pretend, Sandbox)
        return self.network.pretend.world

    def behave(self, **changes: object) -> None:
        self.world.manners = Manners(**changes)  # type: ignore[arg-type]
