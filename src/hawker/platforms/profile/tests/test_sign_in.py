"""Naming a page: any address is taken, nothing is proven, and no key is asked for."""

from dataclasses import replace

import pytest

from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.profile import PLATFORM
from hawker.platforms.profile.page import LIMITS


async def named(http: Http, profile: str, name: str = "Mei") -> Account:
    return await PLATFORM.signs_in.sign_in(http, "profile", {"name": name, "profile": profile})


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://friends.example/@mei", "https://friends.example/@mei"),
        (" friends.example/mei/ ", "https://friends.example/mei"),
        ("https://friends.example/person?id=100012#posts", "https://friends.example/person?id=100012"),
        ("https://mei.friends.example/", "https://mei.friends.example"),
        ("http://127.0.0.1:8001/user/1", "http://127.0.0.1:8001/user/1"),
    ],
)
async def test_any_address_is_taken_as_it_is(http: Http, typed: str, url: str) -> None:
    account = await named(http, typed, " 林美 ")
    assert (account.url, account.handle, account.name) == (url, "林美", "林美")
    assert account.site == "/".join(url.split("/")[:3])
    assert (dict(account.secrets), account.limits) == ({}, LIMITS)


async def test_pages_are_told_apart_by_their_whole_address_and_not_by_a_port(http: Http) -> None:
    different = [
        "https://friends.example/mei",
        "https://forum.example/mei",
        "https://forum.example/person?id=1",
        "https://forum.example/person?id=2",
    ]
    assert len({(await named(http, each)).remote_id for each in different}) == len(different)
    same = ["https://Friends.example/mei", "http://friends.example:8001/mei/", "Https://friends.example/mei"]
    assert {(await named(http, each)).remote_id for each in same} == {"friends.example/mei"}


@pytest.mark.parametrize(
    "profile",
    [
        "",
        "javascript://x",
        "我的個人頁 🍵",
        "https://[",
        "https://:80/x",
        "https://a@b.example",
        "https://x/" + "y" * 200,
    ],
)
async def test_what_is_no_address_is_refused_at_its_field(http: Http, profile: str) -> None:
    with pytest.raises(Refused) as caught:
        await named(http, profile)
    assert caught.value.field == "profile"


async def test_a_page_has_a_name(http: Http) -> None:
    with pytest.raises(Refused) as caught:
        await named(http, "https://friends.example/mei", " ")
    assert caught.value.field == "name"


async def test_checking_brings_the_limits_up_to_date(http: Http) -> None:
    account = await named(http, "https://friends.example/mei")
    stale = replace(account, limits=replace(LIMITS, text=1))
    assert await PLATFORM.signs_in.check(http, stale) == account
