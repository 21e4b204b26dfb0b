"""Who gets in, as whom."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from hawker.api.tests.program import Answer, Program, key_of
from hawker.core.people import actions as people
from hawker.core.people import queries
from hawker.core.people.models import ApiKey
from hawker.core.people.rules import Role
from tests.cast import Somebody

FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")


@pytest.fixture
def machine(settings: Settings) -> str:
    return f"machine_{settings.MACHINE_KEY}"


def test_a_key_acts_with_its_role_in_its_business(alice: Somebody) -> None:
    me = Program(key_of(alice, Role.analyst)).get("/me").body
    assert (me["role"], me["rights"]) == ("analyst", ["read"])
    assert me["workspace"]["id"] == str(alice.actor.workspace)
    assert me["workspace"]["time_zone"] == "Asia/Taipei"


def test_no_key_and_a_wrong_key_are_told_apart(db: None) -> None:
    without, wrong = Program().get("/me"), Program("hawker_wrong").get("/me")
    assert (without.status, without.code, wrong.status, wrong.code) == (401, "unauthorised") * 2
    assert without.sentence != wrong.sentence
    assert wrong.headers["WWW-Authenticate"] == "Bearer"


def test_a_revoked_key_is_unknown(alice: Somebody) -> None:
    key = key_of(alice)
    (row,) = queries.keys(alice.actor)
    people.revoke_key(alice.actor, row.id)
    assert Program(key).get("/me").status == 401


def test_the_last_use_is_written_once_a_minute(alice: Somebody) -> None:
    program = Program(key_of(alice))
    program.get("/me")
    first = ApiKey.objects.get().used_at
    program.get("/me")
    assert first is not None
    assert ApiKey.objects.get().used_at == first
    ApiKey.objects.update(used_at=timezone.now() - timedelta(minutes=2))
    program.get("/me")
    used_at = ApiKey.objects.get().used_at
    assert used_at is not None
    assert used_at >= first


def test_an_address_that_sends_many_wrong_keys_must_wait(alice: Somebody) -> None:
    tried = [Program(f"hawker_{number}").get("/me") for number in range(21)]
    assert [answer.status for answer in tried] == [401] * 20 + [429]
    assert tried[-1].code == "too_many"
    assert Program(key_of(alice)).get("/me").status == 429
    assert Program(key_of(alice), address="203.0.113.9").get("/me").status == 200


def test_the_machines_key_owns_the_first_business(machine: str, alice: Somebody, charlie: Somebody) -> None:
    me = Program(machine).get("/me").body
    assert (me["role"], me["workspace"]["id"]) == ("owner", str(alice.actor.workspace))


def test_the_machines_key_goes_to_the_business_that_is_named(
    machine: str, alice: Somebody, charlie: Somebody
) -> None:
    def asked(workspace: object) -> Answer:
        return Program(machine).call("GET", "/me", headers={"Hawker-Workspace": str(workspace)})

    assert asked(charlie.actor.workspace).body["workspace"]["name"] == "Charlie's Bikes"
    for nobody in (uuid4(), "nobody"):
        assert (asked(nobody).status, asked(nobody).fields) == (422, ["Hawker-Workspace"])


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_the_machines_key_works_on_the_machine(machine: str, alice: Somebody, address: str) -> None:
    assert Program(machine, address=address).get("/me").status == 200


@pytest.mark.parametrize("address", ["203.0.113.9", "192.168.1.4", "::ffff:192.168.1.4", ""])
def test_the_machines_key_works_from_nowhere_else(machine: str, alice: Somebody, address: str) -> None:
    assert Program(machine, address=address).get("/me").status == 401


@pytest.mark.parametrize("header", FORWARDED)
def test_the_machines_key_does_not_work_through_a_proxy(machine: str, alice: Somebody, header: str) -> None:
    assert Program(machine).call("GET", "/me", headers={header: "127.0.0.1"}).status == 401


def test_the_machines_key_says_so_when_nobody_has_a_business(machine: str, db: None) -> None:
    answer = Program(machine).get("/me")
    assert (answer.status, answer.code) == (409, "conflict")
    assert "link" in answer.sentence
