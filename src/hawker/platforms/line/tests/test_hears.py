"""Webhooks: what an account signed is believed, and nothing else."""

import json

import pytest
from pydantic import ValidationError

from hawker.platforms.line.app import SECRETS
from hawker.platforms.line.hears import HEADER, Hears, signature
from hawker.platforms.line.tests.ear import listening
from hawker.platforms.line.tests.scene import Scene

BODY = '{"destination": "U1", "events": [{"type": "message", "text": "包子"}]}'.encode()
APP = {SECRETS: "first, second third"}


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


def test_nothing_that_friends_do_is_handed_on() -> None:
    """The console's own trial has no events at all."""
    for events in ([], [{"type": "follow"}], [{"type": "message"}, 5]):
        assert Hears().read(json.dumps({"destination": "U1", "events": events}).encode()) == ()


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
