"""How an owner lets Hawker act for her account, and how its keys live on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.values import Account
from hawker.platforms.threads.app import APP, NEEDED
from hawker.platforms.threads.tests.scene import Scene
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.owner import BACK, decide

LONG = timedelta(days=60)


def keys(scene: Scene, **changes: str) -> dict[str, str]:
    return {**APP.complete(scene.network.app), **changes}


async def begin(scene: Scene, **changes: str) -> tuple[str, Mapping[str, str]]:
    errand, _ = await scene.signs_in.start(scene.http, "oauth", {}, back=BACK, app=keys(scene, **changes))
    return errand.url, errand.memory


async def walk(scene: Scene, **changes: str) -> Account:
    url, memory = await begin(scene)
    return await scene.signs_in.finish(scene.http, {**memory, **changes}, await decide(url))


async def test_the_login_page_is_asked_for_every_right_by_its_name(scene: Scene) -> None:
    url, _ = await begin(scene)
    asked = {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}
    assert asked["scope"] == ",".join(scope.name for scope in APP.scopes)
    assert (asked["response_type"], asked["redirect_uri"]) == ("code", BACK)
    assert url.startswith(f"{scene.world.site}/oauth/authorize?")


async def test_at_the_network_itself_its_own_hosts_are_spoken_to(scene: Scene) -> None:
    app = {"client_id": "1", "client_secret": "2"}
    errand, _ = await scene.signs_in.start(scene.http, "oauth", {}, back=BACK, app=app)
    assert errand.url.startswith("https://www.threads.net/oauth/authorize?")


async def test_an_owner_comes_back_with_a_key_of_sixty_days(scene: Scene) -> None:
    account = await walk(scene)
    assert account.remote_id == scene.me.id
    assert account.expires_at
    assert timedelta(days=59) < account.expires_at - datetime.now(UTC) <= LONG
    assert set(account.secrets) == {"access_token"}


async def test_the_sign_that_ends_a_code_is_cut_off(scene: Scene) -> None:
    url, memory = await begin(scene)
    answer = await decide(url)
    account = await scene.signs_in.finish(scene.http, memory, {**answer, "code": f"{answer['code']}#_"})
    assert account.handle == "@shop"


async def test_an_owner_who_takes_out_publishing_is_told_so(scene: Scene) -> None:
    scene.sandbox.door.declined = frozenset(["threads_content_publish"])
    with pytest.raises(Refused) as caught:
        await walk(scene)
    assert "threads_content_publish" in str(caught.value.sentence)


async def test_rights_that_only_some_posts_need_may_be_left_out(scene: Scene) -> None:
    token = scene.key(*(scope.name for scope in APP.scopes if scope.name not in NEEDED))
    assert (await scene.sign_in(**keys(scene), access_token=token)).handle == "@shop"


async def test_a_wrong_secret_of_the_app_is_refused_at_its_field(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await walk(scene, client_secret="wrong")
    assert caught.value.field == "client_secret"


async def test_an_app_that_is_not_known_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused) as caught:
        await walk(scene, client_id="1")
    assert caught.value.field == "client_secret"


async def test_a_key_says_when_it_ends(scene: Scene) -> None:
    account = await scene.sign_in(**keys(scene))
    assert account.expires_at
    assert timedelta(days=59) < account.expires_at - datetime.now(UTC) <= LONG


async def test_a_key_of_an_hour_becomes_a_long_one(scene: Scene) -> None:
    key = scene.world.keys.find(scene.key())
    assert key
    short = replace(key, expires_at=datetime.now(UTC) + timedelta(minutes=50))
    scene.world.keys.each[key.token] = short
    account = await scene.sign_in(**keys(scene), access_token=key.token)
    assert account.secrets["access_token"] != key.token
    assert account.expires_at
    assert account.expires_at > datetime.now(UTC) + timedelta(days=59)


async def test_a_dead_key_is_no_key(scene: Scene) -> None:
    fields = {**keys(scene), **scene.fields()}
    scene.network.pretend.revoke("shop")
    with pytest.raises(Refused) as refused:
        await scene.signs_in.sign_in(scene.http, "token", fields)
    assert refused.value.field == "access_token"


async def test_a_key_of_the_first_day_is_kept(scene: Scene) -> None:
    assert (await scene.signs_in.refresh(scene.http, scene.shop)).secrets == scene.shop.secrets


async def test_a_key_that_is_younger_than_its_end_told_is_kept_with_its_own_end(scene: Scene) -> None:
    wrong = replace(scene.shop, expires_at=datetime.now(UTC))
    kept = await scene.signs_in.refresh(scene.http, wrong)
    assert kept.secrets == scene.shop.secrets
    assert kept.expires_at == scene.shop.expires_at


async def test_a_key_of_the_second_day_is_renewed(scene: Scene) -> None:
    scene.behave(ahead=timedelta(hours=25))
    assert scene.shop.expires_at
    older = replace(scene.shop, expires_at=scene.shop.expires_at - timedelta(hours=25))
    fresh = await scene.signs_in.refresh(scene.http, older)
    assert fresh.secrets != older.secrets
    assert fresh.expires_at
    assert fresh.expires_at > older.expires_at  # type: ignore[operator]
    assert (await scene.signs_in.check(scene.http, fresh)).remote_id == scene.me.id


async def test_a_key_that_ran_out_is_not_renewed(scene: Scene) -> None:
    scene.behave(ahead=timedelta(days=61))
    older = replace(scene.shop, expires_at=datetime.now(UTC) - timedelta(days=1))
    with pytest.raises(SignInAgain):
        await scene.signs_in.refresh(scene.http, older)


async def test_a_fault_while_a_key_is_renewed_kills_nothing(scene: Scene) -> None:
    older = replace(scene.shop, expires_at=datetime.now(UTC) + timedelta(days=3))
    scene.network.faults.add(Fault(kind=Kind.error_before, call="refresh_access_token"))
    with pytest.raises(Later):
        await scene.signs_in.refresh(scene.http, older)


async def test_an_id_stays_text_whether_it_comes_as_text_or_as_a_number(scene: Scene) -> None:
    assert scene.shop.remote_id == scene.me.id
    assert len(scene.shop.remote_id) == 17
