"""Signing in with what is typed: who comes out, and what is said where it cannot be."""

import logging
from collections.abc import Mapping

import pytest

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.sandbox.faults import Kind
from tests.conformance.elsewhere import closed_port, stranger
from tests.conformance.limits import doubts
from tests.conformance.losses import BROKEN
from tests.conformance.stage import OWNER, Stage, explained, signed_in

ELSEWHERE = (
    pytest.param(200, "text/html", "<!doctype html><p>A bakery.</p>", id="a-page"),
    pytest.param(404, "text/html", "<!doctype html><p>Nothing here.</p>", id="no-page"),
    pytest.param(200, "application/json", '{"bakery": true}', id="another-api"),
)
# What an app shows to everyone.
PUBLIC = {"client_id"}
NOWHERE = ("https://nobody.invalid", "nobody.invalid", "the bun shop", "http://", "://")


async def sign_in(stage: Stage, changes: Mapping[str, str], http: Http | None = None) -> Account:
    return await signed_in(stage.platform, stage.network, http or stage.http, **changes)


def secret_fields(stage: Stage) -> list[str]:
    name, _ = stage.network.pretend.account(OWNER)
    way = next(way for way in stage.platform.signs_in.ways if way.name == name)
    return [field.name for field in way.fields if field.kind == "password"]


def server(stage: Stage) -> str:
    _, fields = stage.network.pretend.account(OWNER)
    if "server" not in fields:
        pytest.skip(f"{stage.platform.name} lives at one address, which nobody types")
    return fields["server"]


async def test_the_account_says_who_it_is_and_what_its_server_takes(stage: Stage) -> None:
    account = stage.account
    assert OWNER in account.handle
    assert all((account.remote_id, account.name))
    assert all(address.startswith("http") for address in (account.server, account.site, account.url))
    assert not any(address.endswith("/") for address in (account.server, account.site))
    assert doubts(account.limits) == []
    assert account.secrets
    assert all(account.secrets.values())
    assert account.expires_at is None or account.expires_at.utcoffset() is not None


async def test_no_secret_is_shown_or_logged(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    _, fields = stage.network.pretend.account(OWNER)
    account = await sign_in(stage, {})
    await stage.platform.signs_in.check(stage.http, account)
    keys = {field.name for field in stage.platform.app.fields} if stage.platform.app else set()
    hidden = {value for name, value in stage.app.items() if name in keys - PUBLIC and value}
    secrets = {*(fields[name] for name in secret_fields(stage)), *account.secrets.values(), *hidden}
    assert [secret for secret in secrets if secret in repr(account) + caplog.text] == []


async def test_a_wrong_secret_is_refused_at_a_field_of_the_form(stage: Stage) -> None:
    _, fields = stage.network.pretend.account(OWNER)
    names = secret_fields(stage)
    assert names, "an account that is opened with no secret"
    for name in names:
        with pytest.raises((Refused, SignInAgain)) as caught:
            await sign_in(stage, {name: "wrong-" + fields[name][::-1]})
        explained(caught.value)
        assert not isinstance(caught.value, Refused) or caught.value.field in fields


@pytest.mark.parametrize("typed", ["%s/", "  %s "], ids=["slash", "spaces"])
async def test_a_server_may_be_typed_carelessly(stage: Stage, typed: str) -> None:
    account = await sign_in(stage, {"server": typed % server(stage)})
    assert account.server == stage.account.server


async def test_a_server_that_is_gone_is_tried_later(stage: Stage) -> None:
    server(stage)
    with pytest.raises(Later) as caught:
        await sign_in(stage, {"server": closed_port()})
    explained(caught.value)


@pytest.mark.parametrize(("status", "kind", "body"), ELSEWHERE)
async def test_a_server_of_another_kind_is_refused(stage: Stage, status: int, kind: str, body: str) -> None:
    server(stage)
    async with stranger(status, kind, body) as address:
        with pytest.raises(Refused) as caught:
            await sign_in(stage, {"server": address})
    explained(caught.value)
    assert caught.value.field == "server"


@pytest.mark.parametrize("typed", NOWHERE)
async def test_a_name_that_leads_nowhere_is_explained(stage: Stage, typed: str) -> None:
    server(stage)
    with pytest.raises((Later, Refused)) as caught:
        await sign_in(stage, {"server": typed})
    explained(caught.value)


async def test_an_address_inside_this_network_is_refused(stage: Stage) -> None:
    address = server(stage)
    async with Http(allow_private=False) as guarded:
        with pytest.raises(Refused) as caught:
            await sign_in(stage, {"server": address}, guarded)
    explained(caught.value)
    assert caught.value.field == "server"


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_fault_while_signing_in_is_tried_later(stage: Stage, kind: Kind) -> None:
    with stage.faulty(kind), pytest.raises(Later) as caught:
        await sign_in(stage, {})
    explained(caught.value)
