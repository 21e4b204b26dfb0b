"""A network of the sandbox with one owner signed in: where the conformance tests play."""

from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from hawker.connect.errors import KeyExpired, NetworkError, SignInAgain
from hawker.connect.http import Http
from hawker.connect.platform import Platform
from hawker.connect.pretend import Seen
from hawker.connect.text import Sentence
from hawker.connect.values import Account, Draft, Published
from hawker.core.channels.reaching import reached
from hawker.sandbox.app import Network, serve
from hawker.sandbox.faults import Fault, Kind

OWNER = "alice"
HASTE = 0.3


@dataclass(frozen=True, kw_only=True)
class Stage:
    platform: Platform
    network: Network
    http: Http
    account: Account

    @property
    def app(self) -> Mapping[str, str]:
        """The keys of its owner's app as connectors get them; none where the network asks for no app."""
        return self.platform.app.complete(self.network.app) if self.platform.app else {}

    @property
    def seen(self) -> tuple[Seen, ...]:
        return self.network.pretend.published(OWNER)

    @property
    def seen_ids(self) -> list[str]:
        return [seen.remote_id for seen in self.seen]

    async def prepare(self, draft: Draft, done: Mapping[str, str] | None = None) -> dict[str, str]:
        """Every step of a preparation, those of `done` first."""
        before = done or {}
        steps = self.platform.publishes.prepare(self.http, self.account, draft, before)
        return {**before, **{step.name: step.value async for step in steps}}

    async def send(self, draft: Draft, done: Mapping[str, str]) -> Published:
        return await self.platform.publishes.send(self.http, self.account, draft, done)

    async def publish(self, draft: Draft) -> Published:
        return await self.send(draft, await self.prepare(draft))

    async def find(
        self, draft: Draft, done: Mapping[str, str], since: datetime, known: Collection[str] = ()
    ) -> Published | None:
        publishes = self.platform.publishes
        return await publishes.find(self.http, self.account, draft, done, since=since, known=known)

    async def delete(self, published: Published) -> None:
        await self.platform.publishes.delete(self.http, self.account, published)

    def lose(self, kind: Kind, status: int = 500) -> None:
        """The answer to the next irreversible call is lost; a late one is later than `HASTE`."""
        self.network.faults.add(Fault(kind=kind, status=status, seconds=1))

    @contextmanager
    def faulty(self, kind: Kind, call: str = "any") -> Iterator[None]:
        """Such calls go wrong in this block, twice: aiohttp repeats a GET by itself where a kept connection
        breaks (3.14, `IDEMPOTENT_METHODS`)."""
        self.network.faults.add(Fault(kind=kind, call=call, seconds=1, times=2))
        yield
        self.network.faults.clear()

    @asynccontextmanager
    async def signed_out(self) -> AsyncIterator[None]:
        """The account's tokens are dead, and what is asked in this block says that its owner must sign in
        again: at once, or by `refresh` where the key might only have been old."""
        self.network.pretend.revoke(OWNER)
        with pytest.raises((SignInAgain, KeyExpired)) as caught:
            yield
        explained(caught.value)
        if isinstance(caught.value, KeyExpired):
            with pytest.raises(SignInAgain):
                await self.platform.signs_in.refresh(self.http, self.account)

    def needs(self, rule: str) -> None:
        """Skips the test where the folder's quality.toml does not claim this rule."""
        status = self.platform.quality[rule]
        if status != "done":
            pytest.skip(f"{self.platform.name}: {rule} is {status}")

    def needs_replies(self) -> None:
        """Skips the test where nothing can follow a post on this network."""
        if not takes_replies(self.platform):
            pytest.skip(f"{self.platform.name} lets nothing follow a post")


def described(stage: Stage, draft: Draft) -> tuple[str, ...]:
    """The alternative texts that a visitor should get; some networks have none for videos."""
    everything = tuple(each.alt for each in draft.media)
    told = {seen.alts for seen in stage.seen}
    return (
        everything if everything in told else tuple("" if each.is_video else each.alt for each in draft.media)
    )


def takes_replies(platform: Platform) -> bool:
    return platform.threads or platform.comments


@asynccontextmanager
async def staged(platform: Platform) -> AsyncIterator[Stage]:
    """Skips the test where nobody but its owner posts: what such a folder must do is in test_by_hand.py."""
    if platform.by_hand:
        pytest.skip(f"{platform.name} is posted to by its owner")
    async with serve() as sandbox, Http(allow_private=True) as http:
        network = sandbox.networks[platform.name]
        account = await signed_in(platform, network, http)
        yield Stage(platform=platform, network=network, http=http, account=account)


async def signed_in(
    platform: Platform, network: Network, http: Http, handle: str = OWNER, **changes: str
) -> Account:
    """As core does it: with the keys of the app among the fields, and of what that opens the one account."""
    app = platform.app.complete(network.app) if platform.app else {}
    way, fields = network.pretend.account(handle)
    person = await platform.signs_in.sign_in(http, way, {**app, **fields, **changes})
    (account,) = await reached(http, platform, replace(person, app=app))
    return account


def explained(error: NetworkError) -> None:
    """The error carries a sentence that a person can read."""
    assert isinstance(error.sentence, Sentence)
    words = str(error.sentence)
    assert len(words.split()) > 2, words
    assert "%(" not in words, words
