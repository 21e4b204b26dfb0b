"""Each kind of refusal, and what should happen then."""

import pytest
from aiohttp import web

from hawker.connect.errors import KeyExpired, Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.platforms.linkedin.tests.scene import Scene
from hawker.sandbox.tests.makers import draft
from hawker.sandbox.tests.strangers import Stranger


def said(status: int, code: str = "", message: str = "A problem", inner: str = "") -> web.Response:
    details = {"errorDetails": {"inputErrors": [{"code": inner}]}} if inner else {}
    return web.json_response(
        {"status": status, "message": message, **({"code": code} if code else {}), **details}, status=status
    )


@pytest.mark.parametrize(
    ("answer", "kind", "told"),
    [
        (said(401, "INVALID_ACCESS_TOKEN"), KeyExpired, ("", "fresh key")),
        (said(401, "EXPIRED_ACCESS_TOKEN"), KeyExpired, ("", "fresh key")),
        (said(401, "REVOKED_ACCESS_TOKEN"), SignInAgain, ("", "taken back")),
        (said(403, "ACCESS_DENIED"), SignInAgain, ("", "administrator")),
        (said(426, "NONEXISTENT_VERSION"), Later, ("", "HAWKER_API_VERSIONS")),
        (said(426), Later, ("", "HAWKER_API_VERSIONS")),
        (
            said(400, "VERSION_MISSING", "A version must be present"),
            Refused,
            ("", "must be present"),
        ),
        (said(400, "MEDIA_ASSET_WAITING_UPLOAD"), Later, ("", "still working")),
        (said(400, "", "x", "MEDIA_ASSET_WAITING_UPLOAD"), Later, ("", "still working")),
        (said(400, "MEDIA_ASSET_PROCESSING_FAILED"), Refused, ("media", "cannot read")),
        (said(422, "", "ERROR :: /content/media/id :: is odd"), Refused, ("media", "cannot read")),
        (
            said(400, "", "ShareCommentary text length (9 characters)", "FIELD_ARRAY"),
            Refused,
            ("text", "3,000"),
        ),
        (said(422, "", "ERROR :: /author :: field is required"), Refused, ("", "/author")),
        (said(404), Refused, ("", "gone")),
        (said(429), Later, ("", "asks to wait")),
        (web.Response(status=429), Later, ("", "asks to wait")),
        (web.Response(status=403, text="<h1>Just a moment</h1>"), Later, ("", "was not LinkedIn")),
        (web.json_response({"hello": "there"}, status=400), Later, ("", "was not LinkedIn")),
        (web.json_response({"status": None, "message": None}, status=400), Later, ("", "was not LinkedIn")),
        (said(503), OutcomeUnknown, ("", "did not say whether")),
    ],
)
async def test_a_refusal_says_what_happens_now(
    scene: Scene, stranger: Stranger, answer: web.Response, kind: type[NetworkError], told: tuple[str, str]
) -> None:
    """`told`: the field to mend, and some of the sentence."""
    field, words = told
    stranger.says = {"POST /rest/posts": answer}
    with pytest.raises(kind, match=words) as caught:
        await scene.beside(stranger).send(draft())
    assert caught.value.code
    assert not isinstance(caught.value, Refused) or caught.value.field == field


async def test_a_429_with_a_time_is_believed(scene: Scene, stranger: Stranger) -> None:
    stranger.says = {"POST /rest/posts": web.Response(status=429, headers={"Retry-After": "60"})}
    with pytest.raises(Later) as caught:
        await scene.beside(stranger).send(draft())
    assert caught.value.at is not None
