"""Connecting, checking and removing channels; what networks ask for."""

import pytest

from hawker.api.tests.program import Program, key_of
from hawker.connect.registry import platforms
from hawker.core.channels.models import Channel
from hawker.core.people.rules import Role
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody

NAMES = list(platforms())
SIGNED_IN = [name for name, each in platforms().items() if not each.by_hand]
REDIRECTING = [
    (platform.name, way.name)
    for platform in platforms().values()
    for way in platform.signs_in.ways
    if way.redirects
]


def connect(program: Program, every_network: Sandbox, name: str) -> str:
    way, fields = every_network.networks[name].pretend.account("teashop")
    answer = program.post("/channels", {"platform": name, "way": way, "fields": dict(fields)})
    assert answer.status == 201
    return str(answer.body["id"])


def test_the_networks_are_told_with_what_they_ask_for(program: Program) -> None:
    told = {each["name"]: each for each in program.get("/platforms").body["platforms"]}
    assert list(told) == NAMES
    for name, each in told.items():
        assert each["title"] == platforms()[name].title
        posts = "by_hand" if platforms()[name].by_hand else "publishes"
        assert posts in each["abilities"]
        assert each["limits"]["text"] > 0
        assert each["quality"]["publishes"] == ("exempt" if platforms()[name].by_hand else "done")
        known = platforms()[name].signs_in.ways
        assert [way["name"] for way in each["ways"]] == [way.name for way in known]
        asked = [[field["name"] for field in way["fields"]] for way in each["ways"]]
        assert asked == [[field.name for field in way.fields] for way in known]


@pytest.mark.parametrize("name", NAMES)
def test_a_channel_is_connected_checked_and_removed(
    program: Program, every_network: Sandbox, name: str
) -> None:
    channel_id = connect(program, every_network, name)
    told = program.get(f"/channels/{channel_id}").body
    assert (told["platform"], told["state"]) == (name, "connected")
    assert program.get("/channels").body == {"channels": [told]}
    checked = program.post(f"/channels/{channel_id}/check").body
    assert checked["checked_at"] > told["checked_at"]
    assert program.call("DELETE", f"/channels/{channel_id}").status == 204
    assert program.get("/channels").body == {"channels": []}


def test_choices_that_only_a_channel_has_or_lacks_are_told(program: Program, every_network: Sandbox) -> None:
    channel_id = connect(program, every_network, NAMES[0])
    album = {"option": "album", "value": "42", "label": "Buns & tea"}
    channel = Channel.objects.get(id=channel_id)
    channel.limits = {**channel.limits, "own": [album], "withheld": ["who=everyone"]}
    channel.save()
    told = program.get(f"/channels/{channel_id}").body["limits"]
    assert (told["own"], told["withheld"]) == ([album], ["who=everyone"])


@pytest.mark.parametrize("name", SIGNED_IN)
def test_no_answer_holds_a_channels_secret(program: Program, every_network: Sandbox, name: str) -> None:
    _, fields = every_network.networks[name].pretend.account("teashop")
    kinds = {field.name: field.kind for way in platforms()[name].signs_in.ways for field in way.fields}
    secrets = [value for field, value in fields.items() if kinds[field] == "password"]
    channel_id = connect(program, every_network, name)
    told = str(program.get(f"/channels/{channel_id}").body)
    assert secrets
    assert not any(secret in told for secret in secrets)


@pytest.mark.parametrize("name", SIGNED_IN)
def test_a_network_that_is_gone_is_a_network_error(
    program: Program, every_network: Sandbox, name: str
) -> None:
    channel_id = connect(program, every_network, name)
    every_network.networks[name].pretend.revoke("teashop")
    answer = program.post(f"/channels/{channel_id}/check")
    assert (answer.status, answer.code) == (502, "network")
    assert program.get(f"/channels/{channel_id}").body["state"] == "needs_sign_in"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_missing_is_named_at_its_field(program: Program, name: str) -> None:
    ways = [way for way in platforms()[name].signs_in.ways if not way.redirects]
    required = [field.name for field in ways[0].fields if field.required and not field.default]
    answer = program.post("/channels", {"platform": name})
    assert (answer.status, answer.code, answer.fields) == (422, "invalid", required)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_asked_for_is_refused_with_what_is(program: Program, name: str) -> None:
    ways = [way for way in platforms()[name].signs_in.ways if not way.redirects]
    answer = program.post("/channels", {"platform": name, "fields": {"tea": "oolong"}})
    assert (answer.status, answer.fields) == (422, ["tea"])
    assert all(field.name in answer.sentence for field in ways[0].fields)


def test_a_network_that_nobody_knows_is_refused(program: Program) -> None:
    answer = program.post("/channels", {"platform": "teahouse"})
    assert (answer.status, answer.fields) == (422, ["platform"])


@pytest.mark.parametrize(("name", "way"), REDIRECTING)
def test_a_way_that_needs_a_browser_is_refused(program: Program, name: str, way: str) -> None:
    answer = program.post("/channels", {"platform": name, "way": way})
    assert (answer.status, answer.fields) == (422, ["way"])


def test_an_editor_connects_nothing(alice: Somebody, shop: list[Channel]) -> None:
    editor = Program(key_of(alice, Role.editor))
    tried = [
        editor.post(f"/channels/{shop[0].id}/check"),
        editor.call("DELETE", f"/channels/{shop[0].id}"),
    ]
    assert [answer.status for answer in tried] == [403, 403]
