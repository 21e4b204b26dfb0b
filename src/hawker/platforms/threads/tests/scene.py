"""A shop signed in at the pretend Threads, and what it does there."""

from collections.abc import Mapping
from dataclasses import replace

from hawker.connect.values import Draft, Media
from hawker.platforms.threads.sandbox import Sandbox
from hawker.platforms.threads.sandbox_world import Manners, Post, World
from hawker.sandbox.tests import scene
from tests.served import address_of


class Scene(scene.Scene):
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

    async def prepare(self, post: Draft, done: Mapping[str, str] = scene.NONE) -> dict[str, str]:
        """With its pictures and videos at public addresses."""
        return await super().prepare(replace(post, media=tuple(map(served, post.media))), done)


def served(medium: Media) -> Media:
    return replace(medium, address=lambda: address_of(medium.read(), medium.content_type))
