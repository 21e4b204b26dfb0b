"""A shop signed in at the pretend Threads, and what it does there."""

from collections.abc import Mapping
from dataclasses import replace

from hawker.connect.pretend_graph_oauth import LONG
from hawker.connect.values import Draft, Media
from hawker.platforms.threads.sandbox import Sandbox
from hawker.platforms.threads.sandbox_world import APP_ID, MORE, SCOPES, Manners, Person, Post, World
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
    def me(self) -> Person:
        return self.world.person(self.handle)

    @property
    def posts(self) -> list[Post]:
        return self.world.posts_of(self.me)

    def behave(self, **changes: object) -> None:
        self.world.manners = Manners(**changes)  # type: ignore[arg-type]

    def key(self, *less: str, handle: str = "shop") -> str:
        """A key with every right that there is, but for some."""
        who = self.world.person(handle).id
        scopes = {*SCOPES, *MORE} - {*less}
        return self.world.keys.give("USER", who, app_id=APP_ID, scopes=scopes, life=LONG).token

    def other(self, handle: str) -> "Scene":
        """Somebody else at the same network."""
        person = self.world.person(handle)
        secrets = {"access_token": self.key(handle=handle)}
        shop = replace(self.shop, remote_id=person.id, handle=f"@{handle}", secrets=secrets)
        return replace(self, shop=shop, handle=handle)

    def public(self, post: Draft) -> Draft:
        return replace(post, media=tuple(map(served, post.media)))

    async def prepare(self, post: Draft, done: Mapping[str, str] = scene.NONE) -> dict[str, str]:
        """With its pictures and videos at public addresses."""
        return await super().prepare(self.public(post), done)


def served(medium: Media) -> Media:
    return replace(medium, address=lambda: address_of(medium.read(), medium.content_type))
