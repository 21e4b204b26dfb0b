"""A shop signed in at the pretend Threads, and what it does there."""

from dataclasses import dataclass

from hawker.connect.values import Draft, Published
from hawker.platforms.threads.sandbox import Sandbox
from hawker.platforms.threads.sandbox_world import Manners, Post, World
from hawker.sandbox.tests import scene
from hawker.sandbox.tests.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class Scene(scene.Scene):
    shelf: Shelf

    @property
    def sandbox(self) -> Sandbox:
        assert isinstance(self.network.pretend, Sandbox)
        return self.network.pretend

    @property
    def world(self) -> World:
        return self.sandbox.world

    @property
    def posts(self) -> list[Post]:
        return self.world.posts_of(self.world.person(self.handle))

    def behave(self, **changes: object) -> None:
        self.world.manners = Manners(**changes)  # type: ignore[arg-type]

    async def post(self, post: Draft) -> Published:
        """With its pictures and videos at public addresses."""
        return await super().post(self.shelf.put_all(post))
