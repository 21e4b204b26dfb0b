"""What Pinterest refuses, by status and words, and how many calls it allows."""

from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.budgets import WAIT, Reading, read
from hawker.connect.errors import KeyExpired, Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer, Heard
from hawker.platforms.pinterest.budgets import BUDGETS
from hawker.platforms.pinterest.refusals import again
from hawker.platforms.pinterest.tests.scene import Scene, post
from hawker.sandbox.tests.strangers import Stranger, gate

DAILY = {"X-RateLimit-Limit": '1000, 1000;w=86400;name="trial"', "X-RateLimit-Reset": "3600"}


@pytest.mark.parametrize(
    ("status", "words", "kind", "field"),
    [
        (400, "Invalid request: title is too long.", Refused, "title"),
        (400, "Invalid request: description is too long.", Refused, "text"),
        (400, "Invalid request: alt_text is too long.", Refused, "alt_text"),
        (400, "Unable to reach the URL.", Refused, "link"),
        (400, "You ran into a block (Pins) we have in place to combat spam.", Refused, "link"),
        (400, "Invalid request: board_id does not match '^\\d+$'", Refused, "board"),
        (400, "Sorry, we could not use this image.", Refused, "media"),
        (400, "Nobody knows.", Refused, ""),
        (401, "Authentication failed.", KeyExpired, None),
        (403, "You are not permitted to access that resource.", Refused, "board"),
        (403, "Your token lacks the scope pins:write.", SignInAgain, None),
        (404, "Media upload not found.", Refused, "media"),
        (404, "Not here.", Refused, "board"),
        (409, "Could not get exclusive access to the board.", Later, None),
        (418, "I am a teapot.", Refused, ""),
    ],
)
async def test_each_refusal_says_what_to_change(
    scene: Scene, stranger: Stranger, *, status: int, words: str, kind: type[NetworkError], field: str | None
) -> None:
    body = {"code": 1, "message": words}
    stranger.says = {"POST /v5/pins": web.json_response(body, status=status)}
    with pytest.raises(kind) as caught:
        await scene.beside(stranger).send(post(), {"board": "1"})
    assert caught.value.code == str(status)
    assert getattr(caught.value, "field", None) == field
    assert scene.pins == []


async def test_the_pretend_pinterest_refuses_so_too(scene: Scene) -> None:
    scene.behave(says=(400, "You ran into a block (Pins) we have in place to combat spam."))
    with pytest.raises(Refused, match="took this for spam"):
        await scene.post(post())
    assert scene.pins == []


@pytest.mark.parametrize("told", ["{}", "none", "[]", '{"id": null}', '{"id": ""}'])
async def test_an_answer_that_names_no_pin_is_no_answer(scene: Scene, stranger: Stranger, told: str) -> None:
    stranger.says = {"POST /v5/pins": web.Response(status=201, text=told)}
    with pytest.raises(OutcomeUnknown):
        await scene.beside(stranger).send(post(), {"board": "1"})


async def test_what_stands_before_pinterest_is_not_pinterest(scene: Scene, stranger: Stranger) -> None:
    async with gate(403) as address:
        stranger.address = address
        with pytest.raises(Later, match="was not Pinterest"):
            await scene.beside(stranger).send(post(), {"board": "1"})


async def test_a_pin_that_is_too_large_for_what_stands_before_pinterest_is_not_tried_again(
    scene: Scene, stranger: Stranger
) -> None:
    """How large a call may be is not documented."""
    stranger.says = {"POST /v5/pins": web.Response(status=413, text="<h1>Request Entity Too Large</h1>")}
    with pytest.raises(Refused, match="too large") as refused:
        await scene.beside(stranger).send(post(), {"board": "1"})
    assert (refused.value.field, refused.value.code) == ("media", "413")


async def test_elsewhere_a_missing_right_means_signing_in_again(scene: Scene, stranger: Stranger) -> None:
    body = {"code": 29, "message": "You are not permitted to access that resource."}
    stranger.says = {"GET /v5/user_account": web.json_response(body, status=403)}
    with pytest.raises(SignInAgain, match="allow all that Hawker asks for"):
        await scene.beside(stranger).check()


def told(status: int, **headers: str) -> list[Reading]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return read(BUDGETS, Heard("POST", "/v5/pins", Answer(status, named, b"")))


def is_about(at: datetime | None, seconds: float) -> bool:
    return at is not None and abs(at - datetime.now(UTC) - timedelta(seconds=seconds)) < timedelta(seconds=5)


def test_the_calls_of_a_day_are_read_where_they_are_told() -> None:
    limit = DAILY["X-RateLimit-Limit"]
    (reading,) = told(200, X_RateLimit_Limit=limit, X_RateLimit_Remaining="12", X_RateLimit_Reset="3600")
    assert (reading.budget, reading.left, reading.limit) == ("calls", 12, 1_000)
    assert is_about(reading.resets_at, 3_600)
    (used_up,) = told(429, X_RateLimit_Limit=limit, X_RateLimit_Reset="3600")
    assert (used_up.budget, used_up.left) == ("calls", 0)


def test_the_calls_of_a_second_matter_only_where_they_are_used_up() -> None:
    limit = '100, 100;w=1;name="safety_net_app_id_user_id"'
    assert told(200, X_RateLimit_Limit=limit, X_RateLimit_Remaining="99", X_RateLimit_Reset="1") == []
    (wait,) = told(429, X_RateLimit_Limit=limit, X_RateLimit_Remaining="0", X_RateLimit_Reset="1")
    assert (wait.budget, wait.left) == (WAIT.name, 0)
    assert told(200) == told(429) == []


def test_the_time_is_understood_either_way() -> None:
    assert is_about(again({"X-RateLimit-Reset": "60"}), 60)
    epoch = round((datetime.now(UTC) + timedelta(seconds=60)).timestamp())
    assert is_about(again({"X-RateLimit-Reset": str(epoch)}), 60)
    assert is_about(again({"Retry-After": "30"}), 30)
    assert again({"X-RateLimit-Reset": "9" * 30}) is None
    assert again({}) is None


async def test_one_call_too_many_waits_until_pinterest_said(scene: Scene) -> None:
    scene.network.pretend.leave("shop", "calls", 0, seconds=600)  # type: ignore[attr-defined]
    with pytest.raises(Later) as later:
        await scene.post(post())
    assert is_about(later.value.at, 600)
    assert scene.pins == []
