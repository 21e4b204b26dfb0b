"""Naming an account: nothing is proven, and no key is asked for."""

from dataclasses import replace

import pytest

from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.platforms.xiaohongshu import PLATFORM
from hawker.platforms.xiaohongshu.note import LIMITS
from hawker.platforms.xiaohongshu.tests.scene import Scene, signed_in

PROFILE = "https://www.xiaohongshu.com/user/profile/5f0a1b2c0000000001003e4d"


async def test_the_account_is_what_its_owner_says(http: Http) -> None:
    account = await signed_in(http, "profile", {"name": " 春山茶行 ", "profile": f"{PROFILE}?xsec_token=AB"})
    assert (account.handle, account.name) == ("春山茶行", "春山茶行")
    assert account.site == "https://www.xiaohongshu.com"
    assert (account.remote_id, account.url) == (PROFILE.removeprefix("https://"), PROFILE)
    assert (dict(account.secrets), account.expires_at) == ({}, None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " ", "profile": PROFILE}, "name"),
        ({"profile": PROFILE}, "name"),
        ({"name": "tea", "profile": ""}, "profile"),
        ({"name": "tea", "profile": "javascript://x"}, "profile"),
        ({"name": "tea", "profile": "看看我的主頁 🍵"}, "profile"),
    ],
)
async def test_what_is_missing_is_said_at_its_field(http: Http, typed: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as caught:
        await signed_in(http, "profile", typed)
    assert caught.value.field == field


async def test_checking_asks_nobody_and_brings_the_limits_up_to_date(scene: Scene) -> None:
    stale = replace(scene.shop, limits=replace(LIMITS, text=1))
    assert await PLATFORM.signs_in.check(scene.http, stale) == scene.shop
    assert await PLATFORM.signs_in.refresh(scene.http, stale) == scene.shop
