"""The keys of the owner's own apps, by programs; and a sign-in that opens several accounts."""

import pytest

from hawker.api.tests.program import Answer, Program, key_of
from hawker.core.channels.models import AppKeys, Channel
from hawker.core.people.rules import Role
from hawker.sandbox.app import Sandbox
from tests.apps.scene import NAME, fields, network, reach
from tests.cast import Somebody

SECRET = "a-secret-that-nobody-may-see-9876"
KEYS = {"client_id": "an-id-that-is-long-enough-1234", "client_secret": SECRET}


def test_keys_are_stored_shown_by_their_ends_and_forgotten(program: Program) -> None:
    assert program.get(f"/apps/{NAME}").body["stored"] is False
    kept = program.call("PUT", f"/apps/{NAME}", {"keys": KEYS})
    assert kept.status == 200
    assert (kept.body["stored"], kept.body["ends"]["client_secret"]) == (True, "9876")
    shown = program.get(f"/apps/{NAME}")
    listed = program.get("/apps")
    platform = next(each for each in program.get("/platforms").body["platforms"] if each["name"] == NAME)
    assert platform["app"]["stored"] is True
    assert [each["platform"] for each in listed.body["apps"] if each["stored"]] == [NAME]
    for answer in (kept, shown, listed, program.get("/platforms")):
        assert SECRET not in str(answer.body)
        assert KEYS["client_id"] not in str(answer.body)
    gone = program.call("DELETE", f"/apps/{NAME}")
    assert (gone.status, gone.body) == (200, {"stopped": [], "others": 0})
    assert program.call("DELETE", f"/apps/{NAME}").status == 404


def test_what_to_register_is_told(program: Program) -> None:
    body, app = program.get(f"/apps/{NAME}").body, network().app
    assert app is not None
    assert body["redirect"] == f"http://testserver/channels/back/{NAME}"
    assert [scope["name"] for scope in body["scopes"]] == [scope.name for scope in app.scopes]
    assert len(body["steps"]) == len(app.steps)


def test_forgetting_names_the_channels_that_stop(
    program: Program, alice: Somebody, shop: list[Channel]
) -> None:
    mine = next(each for each in shop if each.platform == NAME)
    gone = program.call("DELETE", f"/apps/{NAME}")
    assert [each["id"] for each in gone.body["stopped"]] == [str(mine.id)]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.owner])
def test_only_owners_of_the_first_business_may(alice: Somebody, charlie: Somebody, role: Role) -> None:
    for asking in (Program(key_of(alice, role)), Program(key_of(charlie))):
        for method, path, body in (
            ("GET", "/apps", None),
            ("GET", f"/apps/{NAME}", None),
            ("PUT", f"/apps/{NAME}", {"keys": KEYS}),
            ("DELETE", f"/apps/{NAME}", None),
        ):
            assert asking.call(method, path, body).code == "not_allowed"
    assert not AppKeys.objects.exists()


def test_wrong_keys_are_refused_at_their_names(program: Program) -> None:
    refused = program.call("PUT", f"/apps/{NAME}", {"keys": {"client_secret": "x", "token": "x"}})
    assert (refused.status, refused.fields) == (422, ["client_id", "token"])
    assert program.call("PUT", "/apps/nowhere", {"keys": KEYS}).status == 404


def test_without_keys_no_channel_is_connected(program: Program, every_network: Sandbox) -> None:
    AppKeys.objects.all().delete()
    way, given = fields(every_network)
    refused = program.post("/channels", {"platform": NAME, "way": way, "fields": given})
    assert (refused.status, refused.code) == (409, "conflict")
    assert "enters them once" in refused.sentence


def test_of_several_accounts_a_program_chooses_by_signing_in_again(
    program: Program, every_network: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 3)

    def connect(**choice: object) -> Answer:
        way, given = fields(every_network)
        return program.post("/channels", {"platform": NAME, "way": way, "fields": given, **choice})

    asked = connect()
    assert (asked.status, asked.code) == (409, "several")
    accounts = asked.body["error"]["accounts"]
    assert [(each["name"], each["connected"]) for each in accounts] == [
        ("Branch 1", False),
        ("Branch 2", False),
        ("Branch 3", False),
    ]
    assert "a-secret-of-page" not in str(asked)
    chosen = connect(accounts=[accounts[1]["id"]])
    assert [each["name"] for each in chosen.body["channels"]] == ["Branch 2"]
    known = connect().body["error"]["accounts"]
    assert [each["connected"] for each in known] == [False, True, False]
    everything = connect(accounts="all")
    assert len(everything.body["channels"]) == Channel.objects.count() == 3
    wrong = connect(accounts=["0"])
    assert (wrong.status, wrong.fields) == (422, ["accounts"])
