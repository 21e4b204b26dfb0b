"""TikTok's refusals, in its envelope and outside of it, become errors with a sentence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.budgets import read
from hawker.connect.errors import KeyExpired, Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Heard
from hawker.connect.values import Account
from hawker.platforms.tiktok.budgets import BUDGETS
from hawker.platforms.tiktok.tests.scene import Scene, post, pretend_of
from hawker.sandbox.faults import Fault, Kind

CODES: tuple[tuple[str, type[NetworkError], str], ...] = (
    ("access_token_invalid", KeyExpired, ""),
    ("scope_not_authorized", SignInAgain, ""),
    ("scope_permission_missed", SignInAgain, ""),
    ("spam_risk_too_many_posts", Later, ""),
    ("spam_risk_too_many_pending_share", Later, ""),
    ("reached_active_user_cap", Later, ""),
    ("rate_limit_exceeded", Later, ""),
    ("internal_error", Later, ""),
    ("spam_risk_user_banned_from_posting", Refused, ""),
    ("spam_risk", Refused, "text"),
    ("unaudited_client_can_only_post_to_private_accounts", Refused, "privacy"),
    ("privacy_level_option_mismatch", Refused, "privacy"),
    ("url_ownership_unverified", Refused, "media"),
    ("invalid_file_upload", Refused, "media"),
    ("a_code_of_tomorrow", Refused, ""),
)
CONTENT = "/v2/post/publish/content/init/"


@pytest.mark.parametrize("flat", [False, True], ids=["status", "flat"])
@pytest.mark.parametrize(("code", "kind", "field"), CODES)
async def test_each_code_is_explained_with_whatever_status(
    scene: Scene,
    code: str,
    kind: type[NetworkError],
    field: str,
    flat: bool,
) -> None:
    scene.behave(refuses=code, flat=flat)
    with pytest.raises(kind) as caught:
        await scene.post(post())
    assert len(str(caught.value).split()) > 5
    assert getattr(caught.value, "field", "") == field
    assert scene.posts == []


@pytest.mark.parametrize(
    ("code", "wait"),
    [
        ("rate_limit_exceeded", timedelta(minutes=1)),
        ("spam_risk_too_many_posts", timedelta(hours=1)),
        ("spam_risk_too_many_pending_share", timedelta(hours=1)),
    ],
)
async def test_it_is_said_how_long_hawker_waits(scene: Scene, code: str, wait: timedelta) -> None:
    scene.behave(refuses=code)
    before = datetime.now(UTC)
    with pytest.raises(Later) as later:
        await scene.check()
    assert later.value.at is not None
    assert before + wait <= later.value.at <= datetime.now(UTC) + wait


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("The title is too long.", "text"),
        ("Wrong privacy_level.", "privacy"),
        ("Bad photo.", "media"),
        ("Odd.", ""),
    ],
)
@pytest.mark.parametrize("code", ["invalid_params", "invalid_param"])
async def test_what_is_wrong_with_a_call_is_read_from_its_words(
    scene: Scene, code: str, words: str, field: str
) -> None:
    draft = post(scene.photo())
    body = {"error": {"code": code, "message": words, "log_id": "1"}}
    scene.files.says[f"POST {CONTENT}"] = web.json_response(body, status=400)
    with pytest.raises(Refused) as refused:
        await scene.at(elsewhere(scene)).send(draft)
    assert (refused.value.field, refused.value.code) == (field, code)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (web.json_response({"error": {"code": "internal_error"}}), OutcomeUnknown),
        (web.json_response({"error": {"code": "internal_error"}}, status=500), OutcomeUnknown),
        (web.json_response({"error": {"code": "ok"}, "data": {}}), OutcomeUnknown),
        (web.Response(text="<h1>Hello</h1>"), OutcomeUnknown),
        (web.Response(status=502, text="<h1>Bad gateway</h1>"), OutcomeUnknown),
        (web.Response(status=404, text="<h1>Nothing here</h1>"), Later),
        (web.Response(status=429), Later),
    ],
    ids=["fault-200", "fault-500", "no-id", "page", "gateway", "stranger", "limit"],
)
async def test_photos_are_unknown_where_no_answer_says_otherwise(
    scene: Scene, answer: web.Response, kind: type[NetworkError]
) -> None:
    draft = post(scene.photo())
    scene.files.says[f"POST {CONTENT}"] = answer
    with pytest.raises(kind):
        await scene.at(elsewhere(scene)).send(draft)


async def test_a_key_that_ran_out_is_renewed(scene: Scene) -> None:
    scene.world.keys.access.clear()
    with pytest.raises(KeyExpired):
        await scene.check()
    renewed = await scene.signs_in.refresh(scene.http, scene.shop)
    assert (await scene.at(renewed).check()).handle == "@shop"


async def test_an_account_without_the_right_to_list_is_told_to_connect_again(scene: Scene) -> None:
    draft = post(scene.photo())
    scene.network.faults.add(Fault(kind=Kind.reset_after))
    with pytest.raises(OutcomeUnknown):
        await scene.send(draft)
    keys = scene.world.keys
    keys.access = {
        token: (
            type(grant)(handle=grant.handle, client_id=grant.client_id, scopes=frozenset({"video.publish"})),
            at,
        )
        for token, (grant, at) in keys.access.items()
    }
    with pytest.raises(SignInAgain, match="allow all that Hawker asks for"):
        await scene.find(draft, datetime.now(UTC))


async def test_used_up_budgets_are_read_from_refusals(scene: Scene) -> None:
    heard: list[Heard] = []
    listening = scene.http.heard_by(heard.append)
    pretend_of(scene.network).leave("shop", "posts", 0, seconds=60)
    with pytest.raises(Later):
        await scene.signs_in.check(listening, scene.shop)
    assert [each.budget for each in read(BUDGETS, heard[-1])] == ["posts"]
    scene.world.spent.clear()
    pretend_of(scene.network).leave("shop", "beginnings", 0, seconds=60)
    with pytest.raises(Later):
        async for _ in scene.publishes.prepare(listening, scene.shop, post(), {}):
            pass
    assert [each.budget for each in read(BUDGETS, heard[-1])] == ["beginnings"]


def elsewhere(scene: Scene) -> Account:
    """The shop, at a server that answers what a test says."""
    return replace(scene.shop, server=scene.files.address)
