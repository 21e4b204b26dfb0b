"""Each kind of refusal, and what should happen then."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import web

from hawker.connect.errors import KeyExpired, Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Heard
from hawker.platforms.x.refusals import reset
from hawker.platforms.x.tests.scene import Scene
from hawker.platforms.x.tests.strangers import Stranger
from hawker.sandbox.tests.makers import draft

PROBLEMS = "https://api.x.com/2/problems/"


def said(status: int, kind: str = "", detail: str = "") -> web.Response:
    body = {"title": "A problem", "detail": detail, "status": status}
    return web.json_response({**body, "type": f"{PROBLEMS}{kind}" if kind else "about:blank"}, status=status)


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (said(401), KeyExpired, "fresh key"),
        (said(402, "credits-depleted"), Later, "credit"),
        (web.Response(status=402), Later, "credit"),
        (said(403, "usage-capped"), Later, "limit of its plan"),
        (said(429, "usage-capped"), Later, "limit of its plan"),
        (said(403, "client-forbidden"), SignInAgain, "read and write"),
        (said(403, "unsupported-authentication"), SignInAgain, "read and write"),
        (said(403, detail="Your account is temporarily locked."), SignInAgain, "locked"),
        (said(403, "disallowed-resource"), Refused, "does not allow what"),
        (said(403, detail="You may not."), Refused, "You may not."),
        (said(400, "invalid-request", "One or more"), Refused, "One or more"),
        (web.json_response({"errors": [{"code": 1, "message": "Odd"}]}, status=400), Refused, "Odd"),
        (said(429), Later, "asks to wait"),
        (web.Response(status=429), Later, "asks to wait"),
        (web.Response(status=403, text="<h1>Just a moment</h1>"), Later, "was not X"),
        (web.json_response({"hello": "there"}, status=400), Later, "was not X"),
        (said(503), OutcomeUnknown, "did not say whether"),
    ],
)
async def test_a_refusal_says_what_happens_now(
    scene: Scene, stranger: Stranger, answer: web.Response, kind: type[NetworkError], words: str
) -> None:
    stranger.says = {"POST /2/tweets": answer}
    with pytest.raises(kind, match=words) as caught:
        await scene.at(stranger.account()).send(draft())
    assert type(caught.value) is kind or kind is Later
    assert caught.value.code


def test_a_days_limit_outlasts_the_quarter_of_an_hour() -> None:
    quarter = {"x-rate-limit-reset": "1800000000"}
    day = {"x-user-limit-24hour-remaining": "0", "x-user-limit-24hour-reset": "1800050000"}
    unspent = {**day, "x-user-limit-24hour-remaining": "3"}
    assert reset(quarter) == datetime.fromtimestamp(1_800_000_000, UTC)
    assert reset({**quarter, **day}) == datetime.fromtimestamp(1_800_050_000, UTC)
    assert reset({**quarter, **unspent}) == datetime.fromtimestamp(1_800_000_000, UTC)
    assert reset({}) is None


async def test_out_of_credit_its_rate_headers_still_look_fine_and_name_no_time(scene: Scene) -> None:
    heard: list[Heard] = []
    scene.behave(credit=False)
    with pytest.raises(Later, match="credit") as caught:
        await replace(scene, http=scene.http.heard_by(heard.append)).send(draft())
    refusal = heard[-1].answer
    assert (refusal.status, int(refusal.headers["x-rate-limit-remaining"]) > 0) == (402, True)
    assert caught.value.at is None
