"""Signing in by way of the network's own pages."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from hawker.connect.abilities import Errand, Way
from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.registry import platforms
from hawker.connect.values import Account
from hawker.core.channels.reaching import reached
from hawker.sandbox.faults import Kind
from tests.conformance.drafts import simplest
from tests.conformance.elsewhere import closed_port, stranger
from tests.conformance.losses import BROKEN
from tests.conformance.pages import Return, walk
from tests.conformance.stage import OWNER, Stage, explained

BACK = "https://hawker.example/channels/back"
REDIRECTING = [
    pytest.param(platform, way, id=f"{platform.name}-{way.name}")
    for platform in platforms().values()
    for way in platform.signs_in.ways
    if way.redirects
]
pytestmark = pytest.mark.parametrize(("platform", "way"), REDIRECTING)


def typed(stage: Stage, way: Way) -> dict[str, str]:
    _, known = stage.network.pretend.account(OWNER)
    fields = {field.name: known.get(field.name, field.default) for field in way.fields}
    assert all(fields[field.name] for field in way.fields if field.required), fields
    return fields


async def start(
    stage: Stage, way: Way, app: Mapping[str, str] | None = None, http: Http | None = None, **changes: str
) -> tuple[Errand, Mapping[str, str]]:
    fields = {**typed(stage, way), **changes}
    known = stage.app if stage.platform.app else app
    return await stage.platform.signs_in.start(http or stage.http, way.name, fields, back=BACK, app=known)


async def finish(stage: Stage, errand: Errand, answer: Mapping[str, str]) -> Account:
    person = await stage.platform.signs_in.finish(stage.http, errand.memory, answer)
    accounts = await reached(stage.http, stage.platform, replace(person, app=stage.app))
    return next(account for account in accounts if account.remote_id == stage.account.remote_id)


def needs_a_server(stage: Stage) -> None:
    """Skips the test where the owner does not say where the network is."""
    if stage.platform.app:
        pytest.skip(f"{stage.platform.name} lives at one address, which nobody types")


async def go(stage: Stage, errand: Errand, *, agree: bool = True) -> Return:
    _, known = stage.network.pretend.account(OWNER)
    return await walk(errand.url, BACK, known, agree=agree)


async def test_an_owner_who_agrees_comes_back_signed_in(stage: Stage, way: Way) -> None:
    errand, _ = await start(stage, way)
    back = await go(stage, errand)
    account = await finish(stage, errand, back.answer)
    plain = stage.account
    assert replace(account, secrets=plain.secrets, expires_at=plain.expires_at) == plain
    assert account.secrets
    assert all(account.secrets.values())
    shown = repr(account)
    assert [secret for secret in account.secrets.values() if secret in shown] == []


async def test_what_was_signed_in_by_redirection_publishes(stage: Stage, way: Way) -> None:
    errand, _ = await start(stage, way)
    back = await go(stage, errand)
    account = await finish(stage, errand, back.answer)
    draft = simplest(stage.platform, account.limits, pictures=1)
    published = await replace(stage, account=account).publish(draft)
    assert stage.seen_ids == [published.remote_id]


async def test_a_server_knows_hawker_from_the_last_time(stage: Stage, way: Way) -> None:
    needs_a_server(stage)
    _, app = await start(stage, way)
    errand, same = await start(stage, way, app)
    assert same == app
    back = await go(stage, errand)
    account = await finish(stage, errand, back.answer)
    assert account.remote_id == stage.account.remote_id


@pytest.mark.parametrize("state", ["forged", ""])
async def test_a_forged_return_is_refused(stage: Stage, way: Way, state: str) -> None:
    errand, _ = await start(stage, way)
    back = await go(stage, errand)
    assert back.answer["state"]
    with pytest.raises(Refused) as caught:
        await stage.platform.signs_in.finish(stage.http, errand.memory, {**back.answer, "state": state})
    explained(caught.value)


async def test_a_return_with_nothing_in_it_is_refused(stage: Stage, way: Way) -> None:
    errand, _ = await start(stage, way)
    with pytest.raises(Refused) as caught:
        await stage.platform.signs_in.finish(stage.http, errand.memory, {})
    explained(caught.value)


async def test_a_return_works_once(stage: Stage, way: Way) -> None:
    errand, _ = await start(stage, way)
    back = await go(stage, errand)
    await stage.platform.signs_in.finish(stage.http, errand.memory, back.answer)
    with pytest.raises((Refused, SignInAgain)) as caught:
        await stage.platform.signs_in.finish(stage.http, errand.memory, back.answer)
    explained(caught.value)


async def test_an_owner_who_says_no_is_not_signed_in(stage: Stage, way: Way) -> None:
    errand, _ = await start(stage, way)
    back = await go(stage, errand, agree=False)
    if not back.had_choice:
        pytest.skip(f"the pages of {stage.platform.name} offer no way to say no")
    with pytest.raises(Refused) as caught:
        await stage.platform.signs_in.finish(stage.http, errand.memory, back.answer)
    explained(caught.value)


async def test_a_server_of_another_kind_sends_nobody_anywhere(stage: Stage, way: Way) -> None:
    needs_a_server(stage)
    async with stranger(200, "text/html", "<!doctype html><p>A bakery.</p>") as address:
        with pytest.raises(Refused) as caught:
            await start(stage, way, server=address)
    explained(caught.value)
    assert caught.value.field == "server"


async def test_a_server_that_is_gone_is_tried_later(stage: Stage, way: Way) -> None:
    needs_a_server(stage)
    with pytest.raises(Later) as caught:
        await start(stage, way, server=closed_port())
    explained(caught.value)


async def test_an_address_inside_this_network_is_refused(stage: Stage, way: Way) -> None:
    needs_a_server(stage)
    async with Http(allow_private=False) as guarded:
        with pytest.raises(Refused) as caught:
            await start(stage, way, http=guarded)
    explained(caught.value)
    assert caught.value.field == "server"


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_fault_at_the_start_is_tried_later(stage: Stage, way: Way, kind: Kind) -> None:
    needs_a_server(stage)
    with stage.faulty(kind), pytest.raises(Later) as caught:
        await start(stage, way)
    explained(caught.value)


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_fault_at_the_end_is_tried_later(stage: Stage, way: Way, kind: Kind) -> None:
    errand, _ = await start(stage, way)
    back = await go(stage, errand)
    with stage.faulty(kind), pytest.raises(Later) as caught:
        await stage.platform.signs_in.finish(stage.http, errand.memory, back.answer)
    explained(caught.value)
