"""A shop signed in at a pretend network, and what it does there. A network's own scene extends it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

import pytest

from hawker.connect.abilities import Publishes, SignsIn
from hawker.connect.errors import OutcomeUnknown
from hawker.connect.http import Http
from hawker.connect.platform import Platform
from hawker.connect.values import Account, Draft, Published
from hawker.sandbox.app import Network
from hawker.sandbox.faults import Fault, Kind

NONE: Mapping[str, str] = {}


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`handle`: the shop's at the pretend network."""

    network: Network
    http: Http
    shop: Account
    signs_in: SignsIn
    publishes: Publishes
    handle: str = "shop"

    def at(self, account: Account) -> Self:
        return replace(self, shop=account)

    def fields(self, **changes: str) -> Mapping[str, str]:
        """What the shop types into the form of the way that does not redirect."""
        return {**self.network.pretend.account(self.handle)[1], **changes}

    async def sign_in(self, **changes: str) -> Account:
        way, _ = self.network.pretend.account(self.handle)
        return await self.signs_in.sign_in(self.http, way, self.fields(**changes))

    async def check(self) -> Account:
        return await self.signs_in.check(self.http, self.shop)

    async def prepare(self, post: Draft, done: Mapping[str, str] = NONE) -> dict[str, str]:
        """The steps that were made now."""
        steps = self.publishes.prepare(self.http, self.shop, post, done)
        return {step.name: step.value async for step in steps}

    async def prepare_into(self, post: Draft, done: dict[str, str]) -> None:
        """Keeps each step as soon as it is made, as the ledger does."""
        async for step in self.publishes.prepare(self.http, self.shop, post, done):
            done[step.name] = step.value

    async def send(self, post: Draft, done: Mapping[str, str] = NONE) -> Published:
        return await self.publishes.send(self.http, self.shop, post, done)

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
        return await self.publishes.find(self.http, self.shop, post, done, since=since, known=known)

    async def delete(self, published: Published) -> None:
        await self.publishes.delete(self.http, self.shop, published)


def problems(platform: Platform, post: Draft) -> list[tuple[str, str]]:
    """Field and sentence of what the network will refuse."""
    found = platform.publishes.check(post, platform.limits)
    return [(problem.field, str(problem.sentence)) for problem in found]
