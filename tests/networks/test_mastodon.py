"""What a post is on servers that speak Mastodon's API, read with Mastodon.py."""

from typing import Any

import pytest

from tests.networks.browser import Page
from tests.networks.fediverse import Fediverse, FediverseResident
from tests.networks.hawker import Hawker
from tests.networks.line import Call

pytestmark = pytest.mark.networks

SERVERS = ("on_mastodon_mock", "on_snac")
REGISTER = Call("POST", "/api/v1/apps")
REDEEM = Call("POST", "/oauth/token")


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> Fediverse:
    server: Fediverse = request.getfixturevalue(request.param)
    server.line.heal()
    return server


def publish(hawker: Hawker, resident: FediverseResident, **wish: Any) -> Any:
    """The account's one post."""
    channel = hawker.connect("mastodon", resident.way, resident.fields)
    options = wish.pop("options", {})
    hawker.until("published", hawker.write({"id": channel, "options": options}, **wish))
    (status,) = resident.statuses()
    return status


def sign_in(hawker: Hawker, server: Fediverse, resident: FediverseResident) -> Any:
    """As an owner does: from Hawker's page to the server's own page and back; gives the channel."""
    owner = hawker.owner
    page = owner.fill_in(begin(hawker), {"server": server.line.address})
    link = next(link for link in Page(page.text).links if link.startswith(server.line.address))
    back = owner.fill_in(link, resident.typed).headers["Location"]
    assert owner.get(back).headers["Location"] == "/channels/"
    return hawker.get("/channels")["channels"][-1]


def begin(hawker: Hawker) -> str:
    ways = next(each["ways"] for each in hawker.get("/platforms")["platforms"] if each["name"] == "mastodon")
    way = next(way["name"] for way in ways if way["redirects"])
    return f"{hawker.address}/channels/add/mastodon/{way}"


def test_a_content_warning_hides_the_text(hawker: Hawker, server: Fediverse) -> None:
    warning = {"content_warning": "有辣"}
    status = publish(hawker, server.open(), text="麻辣鍋上市。", options=warning)
    assert (status.spoiler_text, status.sensitive, status.visibility) == ("有辣", True, "public")


def test_the_language_arrives(hawker: Hawker, on_mastodon_mock: Fediverse) -> None:
    """Not at snac2 2.75, whose API says “en” of every post."""
    assert publish(hawker, on_mastodon_mock.open(), text="早安", language="zh-TW").language == "zh-TW"


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
def test_only_those_see_it_who_may(hawker: Hawker, on_mastodon_mock: Fediverse, visibility: str) -> None:
    status = publish(hawker, on_mastodon_mock.open(), text="給熟客。", options={"visibility": visibility})
    assert status.visibility == visibility


def test_what_is_mentioned_tagged_and_linked_is_so_for_readers(hawker: Hawker, server: Fediverse) -> None:
    friend = server.open()
    text = f"謝謝 @{friend.name} ，新茶到了 https://tea.example.com/menu #烏龍茶"
    status = publish(hawker, server.open(), text=text)
    assert [person.username.partition("@")[0] for person in status.mentions] == [friend.name]
    assert [tag.name.removeprefix("#") for tag in status.tags] == ["烏龍茶"]
    assert 'href="https://tea.example.com/menu"' in status.content


def test_an_owner_signs_in_at_the_servers_own_page(hawker: Hawker, server: Fediverse) -> None:
    resident = server.open()
    channel = sign_in(hawker, server, resident)
    assert (resident.name in channel["handle"], channel["server"]) == (True, server.line.address)
    hawker.until("published", hawker.write(channel["id"], text="早安"))
    assert [seen.text for seen in resident.posts()] == ["早安"]


def test_a_second_account_comes_by_the_same_registration(hawker: Hawker, server: Fediverse) -> None:
    for _ in range(2):
        sign_in(hawker, server, server.open())
    assert server.line.count(REGISTER) <= 1
    assert server.line.count(REDEEM) >= 2


def test_an_answer_to_somebody_elses_question_signs_nobody_in(hawker: Hawker, server: Fediverse) -> None:
    known = hawker.get("/channels")
    hawker.owner.fill_in(begin(hawker), {"server": server.line.address})
    asked = server.line.count(REDEEM)
    answer = hawker.owner.get(f"{hawker.address}/channels/back/mastodon?code=stolen&state=forged")
    assert answer.status_code == 400
    assert (hawker.get("/channels"), server.line.count(REDEEM)) == (known, asked)
