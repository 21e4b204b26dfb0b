"""A shop signed in at the pretend Instagram, and what it does there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from uuid import uuid4

import pytest

from hawker.connect.errors import OutcomeUnknown
from hawker.connect.http import Http
from hawker.connect.values import Account, Draft, Media, Published
from hawker.platforms.instagram.containers import state_of, whole_of
from hawker.platforms.instagram.hosts import api_of
from hawker.platforms.instagram.publish import Publish
from hawker.platforms.instagram.sandbox import Sandbox
from hawker.platforms.instagram.sandbox_world import Container, Manners, Post, World
from hawker.platforms.instagram.tests.files import Shelf
from hawker.sandbox.app import Network
from hawker.sandbox.faults import Fault, Kind

NONE: Mapping[str, str] = {}


def draft(
    *media: Media, text: str = "Fresh bao at six.", reply_to: Published | None = None, **options: str
) -> Draft:
    return Draft(key=uuid4(), text=text, language="en", media=media, options=options, reply_to=reply_to)


@dataclass(frozen=True, kw_only=True)
class Scene:
    network: Network
    http: Http
    shop: Account
    publish: Publish
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
        return list(self.world.posts.values())

    @property
    def containers(self) -> list[Container]:
        return list(self.world.containers.values())

    def at(self, account: Account) -> Self:
        return replace(self, shop=account)

    def behave(self, **changes: object) -> None:
        self.world.manners = Manners(**changes)  # type: ignore[arg-type]

    def break_once(self, kind: Kind, call: str = "send") -> None:
        self.network.faults.add(Fault(kind=kind, call=call))

    async def prepare(self, post: Draft, done: Mapping[str, str] = NONE) -> dict[str, str]:
        """The steps that were made now."""
        steps = self.publish.prepare(self.http, self.shop, post, done)
        return {step.name: step.value async for step in steps}

    async def prepare_into(self, post: Draft, done: dict[str, str]) -> None:
        """Keeps each step as soon as it is made, as the ledger does."""
        async for step in self.publish.prepare(self.http, self.shop, post, done):
            done[step.name] = step.value

    async def send(self, post: Draft, done: Mapping[str, str] = NONE) -> Published:
        return await self.publish.send(self.http, self.shop, post, done)

    async def post(self, post: Draft) -> Published:
        return await self.send(post, await self.prepare(post))

    async def lose(self, post: Draft, kind: Kind = Kind.reset_after) -> Mapping[str, str]:
        """Sends a post whose answer is lost; gives the steps of its preparation."""
        done = await self.prepare(post)
        self.break_once(kind)
        with pytest.raises(OutcomeUnknown):
            await self.send(post, done)
        return done

    async def find(
        self,
        post: Draft,
        since: datetime,
        done: Mapping[str, str] = NONE,
        known: Collection[str] = (),
    ) -> Published | None:
        return await self.publish.find(self.http, self.shop, post, done, since=since, known=known)

    async def state(self, done: Mapping[str, str]) -> str:
        return (await state_of(api_of(self.http, self.shop), whole_of(done))).status_code

    async def delete(self, published: Published) -> None:
        await self.publish.delete(self.http, self.shop, published)
