"""The client that most of Nostr is built with drives the sandbox, and reads what Hawker published."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import nostr_sdk as sdk
import pytest

from hawker.platforms.nostr import events
from hawker.platforms.nostr.encryption import decrypt, encrypt, shared_key
from hawker.platforms.nostr.events import Kind
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.reach import Reach, as_socket
from hawker.platforms.nostr.relay import offer
from hawker.platforms.nostr.tests.scene import Scene
from hawker.platforms.nostr.tests.sdk_signer import sdk_signer
from hawker.sandbox.tests.makers import draft, picture

PATIENCE = timedelta(seconds=5)


class Reader:
    """nostr-sdk at the pretend relay. It drops by itself what is not genuine. `named`: it shows who it is."""

    def __init__(self, scene: Scene, *, named: bool = False) -> None:
        self.keys = sdk.Keys.parse(scene.pretend.account("reader")[1]["key"])
        self.url = sdk.RelayUrl.parse(as_socket(scene.relay))
        builder = sdk.ClientBuilder()
        self.client = (
            builder.authenticator(sdk.SignerAuthenticator(self.keys)) if named else builder
        ).build()

    async def open(self) -> None:
        await self.client.add_relay(self.url)
        await self.client.connect(and_wait=PATIENCE)

    async def find(self, wanted: sdk.Filter) -> list[sdk.Event]:
        found = await self.client.fetch_events(sdk.ReqTarget.auto([wanted]), timeout=PATIENCE)
        return sorted(found, key=lambda event: event.created_at().as_secs())

    async def send(self, event: sdk.Event) -> sdk.SendEventOutput:
        return await self.client.send_event(event, ok_timeout=PATIENCE, authentication_timeout=PATIENCE)


@pytest.fixture(autouse=True)
async def _loop() -> AsyncIterator[None]:
    """Where the client's own threads call back to."""
    sdk.uniffi_set_event_loop(asyncio.get_running_loop())
    yield
    sdk.uniffi_set_event_loop(None)


@pytest.fixture
async def reader(scene: Scene) -> AsyncIterator[Reader]:
    reader = Reader(scene)
    await reader.open()
    yield reader
    await reader.client.shutdown()


def by(scene: Scene) -> sdk.Filter:
    return sdk.Filter().author(sdk.PublicKey.parse(scene.shop.remote_id)).kind(sdk.Kind(int(Kind.note)))


def tags(event: sdk.Event) -> list[list[str]]:
    return [tag.to_vec() for tag in event.tags()]


async def test_it_reads_and_verifies_what_hawker_published(scene: Scene, reader: Reader) -> None:
    text = '🍵 新茶到了 "烏龍" \\ <b> https://tea.example/a?b=1&c=2\n\n#烏龍茶 #Tea'
    published = await scene.post(draft(text, picture("一壺茶"), content_warning="有茶"))
    (event,) = await reader.find(by(scene))
    assert (event.verify(), event.id().to_hex()) == (True, published.remote_id)
    address = scene.pretend.media.files
    assert event.content().startswith(f"{text}\n\n{scene.network.address}/media/{next(iter(address))}")
    told = tags(event)
    assert ["t", "烏龍茶"] in told
    assert ["t", "tea"] in told
    assert ["content-warning", "有茶"] in told
    (media,) = [tag for tag in told if tag[0] == "imeta"]
    assert media[2:5] == ["m image/png", "dim 40x30", "alt 一壺茶"]


async def test_it_follows_a_pointer_to_the_note(scene: Scene, reader: Reader) -> None:
    published = await scene.post(draft("Tea"))
    pointer = sdk.Nip19Event.from_bech32(published.url.rpartition("/")[2])
    author = pointer.author()
    assert author is not None
    assert (pointer.event_id().to_hex(), author.to_hex()) == (published.remote_id, scene.shop.remote_id)
    assert [str(relay) for relay in pointer.relays()] == [as_socket(scene.relay)]
    (event,) = await reader.find(sdk.Filter().id(pointer.event_id()))
    assert event.content() == "Tea"


async def test_it_finds_the_answers_to_a_note(scene: Scene, reader: Reader) -> None:
    first = await scene.post(draft("Tea"))
    second = await scene.post(draft("And cake", reply_to=first))
    await scene.post(draft("Till eight", reply_to=second))
    below = await reader.find(sdk.Filter().event(sdk.EventId.parse(first.remote_id)))
    marks = {event.content(): [(tag[1], tag[3]) for tag in tags(event) if tag[0] == "e"] for event in below}
    assert marks == {
        "And cake": [(first.remote_id, "root")],
        "Till eight": [(first.remote_id, "root"), (second.remote_id, "reply")],
    }
    assert all(["p", scene.shop.remote_id] in tags(event) for event in below)


async def test_what_hawker_deleted_it_no_longer_finds(scene: Scene, reader: Reader) -> None:
    published = await scene.post(draft("Tea"))
    await scene.delete(published)
    assert await reader.find(by(scene)) == []
    (wish,) = await reader.find(sdk.Filter().kind(sdk.Kind(int(Kind.deletion))))
    assert tags(wish) == [["e", published.remote_id], ["k", "1"]]
    assert wish.verify()


async def test_what_it_publishes_stands_beside_ours(scene: Scene, reader: Reader) -> None:
    published = await scene.post(draft("Tea"))
    reply = sdk.EventBuilder(sdk.Kind(1), "Two, please").tags(
        [sdk.Tag.parse(["e", published.remote_id, "", "root"])]
    )
    output = await reader.send(reply.finalize(reader.keys))
    assert (len(output.success), output.failed) == (1, {})
    shown = scene.network.pretend.published("reader")
    assert [(seen.text, seen.reply_to) for seen in shown] == [("Two, please", published.remote_id)]


async def test_the_relay_refuses_it_as_relays_do(scene: Scene, reader: Reader) -> None:
    long = sdk.EventBuilder(sdk.Kind(1), "茶" * 8_001).finalize(reader.keys)
    early = sdk.EventBuilder(sdk.Kind(1), "Tea").custom_created_at(sdk.Timestamp.from_secs(4_000_000_000))
    for event in (long, early.finalize(reader.keys)):
        output = await reader.send(event)
        assert output.success == []
        assert [reason.partition(":")[0] for reason in output.failed.values()] == ["invalid"]


async def test_it_shows_who_it_is_where_the_relay_asks(scene: Scene) -> None:
    scene.pretend.relay.rules.members = True
    reader = Reader(scene, named=True)
    await reader.open()
    output = await reader.send(sdk.EventBuilder(sdk.Kind(1), "Tea").finalize(reader.keys))
    await reader.client.shutdown()
    assert (len(output.success), output.failed) == (1, {})


async def test_without_showing_who_it_is_it_is_refused(scene: Scene, reader: Reader) -> None:
    scene.pretend.relay.rules.members = True
    output = await reader.send(sdk.EventBuilder(sdk.Kind(1), "Tea").finalize(reader.keys))
    assert [reason.partition(":")[0] for reason in output.failed.values()] == ["auth-required"]


async def test_it_reads_the_relays_own_description(scene: Scene) -> None:
    answer = await scene.http.request("GET", scene.relay, headers={"Accept": "application/nostr+json"})
    document = sdk.RelayInformationDocument.from_json(answer.text)
    assert document.as_json()


async def test_its_relay_is_asked_page_by_page_for_a_note_of_which_a_backup_knows_nothing(
    scene: Scene,
) -> None:
    relay = sdk.LocalRelayBuilder().max_filter_limit(2).build()
    await relay.run()
    shop, post = scene.on("http" + str(await relay.url()).rstrip("/").removeprefix("ws")), draft("Tea")
    published = await shop.post(post)
    for minute in range(1, 6):
        at = datetime.now(UTC) + timedelta(minutes=minute)
        later = events.write(scene.key, Kind.note, content="More", at=at)
        assert await offer(scene.http, Reach.of(shop.shop).relays[0], scene.signer, later) is None
    assert await shop.find(post, datetime.now(UTC)) == published
    assert await shop.find(draft("Cake"), datetime.now(UTC)) is None
    relay.shutdown()


async def test_its_encryption_and_ours_are_one() -> None:
    own, other = Key.make(), Key.make()
    secret, public = sdk.SecretKey.parse(own.secret.hex()), sdk.PublicKey.parse(other.public)
    shared = shared_key(own, other.public)
    for length in (1, 31, 32, 33, 64, 65, 255, 257, 1_000, 4_097, 33_000, 65_408):
        text = ("茶a" * length).encode()[:length].decode(errors="ignore") or "a"
        assert sdk.nip44_decrypt(secret, public, encrypt(text, shared)) == text
        theirs = sdk.nip44_encrypt(secret, public, text, sdk.Nip44Version.V2)
        assert decrypt(theirs, shared) == text


async def test_it_signs_at_the_pretend_signer(scene: Scene) -> None:
    uri = sdk.NostrConnectUri.parse(scene.pretend.signer.invite("teashop"))
    client = sdk.NostrConnect(uri, sdk.Keys.generate(), PATIENCE, None)
    public = await client.get_public_key_async()
    assert public is not None
    event = await client.sign_event_async(sdk.EventBuilder(sdk.Kind(1), "茶 “Tea”").finalize_unsigned(public))
    assert event is not None
    assert (event.verify(), event.author().to_hex()) == (True, scene.shop.remote_id)


async def test_a_signer_made_of_it_signs_for_hawker(scene: Scene) -> None:
    async with sdk_signer() as signer:
        fields = scene.fields(bunker=signer.address)
        account = await scene.signs_in.sign_in(scene.http, "signer", fields)
        assert account.remote_id == signer.user.public_key().to_hex()
        published = await scene.at(account).post(draft("新茶 “烏龍” \\ #茶", picture("一壺茶")))
        note = scene.pretend.store.event(published.remote_id)
        assert note is not None
        assert sdk.Event.from_json(note.json_text).verify()
        assert signer.asked == ["connect", "get_public_key", "sign_event", "sign_event"]
