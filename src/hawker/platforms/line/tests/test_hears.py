"""Webhooks: what an account signed is believed, and nothing else."""

import json
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from hawker.connect.hooks import Joined, Receipt, Stopped
from hawker.connect.http import Json
from hawker.platforms.line.app import SECRETS
from hawker.platforms.line.hears import HEADER, Hears, signature
from hawker.platforms.line.tests.ear import listening
from hawker.platforms.line.tests.scene import Scene

BODY = '{"destination": "U1", "events": [{"type": "message", "text": "包子"}]}'.encode()
APP = {SECRETS: "first, second third"}
FOLLOW: dict[str, Json] = {
    "type": "follow",
    "source": {"type": "user", "userId": "U2"},
    "timestamp": 1692251666727,
}
AT = datetime(2023, 8, 17, 5, 54, 26, 727000, tzinfo=UTC)


def told(*events: Json) -> bytes:
    return json.dumps({"destination": "U1", "events": events}).encode()


@pytest.mark.parametrize("secret", ["first", "second", "third"])
def test_the_secret_of_each_account_is_known(secret: str) -> None:
    headers = {HEADER: signature(BODY, secret)}
    assert Hears().is_genuine(headers, BODY, APP)
    assert not Hears().is_genuine(headers, BODY + b" ", APP)


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: "é"}, {HEADER: signature(BODY, "fourth")}])
def test_what_nobody_signed_is_not_believed(headers: dict[str, str]) -> None:
    assert not Hears().is_genuine(headers, BODY, APP)


@pytest.mark.parametrize("app", [{}, {SECRETS: ""}, {SECRETS: " , "}])
def test_without_a_secret_nothing_is_believed(app: dict[str, str]) -> None:
    assert not Hears().is_genuine({HEADER: signature(BODY, "")}, BODY, app)


def test_nobody_is_answered_who_asks_for_a_word() -> None:
    assert Hears().challenge({"hub.challenge": "1"}, APP) is None


@pytest.mark.parametrize(
    "event",
    [
        None,
        5,
        {"type": "message"},
        {"type": "follow"},
        {**FOLLOW, "source": {"type": "group", "groupId": "C1"}},
        {**FOLLOW, "source": {"type": "user", "userId": ""}},
        {**FOLLOW, "timestamp": -1},
        {**FOLLOW, "timestamp": 10**20},
        {**FOLLOW, "type": "message"},
    ],
)
def test_what_else_happens_is_left_out(event: Json) -> None:
    assert Hears().read(told(event)) == ()


def test_the_consoles_own_trial_tells_nothing() -> None:
    assert Hears().read(told()) == ()


def test_who_becomes_a_friend_and_who_blocks_the_account_is_told() -> None:
    body = told(FOLLOW, {"type": "message"}, {**FOLLOW, "type": "unfollow"})
    assert Hears().read(body) == (
        Joined(account="U1", address="U2", at=AT),
        Stopped(account="U1", address="U2", at=AT),
    )


async def test_the_sandbox_tells_of_a_friend_and_of_one_who_left(scene: Scene) -> None:
    async with listening() as ear:
        scene.network.pretend.tell(ear.address)  # type: ignore[attr-defined]
        person = scene.world.befriend(scene.account, "林小姐")
        joined = Hears().read((await ear.next())[1])
        scene.world.block(scene.account, person)
        left = Hears().read((await ear.next())[1])
    assert [type(each) for each in (*joined, *left)] == [Joined, Stopped]
    assert {(each.account, each.address) for each in (*joined, *left) if not isinstance(each, Receipt)} == {
        (scene.shop.remote_id, person.id)
    }


@pytest.mark.parametrize("body", [b"", b"[]", b'{"events": []}', b"\xff"])
def test_what_is_not_lines_is_not_read(body: bytes) -> None:
    with pytest.raises(ValidationError):
        Hears().read(body)


async def test_two_accounts_sign_with_their_own_secrets(scene: Scene) -> None:
    other = scene.world.open("juice")
    other.secret = "another"
    async with listening() as ear:
        scene.network.pretend.tell(ear.address)  # type: ignore[attr-defined]
        scene.world.write(scene.account, "茶？")
        scene.world.write(other, "果汁？")
        calls = [await ear.next(), await ear.next()]
    known = {SECRETS: f"{scene.account.secret} another"}
    assert [Hears().is_genuine(headers, body, known) for headers, body in calls] == [True, True]
    assert [Hears().is_genuine(*call, {SECRETS: "another"}) for call in calls].count(True) == 1
