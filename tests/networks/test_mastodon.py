"""What a post is on servers that speak Mastodon's API, read with Mastodon.py."""

from typing import Any

import pytest

from hawker.core.channels import actions as channels
from hawker.core.channels import queries
from hawker.core.channels.models import Channel
from tests.cast import Somebody
from tests.networks.browser import agree
from tests.networks.fediverse import BACK, Fediverse, FediverseResident
from tests.networks.hawker import Hawker, Refusal
from tests.networks.line import Call

pytestmark = pytest.mark.networks

SERVERS = ("on_mastodon_mock", "on_snac")
REGISTER = Call("POST", "/api/v1/apps")


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


def sign_in(alice: Somebody, server: Fediverse, resident: FediverseResident) -> Channel:
    """At the server's own page, as an owner does who was sent there by Hawker's."""
    way = next(way.name for way in channels.find_platform("mastodon").signs_in.ways if way.redirects)
    errand = channels.start(alice.actor, "mastodon", way, {"server": server.line.address}, back=BACK)
    return channels.finish(alice.actor, "mastodon", errand.memory, agree(errand.url, resident.typed))


def test_a_content_warning_and_the_language_arrive(hawker: Hawker, server: Fediverse) -> None:
    warning = {"content_warning": "有辣"}
    status = publish(hawker, server.open(), text="麻辣鍋上市。", language="zh-TW", options=warning)
    assert (status.spoiler_text, status.sensitive, status.visibility) == ("有辣", True, "public")
    assert status.language == "zh-TW"


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
def test_only_those_see_it_who_may(hawker: Hawker, on_mastodon_mock: Fediverse, visibility: str) -> None:
    status = publish(hawker, on_mastodon_mock.open(), text="給熟客。", options={"visibility": visibility})
    assert status.visibility == visibility


def test_what_is_tagged_and_linked_is_so_for_readers(hawker: Hawker, server: Fediverse) -> None:
    text = "新茶到了 https://tea.example.com/menu #烏龍茶"
    status = publish(hawker, server.open(), text=text)
    assert [tag.name.removeprefix("#") for tag in status.tags] == ["烏龍茶"]
    assert 'href="https://tea.example.com/menu"' in status.content


def test_an_owner_signs_in_at_the_servers_own_page(
    hawker: Hawker, server: Fediverse, alice: Somebody
) -> None:
    resident = server.open()
    channel = sign_in(alice, server, resident)
    assert (resident.name in channel.handle, channel.server) == (True, server.line.address)
    token = queries.account_of(channel).secrets["token"]
    assert token != resident.fields["token"]
    resident.fields = {**resident.fields, "token": token}
    assert resident.name in publish(hawker, resident, text="早安").account.acct


def test_a_second_owner_comes_by_the_same_registration(server: Fediverse, alice: Somebody) -> None:
    residents = [server.open(), server.open()]
    signed_in = [sign_in(alice, server, resident) for resident in residents]
    assert signed_in[0].id != signed_in[1].id
    assert server.line.count(REGISTER) == 1


def test_another_owners_answer_signs_nobody_in(server: Fediverse, alice: Somebody) -> None:
    way, fields = "browser", {"server": server.line.address}
    way = next(way.name for way in channels.find_platform("mastodon").signs_in.ways if way.redirects)
    hers, his = (channels.start(alice.actor, "mastodon", way, fields, back=BACK) for _ in range(2))
    answer = agree(his.url, server.open().typed)
    with pytest.raises(Exception, match="does not belong"):
        channels.finish(alice.actor, "mastodon", hers.memory, answer)
    assert not Channel.objects.exists()
