"""Notes at real relays, read and verified with nostr-sdk."""

import asyncio
from collections.abc import Iterator
from typing import Any

import nostr_sdk as sdk
import pytest

from hawker.platforms.nostr.tests.sdk_signer import SdkSigner, sdk_signer
from tests.networks.hawker import Hawker, Refusal, wait
from tests.networks.place import Ground
from tests.networks.relays import Relay, nostr_relay, sdk_relay, thread_to
from tools.servers.nostr_relay import NOSTR_RELAY

pytestmark = pytest.mark.networks


@pytest.fixture(scope="module")
def on_sdk(ground: Ground) -> Iterator[Relay]:
    with sdk_relay(ground) as relay:
        yield relay


@pytest.fixture(scope="module")
def on_nostr_relay(ground: Ground) -> Iterator[Relay]:
    if not NOSTR_RELAY.is_there:
        pytest.skip("nostr-relay is not installed: make test-networks")
    with nostr_relay(ground) as relay:
        yield relay


@pytest.fixture(params=["on_sdk", "on_nostr_relay"])
def relay(request: pytest.FixtureRequest) -> Relay:
    """Each in turn."""
    relay: Relay = request.getfixturevalue(request.param)
    return relay


class Shop:
    """An owner with a key of her own, connected to these relays."""

    def __init__(self, hawker: Hawker, *relays: str, enough: int = 1) -> None:
        keys = sdk.Keys.generate()
        self.public = keys.public_key().to_hex()
        self._hawker = hawker
        fields = {
            "key": keys.secret_key().to_bech32(),
            "server": " ".join(relays),
            "enough": str(enough),
            "media": "",
            "site": "",
        }
        self.channel = hawker.connect("nostr", "key", fields)

    def publish(self, text: str, **more: Any) -> Any:
        return self._hawker.until("published", self._hawker.write(self.channel, text=text, **more))


@pytest.fixture
def signer(ground: Ground) -> Iterator[SdkSigner]:
    opening = sdk_signer()

    async def open_up() -> SdkSigner:
        sdk.uniffi_set_event_loop(asyncio.get_running_loop())
        return await opening.__aenter__()

    yield ground.loop.run(open_up())
    ground.loop.run(opening.__aexit__(None, None, None))


def tags(event: sdk.Event) -> list[list[str]]:
    return [tag.to_vec() for tag in event.tags()]


def test_a_note_is_at_the_relay_as_it_was_written(hawker: Hawker, relay: Relay) -> None:
    text = '🍵 新茶到了 "烏龍" \\ <b>\n\nhttps://tea.example/a?b=1&c=2 #烏龍茶 #Tea'
    shop = Shop(hawker, relay.address)
    shop.publish(text)
    (note,) = relay.notes(shop.public)
    assert (note.content(), note.verify()) == (text, True)
    assert [tag[1] for tag in tags(note) if tag[0] == "t"] == ["烏龍茶", "tea"]


def test_a_comment_hangs_on_its_note(hawker: Hawker, relay: Relay) -> None:
    shop = Shop(hawker, relay.address)
    shop.publish("新茶", first_comment="營業到八點。")
    wait(lambda: len(relay.notes(shop.public)) == 2)
    notes = {note.content(): note for note in relay.notes(shop.public)}
    answered = [(tag[1], tag[3]) for tag in tags(notes["營業到八點。"]) if tag[0] == "e"]
    assert answered == [(notes["新茶"].id().to_hex(), "root")]


def test_a_note_that_is_taken_off_is_gone(hawker: Hawker, relay: Relay) -> None:
    shop = Shop(hawker, relay.address)
    post = shop.publish("賣完了")
    (delivery,) = post["deliveries"]
    hawker.post(f"/deliveries/{delivery['id']}/take-down")
    wait(lambda: relay.notes(shop.public) == [])


def test_a_note_goes_to_all_relays(hawker: Hawker, on_sdk: Relay, on_nostr_relay: Relay) -> None:
    shop = Shop(hawker, on_sdk.address, on_nostr_relay.address, enough=2)
    shop.publish("早安")
    ids = [[note.id().to_hex() for note in relay.notes(shop.public)] for relay in (on_sdk, on_nostr_relay)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 1


def test_a_lost_answer_makes_no_second_note(hawker: Hawker, relay: Relay) -> None:
    with thread_to(relay) as thread:
        shop = Shop(hawker, thread.address)
        thread.cuts = 1
        shop.publish("只有一次")
    (note,) = relay.notes(shop.public)
    assert set(thread.events) == {note.id().to_hex()}


def test_a_relay_that_asks_who_speaks_is_told(hawker: Hawker, ground: Ground) -> None:
    mode = sdk.LocalRelayBuilderNip42(mode=sdk.LocalRelayBuilderNip42Mode.WRITE)
    with sdk_relay(ground, sdk.LocalRelayBuilder().nip42(mode)) as relay:
        shop = Shop(hawker, relay.address)
        shop.publish("早安")
        assert [note.content() for note in relay.notes(shop.public)] == ["早安"]


def test_a_relay_that_wants_work_it_did_not_name_is_explained(hawker: Hawker, ground: Ground) -> None:
    with sdk_relay(ground, sdk.LocalRelayBuilder().min_pow(28)) as relay:
        shop = Shop(hawker, relay.address)
        post = hawker.until("failed", hawker.write(shop.channel, text="早安"))
        assert "wants more proof of work" in post["deliveries"][0]["error"]["sentence"]
        assert relay.notes(shop.public) == []


def test_a_wrong_key_is_refused_at_its_field(hawker: Hawker, on_sdk: Relay) -> None:
    fields = {"key": "nsec1wrong", "server": on_sdk.address, "enough": "1", "media": "", "site": ""}
    with pytest.raises(Refusal) as refused:
        hawker.connect("nostr", "key", fields)
    assert (refused.value.status, refused.value.fields) == (422, ["key"])


def test_a_signer_elsewhere_signs_what_is_published_and_taken_off(
    hawker: Hawker, relay: Relay, signer: SdkSigner
) -> None:
    fields = {"bunker": signer.address, "server": relay.address, "enough": "1", "media": "", "site": ""}
    channel = hawker.connect("nostr", "signer", fields)
    post = hawker.until("published", hawker.write(channel, text="新茶"))
    public = signer.user.public_key().to_hex()
    assert [(note.content(), note.verify()) for note in relay.notes(public)] == [("新茶", True)]
    hawker.post(f"/deliveries/{post['deliveries'][0]['id']}/take-down")
    wait(lambda: relay.notes(public) == [])
    assert set(signer.asked) == {"connect", "get_public_key", "sign_event"}
