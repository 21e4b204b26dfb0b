"""A shop signed in at the pretend X, and what it does there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

import pytest

from hawker.connect.errors import OutcomeUnknown
from hawker.connect.http import Http
from hawker.connect.values import Account, Draft, Published
from hawker.platforms.x.publish import Publish
from hawker.platforms.x.sandbox import Sandbox
from hawker.platforms.x.sandbox_world import Manners, World
from hawker.sandbox.app import Network
from hawker.sandbox.faults import Fault, Kind

NONE: Mapping[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Scene:
    network: Network
    http: Http
    shop: Account
    publish: Publish

    @property
    def world(self) -> World:
        assert isinstance(self.network.pretend, Sandbox)
        return self.network.pretend.world

    def at(self, account: Account) -> Self:
        return replace(self, shop=account)

    def behave(self, **changes: object) -> None:
        self.world.manners = Manners(**changes)  # type: ignore[arg-type]

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
        self.network.faults.add(Fault(kind=kind))
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

    async def delete(self, published: Published) -> None:
        await self.publish.delete(self.http, self.shop, published)
