"""Signing in to real servers, keys that die, and keys that run out."""

import pytest

from tests.networks.bluesky import Bluesky
from tests.networks.hawker import Hawker, Refusal
from tests.networks.place import Place

pytestmark = pytest.mark.networks


def test_a_channel_knows_who_it_is_and_what_its_server_takes(hawker: Hawker, place: Place) -> None:
    resident = place.open()
    channel = hawker.get(f"/channels/{hawker.connect(place.platform, resident.way, resident.fields)}")
    assert (channel["state"], channel["server"]) == ("connected", place.line.address)
    assert resident.name in channel["handle"]
    assert channel["limits"]["text"] == place.most
    checked = hawker.post(f"/channels/{channel['id']}/check")
    assert checked == {**channel, "checked_at": checked["checked_at"]}


def test_a_wrong_secret_is_refused_at_its_field(hawker: Hawker, place: Place) -> None:
    resident = place.open()
    with pytest.raises(Refusal) as refused:
        hawker.connect(place.platform, resident.way, {**resident.fields, place.secret: "wrong-wrong-wrong"})
    assert (refused.value.status, refused.value.fields) == (422, [place.secret])


def test_a_post_waits_for_its_owner_when_the_key_was_taken_back(hawker: Hawker, place: Place) -> None:
    resident = place.open()
    channel = hawker.connect(place.platform, resident.way, resident.fields)
    resident.lock_out()
    hawker.expire(channel)
    post = hawker.write(channel, text="明天休息。")
    hawker.until("needs_sign_in", post)
    assert hawker.get(f"/channels/{channel}")["state"] == "needs_sign_in"
    assert hawker.connect(place.platform, resident.way, resident.let_in()) == channel
    hawker.until("published", post)
    assert [seen.text for seen in resident.posts()] == ["明天休息。"]


def test_a_session_that_ran_out_is_renewed_before_the_next_post(hawker: Hawker, on_pds: Bluesky) -> None:
    resident = on_pds.open()
    channel = hawker.connect(on_pds.platform, resident.way, resident.fields)
    on_pds.line.heal()
    hawker.expire(channel)
    hawker.until("published", hawker.write(channel, text="新的一天。"))
    assert [call.path for call in on_pds.line.carried] == [
        "/xrpc/com.atproto.server.refreshSession",
        on_pds.send.path,
    ]
    assert (
        hawker.get(f"/channels/{channel}")["expires_at"]
        > hawker.get("/channels")["channels"][0]["connected_at"]
    )
