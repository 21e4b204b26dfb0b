"""What WhatsApp tells: understood whatever it leaves out, adds, or mixes."""

import json
from datetime import UTC, datetime

import aiohttp
import pytest

from hawker.connect.hooks import Event, Heard, Receipt, Stage, Stopped
from hawker.platforms.whatsapp.hears import Hears
from hawker.platforms.whatsapp.sandbox_send import TITLES
from hawker.platforms.whatsapp.sandbox_world import WORD
from hawker.platforms.whatsapp.tests.scene import GUEST, Ear, Scene, letter, template, to

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
STAMP = str(int(AT.timestamp()))
BSUID = "US.13491208655302741918"


def told(*changes: object) -> bytes:
    entry = {"id": "5467", "time": 1, "changes": [{"field": "messages", "value": each} for each in changes]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def value(**more: object) -> dict[str, object]:
    named = {"display_phone_number": "15550001111", "phone_number_id": "1065"}
    return {"messaging_product": "whatsapp", "metadata": named, **more}


def message(**more: object) -> dict[str, object]:
    return {
        "from": GUEST,
        "id": "wamid.1",
        "timestamp": STAMP,
        "type": "text",
        "text": {"body": "hi"},
        **more,
    }


def status(**more: object) -> dict[str, object]:
    return {"id": "wamid.1", "status": "sent", "timestamp": STAMP, "recipient_id": GUEST, **more}


def read(*changes: object) -> list[Event]:
    return list(Hears().read(told(*changes)))


HEARD = Heard(account="1065", address=GUEST, at=AT, text="hi")


def test_somebody_who_writes_opens_the_window() -> None:
    assert read(value(messages=[message()])) == [HEARD]


@pytest.mark.parametrize(
    "odd",
    [
        {"metadata": None},
        {"messages": [None, 7, {}, {"id": "wamid.2"}, message(timestamp="soon"), message(timestamp=None)]},
        {"messages": "none"},
        {"statuses": [{"id": 5}, status(status="warning"), status(timestamp="")]},
        {"calls": [{"id": "x"}], "surprise": True},
        None,
    ],
)
def test_what_cannot_be_read_keeps_nothing_beside_it_from_being_read(odd: dict[str, object] | None) -> None:
    strange: object = value(**odd) if odd is not None else "no object"
    assert read(strange, value(messages=[message()])) == [HEARD]


@pytest.mark.parametrize("body", [b'{"object":"page","entry":[]}', told()])
def test_what_is_about_something_else_says_nothing(body: bytes) -> None:
    assert list(Hears().read(body)) == []


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"entry":[]}'])
def test_what_is_no_call_of_metas_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Hears().read(body)


@pytest.mark.parametrize("kind", ["system", "request_welcome", "reaction", "edit", "revoke"])
def test_what_nobody_wrote_opens_nothing(kind: str) -> None:
    assert read(value(messages=[message(type=kind)])) == []


@pytest.mark.parametrize(
    "nameless",
    [
        {"messages": [message(**{"from": None}, from_user_id=BSUID)]},
        {"messages": [message(**{"from": ""})], "contacts": [{"profile": {}, "user_id": BSUID}]},
        {"messages": [message(**{"from": None}, from_user_id=BSUID)], "contacts": [{"user_id": BSUID}, {}]},
    ],
)
def test_somebody_without_a_number_goes_by_her_id(nameless: dict[str, object]) -> None:
    assert [event.address for event in read(value(**nameless)) if isinstance(event, Heard)] == [BSUID]


def test_who_cannot_be_told_from_others_is_left_out() -> None:
    people = [{"wa_id": "886911111111"}, {"wa_id": "886922222222"}]
    assert read(value(messages=[message(**{"from": None})], contacts=people)) == []


@pytest.mark.parametrize(
    "words", ["STOP", "stop.", " Stop  all ", "停止", "退訂！", "取消訂閱", "Unsubscribe"]
)
def test_words_that_say_stop_are_heeded(words: str) -> None:
    events = read(value(messages=[message(text={"body": words})]))
    assert events[1:] == [Stopped(account="1065", address=GUEST, at=AT)]
    assert isinstance(events[0], Heard)


@pytest.mark.parametrize("words", ["Don't stop!", "不要停止供應奶茶", "stopped by today", ""])
def test_words_that_only_contain_it_are_not(words: str) -> None:
    assert [type(event) for event in read(value(messages=[message(text={"body": words})]))] == [Heard]


@pytest.mark.parametrize(
    "pressed",
    [
        {"type": "button", "button": {"payload": "STOP_PROMOTIONS", "text": "No more"}},
        {"type": "button", "button": {"payload": "b-7", "text": "Stop promotions"}},
        {"type": "interactive", "interactive": {"button_reply": {"id": "stop", "title": "Please no"}}},
        {"type": "interactive", "interactive": {"list_reply": {"id": "7", "title": "Unsubscribe"}}},
    ],
)
def test_a_button_that_says_stop_is_heeded(pressed: dict[str, object]) -> None:
    events = read(value(messages=[message(**{"text": None, **pressed})]))
    assert [event for event in events if isinstance(event, Stopped)] == [
        Stopped(account="1065", address=GUEST, at=AT)
    ]


def test_whoever_says_start_wants_messages_again() -> None:
    assert read(value(messages=[message(text={"body": "START"})]))[1] == Stopped(
        account="1065", address=GUEST, at=AT, again=True
    )


@pytest.mark.parametrize(("chosen", "again"), [("stop", False), ("resume", True), ("signup", True)])
@pytest.mark.parametrize("who", [{"wa_id": GUEST}, {"user_id": GUEST}])
def test_what_somebody_chose_in_the_app_is_heeded(chosen: str, again: bool, who: dict[str, str]) -> None:
    wish = {"category": "marketing_messages", "value": chosen, "timestamp": int(STAMP), **who}
    expected = Stopped(account="1065", address=GUEST, at=AT, again=again)
    assert read(value(user_preferences=[wish, {"value": "maybe", **who, "timestamp": 1}])) == [expected]


@pytest.mark.parametrize(
    ("word", "stage"),
    [("sent", Stage.sent), ("delivered", Stage.delivered), ("read", Stage.read), ("played", Stage.read)],
)
def test_how_far_a_message_got_is_told(word: str, stage: Stage) -> None:
    expected = Receipt(account="1065", remote_id="wamid.1", key="k", stage=stage, at=AT)
    assert read(value(statuses=[status(status=word, biz_opaque_callback_data="k")])) == [expected]


@pytest.mark.parametrize("code", [*sorted(TITLES), 424242])
def test_each_failure_has_its_code_and_a_sentence(code: int) -> None:
    error = {"code": code, "title": "Title", "error_data": {"details": "the details"}}
    receipt = read(value(statuses=[status(status="failed", errors=[error])]))[0]
    assert isinstance(receipt, Receipt)
    assert (receipt.stage, receipt.code, receipt.key) == (Stage.failed, str(code), "")
    assert len(str(receipt.sentence).split()) > 5
    assert "tries again by itself" not in str(receipt.sentence)


@pytest.mark.parametrize("errors", [[], [{}], [{"code": 131047, "error_data": None, "title": None}], None])
def test_a_failure_that_says_little_is_a_failure_all_the_same(errors: object) -> None:
    more = {} if errors is None else {"errors": errors}
    receipt = read(value(statuses=[status(status="failed", **more)]))[0]
    assert isinstance(receipt, Receipt)
    assert receipt.sentence is not None


def test_a_failure_that_tells_of_a_stop_is_one() -> None:
    events = read(value(statuses=[status(status="failed", errors=[{"code": 131050}])]))
    assert events[1] == Stopped(account="1065", address=GUEST, at=AT)


async def test_the_pretend_network_tells_what_becomes_of_a_message(scene: Scene, ear: Ear) -> None:
    scene.opens()
    scene.behave(reads=True)
    draft = letter()
    published = await scene.post(draft)
    events = await ear.heard(scene.world)
    assert {(event.remote_id, event.key) for event in events if isinstance(event, Receipt)} == {
        (published.remote_id, str(draft.key))
    }
    assert {event.stage for event in events if isinstance(event, Receipt)} == {"sent", "delivered", "read"}
    app = scene.pretend.app()
    assert all(
        Hears().is_genuine(head, body, app) for head, body in zip(ear.headers, ear.bodies, strict=True)
    )


async def test_a_window_that_only_whatsapp_knows_closed_is_told_afterwards(scene: Scene, ear: Ear) -> None:
    await scene.post(letter())
    (event,) = await ear.heard(scene.world)
    assert isinstance(event, Receipt)
    assert (event.stage, event.code) == (Stage.failed, "131047")
    assert scene.pretend.published("shop") == ()


async def test_a_customer_answers_on_the_page_and_the_window_opens(scene: Scene, ear: Ear) -> None:
    published = await scene.post(template("fresh_today", parameters="{name}|buns"))
    async with aiohttp.ClientSession() as visitor:
        async with visitor.get(published.url) as page:
            shown = await page.text()
        assert "Hello Lin, fresh today: buns" in shown
        assert "may send templates only" in shown
        form = {"phone": scene.shop.remote_id, "deed": "write", "text": "Keep me some!"}
        async with visitor.post(published.url, data=form) as page:
            assert "may write freely" in await page.text()
        async with visitor.post(published.url, data={**form, "deed": "press", "text": "Stop promotions"}):
            pass
        async with visitor.post(published.url, data={**form, "deed": "resume"}):
            pass
    events = await ear.heard(scene.world)
    assert "Keep me some!" in [event.text for event in events if isinstance(event, Heard)]
    assert sorted(event.again for event in events if isinstance(event, Stopped)) == [False, True]
    assert "read" in [event.stage for event in events if isinstance(event, Receipt)]
    await scene.post(letter("Of course."))
    assert scene.pretend.published("shop")[-1].text == "Of course."


async def test_whoever_stopped_in_the_app_gets_no_marketing(scene: Scene, ear: Ear) -> None:
    scene.world.choose(scene.phone, scene.guest, stop=True)
    await scene.post(template("fresh_today", parameters="{name}|buns"))
    await scene.post(template("hello_world"))
    events = await ear.heard(scene.world)
    assert [event.code for event in events if isinstance(event, Receipt) and event.code] == ["131050"]
    assert {event.address for event in events if isinstance(event, Stopped)} == {GUEST}
    assert [seen.text for seen in scene.pretend.published("shop")] == ["Hello World"]


async def test_people_without_numbers_are_told_of_too(scene: Scene, ear: Ear) -> None:
    scene.behave(nameless=True)
    scene.world.write(scene.phone, scene.guest, "hello")
    scene.opens()
    await scene.post(letter(person=to(scene.guest.user_id)))
    events = await ear.heard(scene.world)
    assert {event.address for event in events if isinstance(event, Heard)} == {scene.guest.user_id}
    assert {event.stage for event in events if isinstance(event, Receipt)} == {Stage.sent, Stage.delivered}


async def test_an_account_to_which_no_app_is_subscribed_tells_nothing(scene: Scene, ear: Ear) -> None:
    scene.opens()
    scene.world.business("shop").hears = False
    await scene.post(letter())
    assert await ear.heard(scene.world) == []
    await scene.check()
    await scene.post(letter())
    assert await ear.heard(scene.world)


def test_the_question_for_the_address_is_answered_by_the_word(scene: Scene) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": WORD, "hub.challenge": "1158201444"}
    assert Hears().challenge(asked, scene.pretend.app()) == "1158201444"
    assert Hears().challenge({**asked, "hub.verify_token": "guessed"}, scene.pretend.app()) is None
