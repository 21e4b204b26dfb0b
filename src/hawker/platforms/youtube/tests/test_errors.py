"""What YouTube refuses is explained, each reason in a sentence of its own."""

import json
from datetime import UTC, datetime

import pytest

from hawker.connect.budgets import read
from hawker.connect.errors import KeyExpired, Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, Heard
from hawker.connect.pretend_google_errors import not_enabled, quota_exceeded, rate_limited, refusal
from hawker.platforms.youtube import PLATFORM
from hawker.platforms.youtube.budgets import BUDGETS
from hawker.platforms.youtube.refusals import REASONS
from hawker.platforms.youtube.tests.scene import OWNER, Scene, post
from hawker.platforms.youtube.wire import explain


def said(status: int, reason: str) -> NetworkError:
    text = refusal(status, f"The {reason}.", reason=reason, domain="youtube.video").text or ""
    found = explain(Answer(status, {}, text.encode()))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("status", "reason", "kind", "field"),
    [
        (400, "invalidTitle", Refused, "title"),
        (400, "invalidDescription", Refused, "text"),
        (400, "invalidTags", Refused, "tags"),
        (400, "invalidCategoryId", Refused, "category"),
        (400, "invalidPublishAt", Refused, "publish_at"),
        (400, "invalidVideoMetadata", Refused, "text"),
        (400, "badRequest", Refused, ""),
        (400, "uploadLimitExceeded", Later, ""),
        (401, "authError", KeyExpired, ""),
        (401, "authorizationRequired", KeyExpired, ""),
        (401, "youtubeSignupRequired", SignInAgain, ""),
        (403, "forbidden", Refused, ""),
        (403, "forbiddenPrivacySetting", Refused, "privacy"),
        (403, "insufficientPermissions", SignInAgain, ""),
        (403, "accountDelegationForbidden", SignInAgain, ""),
        (403, "authenticatedUserAccountClosed", SignInAgain, ""),
        (403, "authenticatedUserAccountSuspended", SignInAgain, ""),
        (403, "channelSuspended", SignInAgain, ""),
        (403, "commentsDisabled", Refused, "text"),
        (403, "rateLimitExceeded", Later, ""),
        (404, "videoNotFound", Refused, "media"),
        (404, "playlistNotFound", Refused, "playlist"),
        (404, "channelNotFound", SignInAgain, ""),
        (412, "conditionNotMet", Refused, ""),
        (429, "RESOURCE_EXHAUSTED", Later, ""),
    ],
)
def test_a_reason_means_what_should_happen_now(
    status: int, reason: str, kind: type[NetworkError], field: str
) -> None:
    found = said(status, reason)
    assert type(found) is kind
    assert found.code == reason
    assert not isinstance(found, Refused) or found.field == field
    assert len(str(found).split()) > 5


def test_no_two_fields_share_a_sentence() -> None:
    by_sentence: dict[str, set[str]] = {}
    for reason in REASONS:
        found = REASONS[reason](code=reason)
        by_sentence.setdefault(str(found), set()).add(getattr(found, "field", ""))
    assert all(len(fields) == 1 for fields in by_sentence.values())


def test_faults_of_the_machinery_have_the_rules_of_all_networks() -> None:
    assert explain(Answer(503, {}, b"")) is None
    assert explain(Answer(400, {}, b"<html>")) is None


async def test_a_spent_day_ends_at_midnight_at_the_pacific(scene: Scene) -> None:
    pretend = PLATFORM.pretend
    assert pretend is type(scene.network.pretend)
    for budget in ("uploads", "units"):
        readings = []
        http = scene.http.heard_by(lambda heard: readings.extend(read(BUDGETS, heard)))  # noqa: B023
        scene.network.pretend.leave(OWNER, budget, 0, seconds=60)  # type: ignore[attr-defined]
        with pytest.raises(Later, match="midnight") as later:
            async for _ in scene.publishes.prepare(http, scene.account, post(), {}):
                pass
        assert [reading.budget for reading in readings] == [budget]
        assert readings[0].left == 0
        assert later.value.at is not None
        assert later.value.at == readings[0].resets_at
        assert later.value.at > datetime.now(UTC)
        scene.network.pretend.leave(OWNER, budget, 100, seconds=60)  # type: ignore[attr-defined]


async def test_what_a_video_costs(scene: Scene) -> None:
    """One upload; the units that the quota calculator names."""
    scene.network.pretend.leave(OWNER, "uploads", 2, seconds=60)  # type: ignore[attr-defined]
    scene.network.pretend.leave(OWNER, "units", 102, seconds=60)  # type: ignore[attr-defined]
    await scene.publish(post())
    await scene.publish(post())
    with pytest.raises(Later, match="midnight"):
        await scene.publish(post())


def test_only_refusals_for_quotas_are_read() -> None:
    path = "/youtube/v3/videos"
    for answer in (not_enabled("YouTube"), rate_limited(), refusal(403, "x", reason="forbidden")):
        heard = Heard("GET", path, Answer(answer.status, {}, (answer.text or "").encode()))
        assert list(BUDGETS.read(heard)) == []
    spent = quota_exceeded()
    heard = Heard("GET", path, Answer(200, {}, (spent.text or "").encode()))
    assert list(BUDGETS.read(heard)) == []
    assert json.loads(spent.text or "")["error"]["errors"][0]["reason"] == "quotaExceeded"


async def test_quotas_belong_to_the_project_of_the_app(scene: Scene) -> None:
    assert BUDGETS.app(scene.account) == "4711"
