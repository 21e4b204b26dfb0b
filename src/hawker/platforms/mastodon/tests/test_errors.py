from datetime import UTC, datetime

import pytest
from aiohttp import web

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.platforms.mastodon.refusals import reset_time
from hawker.platforms.mastodon.tests.scene import Scene
from hawker.platforms.mastodon.tests.strangers import Stranger
from hawker.sandbox.tests.makers import draft


def said(status: int, error: str) -> web.Response:
    return web.json_response({"error": error}, status=status)


@pytest.mark.parametrize(
    ("answer", "kind", "field"),
    [
        (said(401, "The access token was revoked"), SignInAgain, None),
        (web.Response(status=401), SignInAgain, None),
        (said(403, "This action is outside the authorized scopes"), SignInAgain, None),
        (said(403, "Insufficient permissions: write:statuses."), SignInAgain, None),
        (said(403, "Your login is currently disabled"), Refused, ""),
        (said(404, "Record not found"), Refused, ""),
        (web.Response(status=404, text="<h1>404</h1>"), Refused, "server"),
        (web.Response(status=410), Refused, "server"),
        (said(422, "Validation failed: Text character limit of 500 exceeded"), Refused, "text"),
        (said(422, "Validation failed: Text is too long (maximum is 500 characters)"), Refused, "text"),
        (said(422, "Validation failed: Text can't be blank"), Refused, "text"),
        (said(422, "Cannot attach more than 4 files"), Refused, "media"),
        (said(422, "Cannot attach a video to a post that already contains images"), Refused, "media"),
        (said(422, "Validation failed: Tags contained a disallowed hashtag: x"), Refused, ""),
        (web.Response(status=422), Refused, ""),
        (
            said(422, "Cannot attach files that have not finished processing. Try again in a moment!"),
            Later,
            None,
        ),
        (said(429, "Too many requests"), Later, None),
        (said(500, "The media server failed"), OutcomeUnknown, None),
        (said(503, "Remote data could not be fetched"), OutcomeUnknown, None),
        (web.Response(status=302, headers={"Location": "https://elsewhere.example/"}), Refused, "server"),
    ],
)
async def test_each_refusal_of_a_post_says_what_happens_now(
    scene: Scene, stranger: Stranger, answer: web.Response, kind: type[NetworkError], field: str | None
) -> None:
    stranger.says = {"POST /api/v1/statuses": answer}
    with pytest.raises(kind) as told:
        await scene.at(stranger.account()).send(draft())
    assert type(told.value) is kind
    assert getattr(told.value, "field", None) == field
    assert told.value.code == str(answer.status)
    assert len(str(told.value)) > 20


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("2026-11-22T12:30:00.123456Z", datetime(2026, 11, 22, 12, 30, 0, 123456, UTC)),
        ("2026-11-22T20:30:00+08:00", datetime(2026, 11, 22, 12, 30, tzinfo=UTC)),
        ("2026-11-22T12:30:00", datetime(2026, 11, 22, 12, 30, tzinfo=UTC)),
        ("1795350600", datetime(2026, 11, 22, 12, 30, tzinfo=UTC)),
        ("99999999999999999999", None),
        ("soon", None),
        ("", None),
    ],
)
def test_the_end_of_a_rate_limit_is_read_in_each_spelling(value: str, at: datetime | None) -> None:
    assert reset_time({"X-RateLimit-Reset": value}) == at


def test_a_server_that_tells_the_wait_in_the_usual_way_is_understood() -> None:
    assert reset_time({"Retry-After": "Sun, 22 Nov 2026 12:30:00 GMT"}) == datetime(
        2026, 11, 22, 12, 30, tzinfo=UTC
    )
