"""What Facebook's refusals become: what should happen now, and at which field."""

import json

import pytest
from aiohttp import web

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.values import Account
from hawker.platforms.facebook.account import Page, account_of
from hawker.platforms.facebook.tests.scene import Scene
from hawker.sandbox.tests.makers import draft
from hawker.sandbox.tests.strangers import Stranger

FEED = "POST /v26.0/7/feed"
BEFORE = {"before": "0"}


def account(stranger: Stranger) -> Account:
    places = {"server": stranger.address, "site": stranger.address}
    app = {**places, "api_version": "v26.0", "client_secret": "secret"}
    return account_of(Page(id="7", name="shop"), app, "key")


def says(status: int, **error: object) -> web.Response:
    return web.Response(status=status, text=json.dumps({"error": {"message": "(#1) words", **error}}))


async def refused(scene: Scene, stranger: Stranger, answer: web.Response) -> NetworkError:
    stranger.says[FEED] = answer
    with pytest.raises(NetworkError) as caught:
        await scene.at(account(stranger)).send(draft(), BEFORE)
    return caught.value


@pytest.mark.parametrize(
    ("number", "kind", "field"),
    [
        ((1, 0), OutcomeUnknown, ""),
        ((2, 0), OutcomeUnknown, ""),
        ((3, 0), Refused, ""),
        ((4, 0), Later, ""),
        ((10, 0), SignInAgain, ""),
        ((17, 0), Later, ""),
        ((32, 0), Later, ""),
        ((100, 0), Refused, ""),
        ((100, 33), Refused, ""),
        ((100, 1366046), Refused, "media"),
        ((1366046, 0), Refused, "media"),
        ((100, 1366051), Refused, "media"),
        ((102, 0), SignInAgain, ""),
        ((190, 0), SignInAgain, ""),
        ((190, 458), SignInAgain, ""),
        ((190, 459), SignInAgain, ""),
        ((190, 460), SignInAgain, ""),
        ((190, 492), SignInAgain, ""),
        ((200, 0), SignInAgain, ""),
        ((299, 0), SignInAgain, ""),
        ((341, 0), Later, ""),
        ((368, 0), Refused, ""),
        ((613, 0), Later, ""),
        ((80001, 0), Later, ""),
        ((100, 1609005), Refused, "link"),
        ((1609005, 0), Refused, "link"),
        ((100, 1609008), Refused, "link"),
        ((100, 2061006), Refused, "link"),
        ((368, 1390008), Later, ""),
        ((368, 1346003), Refused, "text"),
        ((100, 1349125), Refused, "text"),
        ((200, 1404078), SignInAgain, ""),
        ((368, 1404006), SignInAgain, ""),
        ((368, 1404102), Refused, "text"),
        ((368, 1404112), Refused, ""),
        ((100, 1363047), OutcomeUnknown, ""),
        ((100, 2069019), Refused, "media"),
        ((100, 4854002), SignInAgain, ""),
        ((99999, 0), Refused, ""),
    ],
)
async def test_each_number_says_what_should_happen_now(
    scene: Scene, stranger: Stranger, number: tuple[int, int], kind: type[NetworkError], field: str
) -> None:
    code, subcode = number
    error = await refused(scene, stranger, says(400, code=code, error_subcode=subcode))
    assert type(error) is kind or (kind is Refused and isinstance(error, Refused))
    assert error.code == (f"{code}/{subcode}" if subcode else str(code))
    assert getattr(error, "field", "") == field
    assert "%(" not in str(error.sentence)


@pytest.mark.parametrize("status", [200, 400, 500, 503])
async def test_a_passing_fault_leaves_open_what_became_of_the_post(
    scene: Scene, stranger: Stranger, status: int
) -> None:
    error = await refused(scene, stranger, says(status, code=99999, is_transient=True))
    assert isinstance(error, OutcomeUnknown)


async def test_a_passing_fault_before_the_post_is_passing(scene: Scene, stranger: Stranger) -> None:
    stranger.says["GET /v26.0/7/feed"] = says(500, code=2, is_transient=True)
    with pytest.raises(Later):
        await scene.at(account(stranger)).prepare(draft())


async def test_what_nobody_knows_is_said_in_facebooks_words(scene: Scene, stranger: Stranger) -> None:
    told = says(400, code=100, error_user_title="No", error_user_msg="Bao may not be sold.", error_data="x")
    error = await refused(scene, stranger, told)
    assert "Bao may not be sold." in str(error.sentence)


@pytest.mark.parametrize("body", ["<h1>Wait</h1>", "[]", '{"error": "none"}', '{"error": {"code": "x"}}'])
async def test_what_is_not_facebook_is_tried_later(scene: Scene, stranger: Stranger, body: str) -> None:
    assert isinstance(await refused(scene, stranger, web.Response(status=403, text=body)), Later)


@pytest.mark.parametrize("body", ["", "<h1>Hello</h1>", "{}", '{"id": null}'])
async def test_an_answer_that_names_no_post_leaves_open_what_became_of_it(
    scene: Scene, stranger: Stranger, body: str
) -> None:
    assert isinstance(await refused(scene, stranger, web.Response(text=body)), OutcomeUnknown)
