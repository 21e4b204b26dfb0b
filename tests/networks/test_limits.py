"""What real servers refuse, and posts that are taken off them."""

import pytest

from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.registry import platform
from hawker.connect.values import Draft
from hawker.core.rows import row_id
from tests.networks.fediverse import Fediverse
from tests.networks.hawker import Hawker, Refusal
from tests.networks.place import Place, Resident

pytestmark = pytest.mark.networks

STRICT = ("on_pds", "on_mastodon_mock")


def connect(hawker: Hawker, place: Place) -> tuple[Resident, str]:
    resident = place.open()
    return resident, hawker.connect(place.platform, resident.way, resident.fields)


def test_a_text_one_too_long_never_leaves_the_house(hawker: Hawker, place: Place) -> None:
    resident, channel = connect(hawker, place)
    place.line.heal()
    with pytest.raises(Refusal) as refused:
        hawker.write(channel, text="茶" * (place.most + 1))
    assert (refused.value.status, refused.value.fields) == (422, ["text"])
    assert (place.line.carried, resident.posts()) == ([], [])


@pytest.mark.parametrize("name", STRICT)
async def test_the_servers_own_refusal_names_what_to_change(
    request: pytest.FixtureRequest, name: str
) -> None:
    place: Place = request.getfixturevalue(name)
    resident, network = place.open(), platform(place.platform)
    draft = Draft(key=row_id(), text="茶" * (place.most + 1), language="zh-Hant")
    async with Http(allow_private=True) as http:
        account = await network.signs_in.sign_in(http, resident.way, resident.fields)
        with pytest.raises(Refused) as refused:
            await network.publishes.send(http, account, draft, {})
    assert (refused.value.field, resident.posts()) == ("text", [])


def test_a_text_of_just_the_length_is_taken(hawker: Hawker, place: Place) -> None:
    resident, channel = connect(hawker, place)
    text = "茶" * min(place.most, 3_000)
    hawker.until("published", hawker.write(channel, text=text))
    assert [seen.text for seen in resident.posts()] == [text]


@pytest.mark.parametrize("name", STRICT)
def test_what_is_taken_down_is_gone(hawker: Hawker, request: pytest.FixtureRequest, name: str) -> None:
    place: Place = request.getfixturevalue(name)
    resident, channel = connect(hawker, place)
    post = hawker.until("published", hawker.write(channel, text="賣完了"))
    assert len(resident.posts()) == 1
    (delivery,) = post["deliveries"]
    assert hawker.post(f"/deliveries/{delivery['id']}/take-down")["state"] == "removed"
    assert resident.posts() == []


@pytest.mark.parametrize("name", STRICT)
def test_what_its_owner_took_down_herself_counts_as_taken_down(
    hawker: Hawker, request: pytest.FixtureRequest, name: str
) -> None:
    place: Place = request.getfixturevalue(name)
    resident, channel = connect(hawker, place)
    post = hawker.until("published", hawker.write(channel, text="賣完了"))
    (seen,) = resident.posts()
    resident.delete(seen.id)
    (delivery,) = post["deliveries"]
    assert hawker.post(f"/deliveries/{delivery['id']}/take-down")["state"] == "removed"


def test_a_server_that_lets_nothing_be_deleted_is_not_believed(hawker: Hawker, on_snac: Fediverse) -> None:
    """snac2 2.75 answers 404, as if the post were gone, and goes on showing it."""
    resident, channel = connect(hawker, on_snac)
    post = hawker.until("published", hawker.write(channel, text="賣完了"))
    (delivery,) = post["deliveries"]
    with pytest.raises(Refusal, match="Delete it there yourself") as refused:
        hawker.post(f"/deliveries/{delivery['id']}/take-down")
    assert refused.value.status == 502
    assert [seen.text for seen in resident.posts()] == ["賣完了"]
    assert [each["state"] for each in hawker.deliveries(post)] == ["published"]
