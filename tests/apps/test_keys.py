"""The keys of an owner's own app: who may enter them, how they are kept, who gets them."""

import json
import logging
from dataclasses import replace
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from hawker.core.channels import actions, queries
from hawker.core.channels.models import AppKeys, Channel, Registration
from hawker.core.people.models import LogEntry
from hawker.core.people.rules import Role, runs_installation
from hawker.core.posts.values import Wording, Writing
from hawker.core.problems import Conflict, Invalid, NotAllowed, NotFound
from hawker.core.publishing import actions as publishing
from hawker.core.publishing import claims
from hawker.sandbox.app import Sandbox
from tests.apps.scene import NAME, fields, network
from tests.cast import Somebody, colleague

KEYS = {"client_id": "an-id-that-is-long-enough-1234", "client_secret": "a-secret-that-nobody-may-see-9876"}


def keep(somebody: Somebody, **changes: str) -> None:
    actions.keep_app(somebody.actor, NAME, {**KEYS, **changes})


@pytest.mark.parametrize("role", list(Role))
def test_only_owners_of_the_first_business_run_the_installation(
    alice: Somebody, charlie: Somebody, role: Role
) -> None:
    first = alice.actor.workspace
    assert runs_installation(replace(alice.actor, role=role), first) == (role is Role.owner)
    assert not runs_installation(replace(charlie.actor, role=role), first)
    assert not runs_installation(replace(alice.actor, role=role), None)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.owner])
def test_nobody_else_enters_or_removes_keys(alice: Somebody, charlie: Somebody, role: Role) -> None:
    keep(alice)
    for somebody in (colleague(alice, "Dora", role), charlie):
        with pytest.raises(NotAllowed):
            keep(somebody, client_id="another-id-of-somebody-else")
        with pytest.raises(NotAllowed):
            actions.forget_app(somebody.actor, NAME)
    kept = queries.kept_app(network())
    assert kept is not None
    assert kept.ends == {"client_id": "1234", "client_secret": "9876"}


def test_keys_are_sealed_and_in_no_log(alice: Somebody, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    keep(alice)
    out = StringIO()
    call_command("dumpdata", stdout=out)
    assert [key for key in KEYS.values() if key in out.getvalue() + caplog.text] == []
    assert LogEntry.objects.get(thing="app").detail == {"network": network().title}
    assert {name: queries.app_of(network())[name] for name in KEYS} == KEYS


def test_short_keys_show_nothing_of_themselves(alice: Somebody) -> None:
    keep(alice, client_id="12345678901")
    kept = queries.kept_app(network())
    assert kept is not None
    assert kept.ends["client_id"] == ""


def test_what_is_missing_or_not_asked_for_is_said_at_its_field(alice: Somebody) -> None:
    with pytest.raises(Invalid) as refused:
        actions.keep_app(alice.actor, NAME, {"client_id": "  ", "key": "x"})
    asked = network().app
    assert asked is not None
    missing = [field.name for field in asked.fields if field.required]
    assert [problem.field for problem in refused.value.problems] == [*missing, "key"]
    assert not AppKeys.objects.exists()


def test_a_network_without_an_app_of_its_owner_takes_no_keys(alice: Somebody, sandbox: Sandbox) -> None:
    without = next(name for name in sandbox.networks if name not in queries.kept_apps())
    for name in (without, "nowhere"):
        with pytest.raises(NotFound):
            actions.keep_app(alice.actor, name, KEYS)


def test_another_set_of_keys_takes_the_place_of_the_first(alice: Somebody) -> None:
    keep(alice)
    actions.keep_app(alice.actor, NAME, {"client_id": "an-id-of-a-public-app"})
    assert "client_secret" not in queries.app_of(network())
    assert AppKeys.objects.count() == 1


def test_where_the_network_is_stays_while_keys_change(alice: Somebody, sandbox: Sandbox) -> None:
    keep(alice)
    places = {"server": sandbox.networks[NAME].app["server"], "site": sandbox.networks[NAME].app["site"]}
    kept = queries.app_of(network())
    assert {name: kept[name] for name in places} == places
    assert kept["client_id"] == KEYS["client_id"]


def test_a_key_of_the_seal_can_be_changed(alice: Somebody, settings: Settings) -> None:
    keep(alice)
    settings.SEAL_KEYS = (Fernet.generate_key().decode(), *settings.SEAL_KEYS)
    assert queries.app_of(network())["client_id"] == KEYS["client_id"]


def test_keys_under_a_lost_seal_count_as_none(alice: Somebody, settings: Settings) -> None:
    keep(alice)
    settings.SEAL_KEYS = (Fernet.generate_key().decode(),)
    assert queries.kept_app(network()) is None
    assert queries.app_keys(NAME) == {}
    with pytest.raises(Conflict, match="enters them once"):
        actions.start(alice.actor, NAME, _redirecting(), {}, back="https://hawker.example/back")


def test_without_keys_nothing_is_begun(alice: Somebody, sandbox: Sandbox) -> None:
    AppKeys.objects.all().delete()
    way, given = fields(sandbox)
    with pytest.raises(Conflict, match="enters them once"):
        actions.connect(alice.actor, NAME, way, given)
    with pytest.raises(Conflict, match="enters them once"):
        actions.start(alice.actor, NAME, _redirecting(), {}, back="https://hawker.example/back")


def test_the_owners_keys_are_no_registration_of_a_server(alice: Somebody, sandbox: Sandbox) -> None:
    errand = actions.start(alice.actor, NAME, _redirecting(), {}, back="https://hawker.example/back")
    assert sandbox.networks[NAME].app["client_id"] in errand.url
    assert not Registration.objects.exists()


def test_an_account_carries_the_keys_and_the_version(
    alice: Somebody, sandbox: Sandbox, settings: Settings
) -> None:
    settings.API_VERSIONS = {NAME: "v9"}
    way, given = fields(sandbox)
    channel = actions.connect(alice.actor, NAME, way, given)
    account = queries.account_of(channel)
    assert dict(account.app) == {**sandbox.networks[NAME].app, "api_version": "v9"}
    assert sandbox.networks[NAME].app["client_secret"] not in repr(account)
    assert sandbox.networks[NAME].app["client_secret"] not in json.dumps(list(account.secrets.values()))


def test_a_channel_of_another_network_carries_none(shop: list[Channel]) -> None:
    carried = {each.platform: bool(queries.account_of(each).app) for each in shop}
    assert carried[NAME]
    assert {name for name, has in carried.items() if has} == set(queries.kept_apps()) & set(carried)


def test_keys_cost_one_query_for_a_whole_claim(alice: Somebody, sandbox: Sandbox) -> None:
    counted = []
    for handles in (["one"], ["two", "three", "four"]):
        channels = [actions.connect(alice.actor, NAME, *fields(sandbox, each)) for each in handles]
        wordings = tuple(Wording(channel=each.id) for each in channels)
        publishing.compose(alice.actor, Writing(text="Tea", language="en", wordings=wordings))
        with CaptureQueriesContext(connection) as asked:
            taken = claims.claim(timezone.now(), limit=10)
        assert [each.account.app["client_id"] for each in taken] == [
            sandbox.networks[NAME].app["client_id"] for _ in handles
        ]
        counted.append(sum("channels_appkeys" in query["sql"] for query in asked))
    assert counted == [1, 1]


def test_removing_the_keys_says_which_channels_stop(
    alice: Somebody, charlie: Somebody, sandbox: Sandbox
) -> None:
    mine = actions.connect(alice.actor, NAME, *fields(sandbox))
    actions.connect(charlie.actor, NAME, *fields(sandbox, "bikes"))
    assert queries.stopped_without(alice.actor, network()) == ([mine], 1)
    actions.forget_app(alice.actor, NAME)
    assert queries.app_keys(NAME) == {}
    assert set(queries.account_of(mine).app) == {"api_version"}
    with pytest.raises(NotFound):
        actions.forget_app(alice.actor, NAME)


def _redirecting() -> str:
    return next(way.name for way in network().signs_in.ways if way.redirects)
