"""Networks that tell by themselves: only what they signed is believed, and what they tell of a message is
understood. The herald, which no folder has, is among them: these tests are tried before there is a folder.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from hawker.connect.hooks import Hears, Receipt, Stage, Unseals
from hawker.connect.platform import Audience, Platform
from hawker.connect.pretend import Tells
from hawker.connect.registry import every_folder, platforms
from hawker.connect.values import Draft
from tests.conformance.drafts import compose
from tests.conformance.stage import Stage as Scene
from tests.conformance.stage import staged
from tests.herald import wire
from tests.herald.platform import PLATFORM as HERALD

PATIENCE = 5.0
WORD = "a-word-of-this-installation"
HEARING = [each for each in [*every_folder().values(), HERALD] if each.hears and each.filled_in]


@dataclass
class Ear:
    """Where a network's calls arrive: each with its headers, by lower-case names, and its body."""

    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.calls.append((headers, await request.read()))
        self.heard.set()
        return web.Response()


@pytest.fixture(params=HEARING, ids=[each.name for each in HEARING])
def platform(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Platform:
    found: Platform = request.param
    monkeypatch.setitem(platforms(), found.name, found)
    return found


@pytest.fixture
def hears(platform: Platform) -> Hears:
    assert platform.hears is not None
    return platform.hears


@pytest.fixture
async def stage(platform: Platform) -> AsyncIterator[Scene]:
    async with staged(platform) as stage:
        yield stage


@pytest.fixture
def keys(stage: Scene) -> dict[str, str]:
    return {**stage.network.app, "verify_token": WORD}


@pytest.fixture
async def ear(stage: Scene) -> AsyncIterator[Ear]:
    """The pretend network tells what happens from now on."""
    ear, app = Ear(), web.Application()
    app.router.add_post("/hooks", ear.listen)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert isinstance(stage.network.pretend, Tells)
    address = runner.addresses[0]
    stage.network.pretend.tell(f"http://127.0.0.1:{address[1]}/hooks")
    yield ear
    await runner.cleanup()


@pytest.fixture
async def draft(stage: Scene, ear: Ear) -> Draft:
    """A message that was published, and of which the network has told; skipped where it tells of none."""
    if stage.platform.audience is not Audience.always:
        pytest.skip(f"{stage.platform.name} delivers to nobody by name")
    draft = compose(stage.platform, stage.account.limits)
    await stage.publish(draft)
    async with asyncio.timeout(PATIENCE):
        await ear.heard.wait()
    return draft


def test_a_question_that_somebody_else_asks_is_not_answered(hears: Hears, keys: dict[str, str]) -> None:
    for query in ({}, {"challenge": "1"}, {"hub.mode": "subscribe", "hub.challenge": "1"}):
        assert hears.challenge(query, keys) is None
        assert hears.challenge({**query, "hub.verify_token": "guessed", "verify": "guessed"}, keys) is None


def test_what_is_not_signed_is_not_believed(hears: Hears, keys: dict[str, str]) -> None:
    for given in (None, "", "sha256=", "sha256=é", "0" * 64):
        headers = {name: given for name in ("x-hub-signature-256", wire.SIGNATURE) if given is not None}
        assert not hears.is_genuine(headers, b"{}", keys)


def test_what_is_not_sealed_is_not_believed(hears: Hears, keys: dict[str, str]) -> None:
    if not isinstance(hears, Unseals):
        pytest.skip("what it tells is not sealed")
    for query in ({}, {"signature": "", "msg_signature": ""}, {"signature": "0" * 40}):
        for body in (b"", b"{}", b"<xml></xml>"):
            assert hears.unseal(query, body, keys) is None
            assert hears.unseal(query, body, {}) is None


async def test_what_the_network_signed_is_believed_to_the_byte(
    hears: Hears, keys: dict[str, str], ear: Ear, draft: Draft
) -> None:
    for headers, body in ear.calls:
        assert hears.is_genuine(headers, body, keys)
        assert not hears.is_genuine(headers, body + b" ", keys)
        others = {name: f"{value}x" for name, value in keys.items()}
        assert not hears.is_genuine(headers, body, others)


async def test_what_it_tells_of_a_message_is_understood(
    stage: Scene, hears: Hears, ear: Ear, draft: Draft
) -> None:
    events = [event for _, body in ear.calls for event in hears.read(body)]
    receipts = [event for event in events if isinstance(event, Receipt)]
    assert receipts
    assert {each.account for each in receipts} == {stage.account.remote_id}
    assert {each.remote_id for each in receipts} <= set(stage.seen_ids)
    assert {each.key for each in receipts} <= {str(draft.key), ""}
    assert all(each.at.tzinfo for each in receipts)
    assert Stage.failed not in {each.stage for each in receipts}


async def test_the_same_call_says_the_same_again(hears: Hears, ear: Ear, draft: Draft) -> None:
    for _, body in ear.calls:
        assert list(hears.read(body)) == list(hears.read(body))


async def test_a_network_that_tells_the_key_tells_it_of_a_message_whose_answer_was_lost(
    stage: Scene, hears: Hears, ear: Ear, draft: Draft
) -> None:
    """Without it nobody could settle that, and the folder must not claim that lost answers are found."""
    told = {event.key for _, body in ear.calls for event in hears.read(body) if isinstance(event, Receipt)}
    if told == {""}:
        assert stage.platform.quality["finds_lost_answers"] != "done"
