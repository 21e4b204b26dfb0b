"""A signer elsewhere has the key: it is asked for each event, and may sleep, decline or turn Hawker out."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import aiohttp
import pytest

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.nostr import PLATFORM, events, sign_in
from hawker.platforms.nostr.bunker import Bunker, read_bunker
from hawker.platforms.nostr.events import Event, Kind
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.objections import explain
from hawker.platforms.nostr.reach import Reach, as_socket
from hawker.platforms.nostr.sandbox_signer import PretendSigner
from hawker.platforms.nostr.sign_in import SignIn
from hawker.platforms.nostr.tests.scene import Scene, other_relay
from hawker.sandbox.tests.makers import draft, medium
from tests.conformance.elsewhere import closed_port

HASTE = 0.5
SOMEBODY = Key((9).to_bytes(32)).public
OTHER = events.write(Key((9).to_bytes(32)), Kind.note, content="Buy coins")
NOW = datetime.now(UTC)


def signer_of(scene: Scene) -> PretendSigner:
    return scene.pretend.signer


async def connect(scene: Scene, address: str = "", http: Http | None = None) -> Account:
    """The shop with its key at the pretend signer."""
    fields = scene.fields(bunker=address or signer_of(scene).invite("teashop"))
    return await scene.signs_in.sign_in(http or scene.http, "signer", fields)


@pytest.fixture
async def shop(scene: Scene) -> Scene:
    return scene.at(await connect(scene))


def with_relays(address: str, *relays: str) -> str:
    told = "".join(f"&relay={quote(as_socket(relay), safe='')}" for relay in relays)
    signer, _, rest = address.partition("?")
    secret = rest.rpartition("secret=")[2]
    return f"{signer}?secret={secret}{told}"


async def test_the_account_is_the_one_that_the_signer_signs_for(scene: Scene, shop: Scene) -> None:
    assert (shop.shop.remote_id, shop.shop.name) == (scene.shop.remote_id, "teashop")
    assert set(shop.shop.secrets) == {"client", "bunker", "reach"}


async def test_hawker_keeps_neither_the_key_nor_the_secret_of_the_address(scene: Scene) -> None:
    address = signer_of(scene).invite("teashop")
    kept = json.dumps(dict((await connect(scene, address)).secrets))
    assert scene.key.secret.hex() not in kept
    assert address.rpartition("secret=")[2] not in kept


async def test_a_note_with_media_goes_out_and_is_taken_off(shop: Scene) -> None:
    first = await shop.post(draft("新茶 “烏龍” #茶\n\\", medium()))
    second = await shop.post(draft("And cake", reply_to=first))
    assert [(note.id, note.pubkey) for note in shop.notes] == [
        (each.remote_id, shop.key.public) for each in (first, second)
    ]
    await shop.delete(second)
    assert [note.id for note in shop.notes] == [first.remote_id]


async def test_it_asks_for_nothing_that_it_does_not_need(scene: Scene) -> None:
    client = await connect(scene)
    (known,) = signer_of(scene).let_in("teashop")
    assert known.permissions == (
        "get_public_key",
        *(f"sign_event:{int(kind)}" for kind in (Kind.note, Kind.deletion, Kind.identity, Kind.upload)),
    )
    assert not known.may(Kind.profile)
    assert client.expires_at is None


async def test_a_signed_note_is_kept_and_not_signed_again(shop: Scene) -> None:
    post = draft("Tea")
    done = await shop.prepare(post)
    signer_of(shop).asleep = True
    assert await shop.prepare(post, done) == {}
    published = await shop.send(post, done)
    assert await shop.send(post, done) == published
    assert [note.id for note in shop.notes] == [published.remote_id]


async def test_a_lost_answer_is_settled_without_the_signer(shop: Scene) -> None:
    post = draft("Tea")
    done = await shop.lose(post)
    signer_of(shop).asleep = True
    found = await shop.find(post, NOW, done)
    assert found is not None
    assert [note.id for note in shop.notes] == [found.remote_id]


async def test_proof_of_work_is_done_before_it_is_signed(shop: Scene) -> None:
    async with other_relay() as strict:
        strict.rules.work = 8
        diligent = shop.on(strict.address)
        published = await diligent.at(await diligent.check()).post(draft("Tea"))
        assert [note.id for note in strict.notes()] == [published.remote_id]


async def test_a_signer_that_sleeps_is_waited_for(shop: Scene) -> None:
    signer_of(shop).asleep = True
    async with Http(allow_private=True, answer_seconds=HASTE) as hasty:
        drowsy = replace(shop, http=hasty)
        for attempt in (drowsy.prepare(draft("Tea")), drowsy.check(), connect(shop, http=hasty)):
            with pytest.raises(Later) as caught:
                await attempt
            assert "Open its app" in str(caught.value)
    signer_of(shop).asleep = False
    assert await shop.post(draft("Tea"))


async def test_media_that_went_up_are_not_uploaded_again_after_the_signer_slept(shop: Scene) -> None:
    post, done = draft("Tea", medium()), dict[str, str]()
    signer_of(shop).refusals[Kind.note] = "timeout"
    with pytest.raises(Later):
        await shop.prepare_into(post, done)
    assert len(done) == 1
    signer_of(shop).refusals.clear()
    assert list(await shop.prepare(post, done)) == ["event"]


async def test_a_relay_that_says_nobody_listens_means_a_sleeping_signer(shop: Scene) -> None:
    shop.pretend.relay.rules.refusal = "mute: no one was listening to your ephemeral event"
    with pytest.raises(Later) as caught:
        await shop.prepare(draft("Tea"))
    assert "Open its app" in str(caught.value)


async def test_what_the_relay_of_the_signer_refuses_is_told(shop: Scene) -> None:
    shop.pretend.relay.rules.refusal = "rate-limited: slow down"
    with pytest.raises(Later) as caught:
        await shop.prepare(draft("Tea"))
    assert "asks to wait" in str(caught.value)


@pytest.mark.parametrize(
    ("reason", "kind", "told"),
    [
        ("Unauthorized", SignInAgain, "no longer signs for Hawker"),
        ("no permission", SignInAgain, "no longer signs for Hawker"),
        ("Unknown client", SignInAgain, "no longer signs for Hawker"),
        ("timeout", Later, "cannot sign just now"),
        ("user rejected", Refused, "confirm it there"),
    ],
)
async def test_each_objection_says_what_to_do(
    shop: Scene, reason: str, kind: type[NetworkError], told: str
) -> None:
    error = explain(reason)
    assert type(error) is kind
    assert told in str(error)
    signer_of(shop).refusals[Kind.note] = reason
    with pytest.raises(kind):
        await shop.prepare(draft("Tea"))
    assert shop.notes == []


async def test_an_app_that_was_put_out_must_sign_in_again(shop: Scene) -> None:
    published = await shop.post(draft("Tea"))
    signer_of(shop).put_out("teashop")
    for attempt in (shop.prepare(draft("Cake")), shop.check(), shop.delete(published)):
        with pytest.raises(SignInAgain):
            await attempt


async def test_a_signer_that_signs_for_somebody_else_now_must_be_connected_again(scene: Scene) -> None:
    strange = replace((await connect(scene)), remote_id=SOMEBODY)
    with pytest.raises(SignInAgain) as caught:
        await scene.at(strange).check()
    assert "another account" in str(caught.value)


@pytest.mark.parametrize("result", ["no json", "[]", "{}", "null", "[" * 5_000, OTHER.json_text])
async def test_what_was_not_asked_for_is_not_published(shop: Scene, result: str) -> None:
    signer_of(shop).says["sign_event"] = result
    with pytest.raises(Refused) as caught:
        await shop.prepare(draft("Tea"))
    assert caught.value.code == "changed"


async def test_an_address_lets_one_app_in(scene: Scene) -> None:
    address = signer_of(scene).invite("teashop")
    await connect(scene, address)
    with pytest.raises(Refused) as caught:
        await connect(scene, address)
    assert (caught.value.field, "“invalid secret”" in str(caught.value)) == ("bunker", True)


async def test_an_owner_may_have_to_confirm_first(scene: Scene) -> None:
    """The address holds good for the key that asked first: it is kept until that was let in."""
    signer_of(scene).asks = True
    address = signer_of(scene).invite("teashop")
    with pytest.raises(Later) as caught:
        await connect(scene, address)
    page = str(caught.value.sentence.params["address"])
    async with aiohttp.ClientSession() as browser:
        assert "Allow" in await (await browser.get(page)).text()
        assert "Allowed." in await (await browser.post(page)).text()
    assert await scene.at(await connect(scene, address)).post(draft("Tea"))


async def test_a_post_waits_until_its_owner_has_confirmed(shop: Scene) -> None:
    (known,) = signer_of(shop).let_in("teashop")
    known.confirmed = False
    with pytest.raises(Later) as caught:
        await shop.prepare(draft("Tea"))
    assert f"{shop.network.address}/signer/teashop/" in str(caught.value)
    known.confirmed = True
    assert await shop.post(draft("Tea"))


async def test_an_address_is_not_lost_where_the_accounts_own_relays_are_away(scene: Scene) -> None:
    address = signer_of(scene).invite("teashop")
    fields = scene.fields(bunker=address, server=closed_port())
    with pytest.raises(Later):
        await scene.signs_in.sign_in(scene.http, "signer", fields)
    assert (await connect(scene, address)).remote_id == scene.key.public


async def test_a_page_for_an_app_that_never_asked_is_none(scene: Scene) -> None:
    async with aiohttp.ClientSession() as browser:
        answer = await browser.post(f"{scene.network.address}/signer/teashop/{SOMEBODY}")
        assert answer.status == 404


async def test_keys_that_nobody_confirms_are_forgotten(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "MOST_CLIENTS", 1)
    signer_of(scene).asks = True
    asking, addresses = SignIn(), [signer_of(scene).invite("teashop") for _ in range(2)]
    for address in (addresses[0], addresses[1], addresses[1]):
        with pytest.raises(Later):
            await asking.sign_in(scene.http, "signer", scene.fields(bunker=address))
    with pytest.raises(Refused):
        await asking.sign_in(scene.http, "signer", scene.fields(bunker=addresses[0]))


async def test_the_signers_page_shows_an_address(scene: Scene) -> None:
    async with aiohttp.ClientSession() as browser:
        page = await (await browser.get(f"{scene.network.address}/signer/teashop")).text()
    address = page.partition("<code>")[2].partition("</code>")[0].replace("&amp;", "&")
    assert (await connect(scene, address)).remote_id == scene.key.public


async def test_one_relay_of_the_signers_is_enough(scene: Scene) -> None:
    async with other_relay() as deaf, other_relay(signer_of(scene).hear) as second:
        deaf.deaf = True
        address = with_relays(signer_of(scene).invite("teashop"), closed_port(), deaf.address, second.address)
        account = await connect(scene, address)
        assert await scene.at(account).post(draft("Tea"))


async def test_relays_that_cannot_be_reached_are_named(scene: Scene) -> None:
    address = with_relays(signer_of(scene).invite("teashop"), closed_port())
    with pytest.raises(Later) as caught:
        await connect(scene, address)
    assert "cannot be reached" in str(caught.value)


async def test_relays_for_members_are_told_who_speaks(scene: Scene) -> None:
    """The signer's relay by the key of this connection, the others by the account's own."""
    scene.pretend.relay.rules.members = True
    shop = scene.at(await connect(scene))
    await shop.post(draft("Tea"))
    assert len(shop.notes) == 1
    assert (await shop.check()).name == "teashop"


async def test_a_signer_asleep_while_a_relay_asks_who_speaks_publishes_nothing(shop: Scene) -> None:
    post = draft("Tea")
    done = await shop.prepare(post)
    shop.pretend.relay.rules.members = signer_of(shop).asleep = True
    async with Http(allow_private=True, answer_seconds=HASTE) as hasty:
        with pytest.raises(Later):
            await replace(shop, http=hasty).send(post, done)
    assert shop.notes == []
    signer_of(shop).asleep = False
    assert await shop.send(post, done)


async def test_a_relay_that_asks_only_who_writes_is_told(scene: Scene) -> None:
    async with other_relay(signer_of(scene).hear) as second:
        second.rules.writers = True
        account = await connect(scene, with_relays(signer_of(scene).invite("teashop"), second.address))
        assert account.remote_id == scene.key.public


async def test_what_others_write_is_no_answer(scene: Scene) -> None:
    """Nor what the signer says to somebody else, or what nobody can read."""
    signer = signer_of(scene)

    def noisy(event: Event) -> list[Event]:
        answers = signer.hear(event)
        tags = [("p", event.pubkey)]
        forged = events.write(Key.make(), Kind.letter, content="", tags=tags)
        unread = [answer.model_copy(update={"content": "?"}) for answer in answers]
        return [forged, *unread, *answers[:0], *answers]

    async with other_relay(noisy) as relay:
        account = await connect(scene, with_relays(signer.invite("teashop"), relay.address))
    assert account.remote_id == scene.key.public


async def test_a_text_must_fit_into_a_question(shop: Scene) -> None:
    assert shop.shop.limits.text_bytes == 32_000
    assert (await shop.check()).limits.text_bytes == 32_000
    with pytest.raises(Refused) as caught:
        await shop.prepare(draft('"' * 40_000))
    assert (caught.value.field, caught.value.code) == ("text", "too_long")


async def test_what_answers_without_a_key_is_no_signer(scene: Scene) -> None:
    signer_of(scene).says["get_public_key"] = "nobody"
    with pytest.raises(Refused) as caught:
        await connect(scene)
    assert (caught.value.field, "is no signer" in str(caught.value)) == ("bunker", True)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5",
        f"nostrconnect://{SOMEBODY}?relay=wss://nos.lol",
        f"bunker://{SOMEBODY}",
        f"bunker://{SOMEBODY}?relay=",
        f"bunker://{SOMEBODY}?relay=https://nos.lol",
        f"bunker://{SOMEBODY[:-1]}?relay=wss://nos.lol",
        f"bunker://{'0' * 64}?relay=wss://nos.lol",
        "bunker://[?relay=wss://nos.lol",
    ],
)
async def test_what_is_no_address_of_a_signer_is_said_at_its_field(scene: Scene, typed: str) -> None:
    with pytest.raises(Refused) as caught:
        await scene.signs_in.sign_in(scene.http, "signer", scene.fields(bunker=typed))
    assert (caught.value.field, "begins with bunker://" in str(caught.value)) == ("bunker", True)


def test_an_address_is_read_as_signers_write_it() -> None:
    typed = f" bunker://{SOMEBODY.upper()}?relay=wss%3A%2F%2Fnos.lol%2F&relay=wss://a.example/x&secret=a%2Bb "
    assert read_bunker({"bunker": typed}) == Bunker(
        signer=SOMEBODY, relays=("https://nos.lol", "https://a.example/x"), secret="a+b"
    )
    assert "a+b" not in repr(read_bunker({"bunker": typed}))


async def test_the_reach_is_the_owners_choice_as_with_a_key(scene: Scene) -> None:
    reach = Reach.of(await connect(scene))
    assert (reach.relays, reach.enough) == ((scene.relay,), 1)
    assert [way.name for way in PLATFORM.signs_in.ways] == ["key", "signer", "new"]
