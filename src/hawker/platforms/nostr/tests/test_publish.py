"""What goes to relays, and what is refused in their own ways."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Draft
from hawker.platforms.nostr import note, objections, relays
from hawker.platforms.nostr.reach import Reach
from hawker.platforms.nostr.refusals import explain
from hawker.platforms.nostr.tests.scene import Scene, other_relay, problems
from hawker.sandbox.tests.makers import draft, medium, picture
from hawker.sandbox.tests.strangers import Stranger
from tests.conformance.elsewhere import closed_port

HASTE = 1


@asynccontextmanager
async def talker(reply: Callable[[str], str]) -> AsyncIterator[str]:
    """A relay that answers every event with what `reply` makes of its id."""

    async def answer(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            await socket.send_str(reply(message.json()[1]["id"]))
        return socket

    app = web.Application()
    app.router.add_get("/", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


async def test_a_note_goes_to_all_relays_at_once(scene: Scene) -> None:
    async with other_relay() as second, other_relay() as third:
        shop = scene.on(scene.relay, second.address, third.address, enough=3)
        published = await shop.post(draft("新茶 #烏龍茶"))
        kept = (scene.notes, second.notes(), third.notes())
        assert [[each.id for each in notes] for notes in kept] == [[published.remote_id]] * 3


async def test_enough_relays_are_enough(scene: Scene) -> None:
    async with other_relay() as deaf:
        deaf.deaf = True
        async with Http(allow_private=True, answer_seconds=HASTE) as hasty:
            shop = replace(scene.on(deaf.address, closed_port(), scene.relay), http=hasty)
            await shop.post(draft("Tea"))
    assert [each.content for each in scene.notes] == ["Tea"]


async def test_a_silent_relay_does_not_hold_up_a_note_that_is_out(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be waited for until the test's own end."""
    monkeypatch.setattr(relays, "STRAGGLER_SECONDS", 0.1)
    async with other_relay() as deaf, Http(allow_private=True, answer_seconds=3_600) as patient:
        deaf.deaf = True
        shop = replace(scene.on(deaf.address, scene.relay), http=patient)
        async with asyncio.timeout(20):
            published = await shop.post(draft("Tea"))
    assert [each.id for each in scene.notes] == [published.remote_id]


async def test_whoever_gives_up_offering_leaves_no_offer_behind(scene: Scene) -> None:
    done, before = await scene.prepare(draft("Tea")), asyncio.all_tasks()
    async with other_relay() as deaf:
        deaf.deaf = True
        sending = asyncio.ensure_future(scene.on(deaf.address).send(draft("Tea"), done))
        await asyncio.sleep(0)
        offers = asyncio.all_tasks() - before - {sending}
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
    assert [each.done() for each in offers] == [True]


async def test_a_relay_that_never_answers_leaves_it_unknown_where_it_is_needed(scene: Scene) -> None:
    async with other_relay() as deaf, Http(allow_private=True, answer_seconds=HASTE) as hasty:
        deaf.deaf = True
        shop = replace(scene.on(deaf.address, scene.relay, enough=2), http=hasty)
        with pytest.raises(OutcomeUnknown):
            await shop.post(draft("Tea"))


async def test_what_too_few_relays_took_is_neither_out_nor_refused(scene: Scene) -> None:
    async with other_relay() as second:
        second.rules.refusal = "blocked: no tea here"
        shop = scene.on(scene.relay, second.address, enough=2)
        with pytest.raises(OutcomeUnknown) as caught:
            await shop.post(draft("Tea"))
    assert "Of the 2 relays that must have this post, only 1 took it so far." in str(caught.value)
    assert caught.value.code == "blocked"


async def test_sending_again_makes_no_second_note(scene: Scene) -> None:
    post = draft("Tea")
    done = await scene.prepare(post)
    assert await scene.send(post, done) == await scene.send(post, done)
    assert len(scene.notes) == 1


async def test_the_same_words_in_the_same_second_are_two_notes(scene: Scene) -> None:
    for _ in range(2):
        await scene.post(draft("Tea"))
    assert len({each.id for each in scene.notes}) == 2


async def test_work_is_done_for_relays_that_want_it(scene: Scene) -> None:
    scene.pretend.relay.rules.work = 10
    diligent = scene.at(await scene.sign_in())
    published = await diligent.post(draft("Tea"))
    assert int(published.remote_id, 16) >> 246 == 0


async def test_a_note_that_a_relay_wants_more_work_for_is_refused(scene: Scene) -> None:
    scene.pretend.relay.rules.work = 200
    with pytest.raises(Refused) as caught:
        await scene.post(draft("Tea"))
    assert "wants more proof of work than Hawker does" in str(caught.value)


async def test_a_relay_for_members_is_told_who_publishes(scene: Scene) -> None:
    scene.pretend.relay.rules.members = True
    await scene.post(draft("Tea"))
    assert len(scene.notes) == 1


@pytest.mark.parametrize(
    ("message", "kind", "field"),
    [
        ("rate-limited: slow down there chief", Later, ""),
        ("error: could not connect to the database", Later, ""),
        ("blocked: you are banned from posting here", SignInAgain, ""),
        ("blocked: please register your pubkey at https://relay.example.com", SignInAgain, ""),
        ("blocked: this looks like spam", Refused, ""),
        ("restricted: we do not accept direct message requests from unauthenticated users", SignInAgain, ""),
        ("auth-required: we only accept events from registered users", SignInAgain, ""),
        ("pow: difficulty 25>=24 is needed", Refused, ""),
        ("invalid: event creation date is too far off from the current time", Refused, ""),
        ("invalid: created_at too late", Refused, ""),
        ("invalid: event too large: 70000", Refused, "text"),
        ("mute: no one was listening to your ephemeral event", Refused, ""),
        ("no prefix at all", Refused, ""),
        ("", Later, ""),
    ],
)
async def test_each_refusal_says_what_to_do(
    scene: Scene, message: str, kind: type[NetworkError], field: str
) -> None:
    """The examples of NIP-01 and NIP-42, and what is no prefix."""
    error = explain(scene.relay, message or "error: it gave no reason")
    assert type(error) is kind
    assert getattr(error, "field", "") == field
    assert "127.0.0.1" in str(error)
    if message:
        scene.pretend.relay.rules.refusal = message
        with pytest.raises(kind):
            await scene.post(draft("Tea"))
        assert scene.notes == []


async def test_a_refusal_is_quoted_as_far_as_it_can_be_shown(scene: Scene) -> None:
    """A NUL is in no text of PostgreSQL, and half a character on no page."""
    scene.pretend.relay.rules.refusal = "blo\x00cked: no\x00 \u202etea" + "." * 1_000
    with pytest.raises(Refused) as caught:
        await scene.post(draft("Tea"))
    assert caught.value.code == "blocked"
    assert caught.value.sentence.params["reason"] == "no tea" + "." * 285
    for error in (objections.explain("no\x00\ud800"), objections.wants_confirmation("no\x00")):
        assert set(error.sentence.params.values()) == {"no"}


async def test_a_duplicate_was_taken_whichever_way_the_relay_says_so(scene: Scene) -> None:
    post = draft("Tea")
    done = await scene.prepare(post)
    async with talker(lambda event_id: f'["OK","{event_id}",false,"duplicate: have it"]') as address:
        assert await scene.on(address).send(post, done)


async def test_a_refusal_without_an_id_is_ours(scene: Scene) -> None:
    post = draft("Tea")
    done = await scene.prepare(post)
    async with talker(lambda _: '["OK","",false,"Bad signature"]') as address:
        with pytest.raises(Refused):
            await scene.on(address).send(post, done)


@pytest.mark.parametrize(
    "noise",
    [
        "no json",
        "[" * 100_000,
        "[]",
        '"text"',
        '["OK"]',
        '["OK","other",true,""]',
        '["OK","",false,"\\ud800"]',
        '["NOTICE","hi"]',
    ],
)
async def test_noise_is_no_answer(scene: Scene, noise: str) -> None:
    post = draft("Tea")
    done = await scene.prepare(post)
    async with talker(lambda _: noise) as address, Http(allow_private=True, answer_seconds=HASTE) as hasty:
        with pytest.raises(OutcomeUnknown):
            await replace(scene.on(address), http=hasty).send(post, done)


async def test_hashtags_stand_in_the_text_and_in_tags(scene: Scene) -> None:
    await scene.post(draft("＃烏龍茶 #Tea, (#tea) a#b #1 https://tea.example/#top #早餐！"))
    assert scene.notes[0].values("t") == ["烏龍茶", "tea", "早餐"]


def test_signs_that_relays_disagree_on_are_left_out() -> None:
    assert note.clean("a\x00b\r\nc\td\x7f\ud800") == "ab\nc\td"


async def test_a_note_of_pictures_alone_has_no_empty_lines(scene: Scene) -> None:
    await scene.post(draft("", picture("one"), picture("", colour="blue")))
    (event,) = scene.notes
    assert event.content.split("\n") == [
        f"{Reach.of(scene.shop).media}/{digest}.png" for digest in scene.pretend.media.files
    ]
    alts = [[part for part in tag if part.startswith("alt ")] for tag in event.tags if tag[0] == "imeta"]
    assert alts == [["alt one"], []]


async def test_a_picture_that_is_there_already_is_not_kept_twice(scene: Scene) -> None:
    for _ in range(2):
        await scene.post(draft("Tea", picture("one")))
    assert len(scene.pretend.media.files) == 1


def test_the_addresses_of_media_count() -> None:
    assert problems_of(draft("a" * 19_750, medium())) == []
    assert problems_of(draft("a" * 19_751, medium())) == ["text"]
    assert problems_of(draft("a" * 20_000)) == []


def problems_of(post: Draft) -> list[str]:
    return [field for field, _ in problems(post)]


# What another clock than ours says.
LONG_AGO, FAR_AHEAD = "Mon, 23 Nov 2020 12:00:00 GMT", "Sat, 23 Nov 2120 12:00:00 GMT"


async def test_a_file_that_is_too_large_for_the_media_server_is_refused(scene: Scene) -> None:
    scene.pretend.media.most = 10
    with pytest.raises(Refused) as caught:
        await scene.post(draft("Tea", medium()))
    assert (caught.value.field, caught.value.code) == ("media", "413")
    assert "“File too large. Max allowed size is 10 bytes”" in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "kind", "told"),
    [
        (web.Response(status=402, headers={"Blossom-Upload-Message": "10 sats"}), Refused, "“10 sats”"),
        (web.Response(status=403, text="<h1>no</h1>"), SignInAgain, "“HTTP 403”"),
        (web.Response(status=401, headers={"Date": LONG_AGO}), Later, "Check the clock of the machine"),
        (web.Response(status=401, headers={"Date": FAR_AHEAD}), Later, "Check the clock of the machine"),
        (web.json_response({"message": "no spam"}, status=400), Refused, "“no spam”"),
        (web.Response(status=404), Later, "No media server answers"),
        (web.Response(status=429), Later, "too many calls"),
        (web.Response(status=502), Later, "has a fault"),
        (web.Response(text="<h1>Welcome</h1>"), Later, "was not 127.0.0.1"),
        (web.json_response({"url": "https://a.example/b", "sha256": "0" * 64}), Refused, "changed a file"),
    ],
)
async def test_what_a_media_server_says_is_understood(
    scene: Scene, answer: web.Response, kind: type[NetworkError], told: str
) -> None:
    async with Stranger() as server:
        server.says["PUT /upload"] = answer
        reach = Reach.of(scene.shop).model_copy(update={"media": server.address})
        astray = scene.at(replace(scene.shop, secrets=reach.secrets(scene.signer)))
        with pytest.raises(kind) as caught:
            await astray.post(draft("Tea", medium()))
    assert told in str(caught.value)
    assert scene.notes == []


async def test_what_one_relay_cannot_be_told_to_delete_is_tried_again(scene: Scene) -> None:
    gone = closed_port()
    published = await scene.post(draft("Tea"))
    with pytest.raises(Later):
        await scene.on(scene.relay, gone).delete(published)
    assert scene.notes == []


async def test_a_relay_that_refuses_for_good_does_not_hinder_deleting(scene: Scene) -> None:
    async with other_relay() as second:
        shop = scene.on(scene.relay, second.address)
        published = await shop.post(draft("Tea"))
        second.rules.refusal = "blocked: no deletions"
        await shop.delete(published)
        scene.pretend.relay.rules.refusal = "blocked: no deletions"
        with pytest.raises(Refused):
            await shop.delete(published)
    assert scene.notes == []


async def test_nobody_deletes_for_somebody_else(scene: Scene) -> None:
    published = await scene.post(draft("Tea"))
    way, fields = scene.pretend.account("mallory")
    mallory = scene.at(await scene.signs_in.sign_in(scene.http, way, fields))
    await mallory.delete(published)
    assert len(scene.notes) == 1
