"""What goes to whom: freely within the window, by template always, and nothing that WhatsApp would refuse."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from hawker.connect.errors import Later, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.values import Draft, Published
from hawker.platforms.whatsapp.sandbox_send import TITLES
from hawker.platforms.whatsapp.sandbox_world import Message
from hawker.platforms.whatsapp.tests.scene import GUEST, STRANGER, Scene, film, letter, template, to
from hawker.sandbox.tests.makers import medium, picture

BSUID = "TW.13491208655302741918"


def only(scene: Scene) -> Message:
    (message,) = (each for each in scene.world.messages.values() if not each.mine)
    return message


async def refused(scene: Scene, draft: Draft) -> Refused:
    with pytest.raises(Refused) as caught:
        await scene.post(draft)
    assert not [each for each in scene.world.messages.values() if not each.mine]
    return caught.value


async def test_whoever_wrote_lately_gets_the_words_with_the_key(scene: Scene) -> None:
    scene.opens()
    draft = letter("Tea at https://tea.example.com")
    published = await scene.post(draft)
    message = only(scene)
    assert (message.id, message.text, message.key) == (published.remote_id, draft.text, str(draft.key))
    assert published.url.endswith(GUEST)


@pytest.mark.parametrize("hours", [None, -0.1])
async def test_a_closed_window_is_refused_before_anything_is_sent(scene: Scene, hours: float | None) -> None:
    error = await refused(scene, letter(person=to(hours=hours)))
    assert (error.code, error.field) == ("131047", "template")


async def test_a_window_that_closed_while_the_message_waited_is_refused(scene: Scene) -> None:
    draft = letter()
    done = await scene.prepare(draft)
    with pytest.raises(Refused):
        await scene.send(replace(draft, to=to(hours=-1)), done)
    assert not scene.world.messages


@pytest.mark.parametrize("kind", ["image", "video"])
async def test_a_picture_or_a_video_goes_with_its_caption(scene: Scene, kind: str) -> None:
    scene.opens()
    await scene.post(letter("Look!", picture() if kind == "image" else film()))
    message = only(scene)
    assert (message.kind, message.text) == (kind, "Look!")
    assert message.file is not None


async def test_a_picture_needs_no_words(scene: Scene) -> None:
    scene.opens()
    await scene.post(letter("", picture()))
    assert only(scene).text == ""


async def test_somebody_without_a_phone_number_is_reached_by_her_id(scene: Scene) -> None:
    scene.opens(BSUID)
    published = await scene.post(letter(person=to(BSUID)))
    assert (only(scene).person.user_id, published.url) == (BSUID, "")


async def test_one_upload_serves_a_whole_list(scene: Scene) -> None:
    scene.opens()
    shown = picture()
    for _ in range(3):
        await scene.post(letter("Look!", shown))
    assert len(scene.world.files) == 1


async def test_an_upload_that_died_is_made_anew(scene: Scene) -> None:
    scene.opens()
    shown = picture()
    draft = letter("Look!", shown)
    done = await scene.prepare(draft)
    scene.world.files.clear()
    with pytest.raises(Refused) as caught:
        await scene.send(draft, done)
    assert caught.value.field == "media"
    again = await scene.prepare(draft, done)
    assert again[shown.id] != done[shown.id]
    await scene.send(draft, again)
    assert len(scene.world.files) == 1


async def test_a_dead_upload_of_another_message_is_not_taken_again(scene: Scene) -> None:
    scene.opens()
    shown = picture()
    first = await scene.prepare(letter("Look!", shown))
    scene.world.files.clear()
    other = letter("Look!", shown)
    again = await scene.prepare(other, first)
    assert again[shown.id] in scene.world.files


async def test_an_upload_lives_for_thirty_days(scene: Scene) -> None:
    scene.opens()
    draft = letter("Look!", picture())
    done = await scene.prepare(draft)
    assert await scene.prepare(draft, done) == {}
    for file in scene.world.files.values():
        file.at = file.at.replace(year=file.at.year - 1)
    assert await scene.prepare(draft, done) != {}


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (letter(""), "text"),
        (letter("x" * 1025, picture()), "text"),
        (letter("x" * 4097), "text"),
        (letter("Bao", picture(), picture()), "media"),
        (letter(parameters="Lin"), "parameters"),
        (letter(header="Lin"), "header"),
        (template("Fresh Today"), "template"),
        (template("fresh_today", template_language="Chinese, please"), "template_language"),
        (replace(letter(), reply_to=Published(remote_id="wamid.1", url="")), "reply_to"),
        (replace(letter(), to=None), "audience"),
    ],
)
async def test_what_cannot_be_right_is_refused_with_its_field(scene: Scene, draft: Draft, field: str) -> None:
    assert (await refused(scene, draft)).field == field


async def test_while_she_writes_nobody_asks_to_whom(scene: Scene) -> None:
    draft = replace(letter(), to=None)
    assert scene.publishes.check(draft, scene.shop.limits) == []


async def test_a_file_that_is_no_picture_is_refused(scene: Scene) -> None:
    error = await refused(scene, letter("Bao", medium(b"GIF89a nothing")))
    assert error.field == "media"


async def test_a_file_that_is_too_large_is_refused(scene: Scene) -> None:
    large = medium(b"\xff\xd8\xff" + bytes(5_000_000), "image/jpeg")
    error = await refused(scene, letter("Bao", large))
    assert (error.field, error.code) == ("media", "131053")


@pytest.mark.parametrize("code", sorted(TITLES))
async def test_every_refusal_has_a_sentence_of_its_own(scene: Scene, code: int) -> None:
    scene.opens()
    draft = letter()
    scene.behave(refuses=code)
    with pytest.raises((Refused, Later, SignInAgain, OutcomeUnknown)) as caught:
        await scene.post(draft)
    error = caught.value
    assert isinstance(error, OutcomeUnknown) == (code in {131000, 131016, 131057})
    assert isinstance(error, Later) == (code in {130429, 131048, 131056})
    assert isinstance(error, SignInAgain) == (code == 131005)
    assert error.code == str(code)
    words = str(error.sentence)
    assert len(words.split(". ")) > 1 or len(words.split()) > 5
    assert "refused this and said" not in words


async def test_whoever_is_not_on_the_list_of_a_test_number_is_refused(scene: Scene) -> None:
    scene.opens()
    scene.behave(listed=frozenset({STRANGER}))
    assert (await refused(scene, letter())).code == "131030"


async def test_too_many_for_one_person_are_sent_later(scene: Scene) -> None:
    scene.opens()
    scene.behave(burst=1)
    await scene.post(letter())
    with pytest.raises(Later) as caught:
        await scene.post(letter())
    assert caught.value.code == "131056"


async def test_a_number_that_is_gone_is_connected_anew(scene: Scene) -> None:
    scene.opens()
    with pytest.raises(SignInAgain):
        await scene.at(replace(scene.shop, remote_id="1")).post(letter())


async def test_nothing_can_be_taken_back(scene: Scene) -> None:
    scene.opens()
    published = await scene.post(letter())
    with pytest.raises(Refused):
        await scene.delete(published)


async def test_one_message_a_person_and_a_key_for_each(scene: Scene) -> None:
    for address in (GUEST, STRANGER):
        scene.opens(address)
        await scene.post(replace(letter(person=to(address)), key=uuid4()))
    told = [(each.person.address, json.dumps(each.key)) for each in scene.world.messages.values()]
    assert len({key for _, key in told}) == len({address for address, _ in told}) == 2
