"""pywa, a client that many businesses use, and facebook-business, Meta's own, at the pretend WhatsApp: they
send, upload, list templates and numbers, and read what it tells; every answer is held against the classes of
the one, or the fields that the other names."""

import asyncio
from collections.abc import Callable, Iterator, Mapping

import httpx
import pytest
from facebook_business.adobjects.whatsappbusinessaccount import WhatsAppBusinessAccount
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession
from pywa.client import WhatsApp
from pywa.errors import WhatsAppError
from pywa.types.base_update import RawUpdate
from pywa.types.callback import CallbackButton
from pywa.types.message import Message
from pywa.types.message_status import MessageStatus, MessageStatusType
from pywa.types.templates import (
    BaseParams,
    BodyText,
    HeaderImage,
    ParamFormat,
    TemplateLanguage,
    TemplateStatus,
)
from pywa.types.user_preferences import UserMarketingPreferences

from hawker.connect.values import Account
from hawker.platforms.whatsapp.account import business_of
from hawker.platforms.whatsapp.sandbox import Sandbox
from hawker.platforms.whatsapp.tests.scene import GUEST, Ear, Scene, letter, template
from hawker.sandbox.tests.makers import picture, pixels

WINDOW_CLOSED, COUNT = 131047, 132000


@pytest.fixture
def client(pretend: Sandbox, shop: Account) -> Iterator[WhatsApp]:
    """Calls in a thread of its own, at the address of the pretend network."""
    session = httpx.Client()
    made = WhatsApp(
        phone_id=shop.remote_id,
        waba_id=business_of(shop),
        token=shop.secrets["access_token"],
        session=session,
        app_secret=pretend.app()["client_secret"],
    )
    made.api._session.base_url = f"{shop.server}/{pretend.app()['api_version']}"
    yield made
    session.close()


@pytest.fixture
def waba(pretend: Sandbox, shop: Account) -> Iterator[WhatsAppBusinessAccount]:
    keys = pretend.app()
    session = FacebookSession(keys["client_id"], keys["client_secret"], shop.secrets["access_token"])
    session.GRAPH = keys["server"]
    yield WhatsAppBusinessAccount(
        business_of(shop), api=FacebookAdsApi(session, api_version=keys["api_version"])
    )
    session.requests.close()


def values(*texts: str) -> BaseParams:
    return BodyText.params(*texts)  # type: ignore[arg-type]


async def refused(call: Callable[..., object], *args: object) -> WhatsAppError:
    """Caught in the thread: pywa's errors are frozen, and no context manager can hand them on."""

    def run() -> WhatsAppError | None:
        try:
            call(*args)
        except WhatsAppError as error:
            return error
        return None

    error = await asyncio.to_thread(run)
    assert error is not None
    return error


def updates(client: WhatsApp, ear: Ear) -> list[object]:
    """What the pretend network told, as pywa's own classes read it."""
    read = list[object]()
    for body, headers in zip(ear.bodies, ear.headers, strict=True):
        assert client.webhook_update_validator(body, headers["x-hub-signature-256"]) is None
        raw = RawUpdate(body, hmac_header=None, update_hash="")
        kind = client._get_handler_type(raw)
        assert kind is not None
        read.append(client._handlers_to_updates[kind].from_update(client=client, update=raw))
    return read


async def test_the_client_writes_and_reads_what_becomes_of_it(
    client: WhatsApp, scene: Scene, ear: Ear
) -> None:
    scene.opens()
    sent = await asyncio.to_thread(client.send_message, GUEST, "Fresh bao.", tracker="k-1")
    assert (sent.input, sent.chat.id) == (GUEST, GUEST)
    assert [(seen.remote_id, seen.text) for seen in scene.pretend.published("shop")] == [
        (sent.id, "Fresh bao.")
    ]
    await ear.heard(scene.world)
    told = [each for each in updates(client, ear) if isinstance(each, MessageStatus)]
    assert {each.status for each in told} == {MessageStatusType.SENT, MessageStatusType.DELIVERED}
    assert {(each.id, each.tracker, each.from_user.wa_id) for each in told} == {(sent.id, "k-1", GUEST)}
    assert {each.metadata.phone_number_id for each in told} == {scene.shop.remote_id}


async def test_the_client_hears_of_a_closed_window_afterwards(
    client: WhatsApp, scene: Scene, ear: Ear
) -> None:
    await asyncio.to_thread(client.send_message, GUEST, "Fresh bao.")
    await ear.heard(scene.world)
    (told,) = updates(client, ear)
    assert isinstance(told, MessageStatus)
    assert (told.status, told.error.code if told.error else 0) == (
        MessageStatusType.FAILED,
        WINDOW_CLOSED,
    )


async def test_the_client_uploads_shows_fetches_and_deletes_a_picture(client: WhatsApp, scene: Scene) -> None:
    scene.opens()
    content = pixels()
    media = await asyncio.to_thread(client.upload_media, content, "image/png", "bao.png")
    await asyncio.to_thread(client.send_image, GUEST, media.id, "Steam")
    assert scene.pretend.published("shop")[0].text == "Steam"
    place = await asyncio.to_thread(client.get_media_url, media.id)
    assert (place.mime_type, int(place.file_size)) == ("image/png", len(content))
    fetched = await asyncio.to_thread(client.get_media_bytes, url=place.url)
    assert fetched == content
    assert await asyncio.to_thread(client.delete_media, media.id)
    assert (await refused(client.get_media_url, media.id)).code == 100


async def test_the_client_sends_templates_and_is_refused_as_by_whatsapp(
    client: WhatsApp, scene: Scene
) -> None:
    words = [values("Lin", "buns")]
    sent = await asyncio.to_thread(
        client.send_template, GUEST, "fresh_today", TemplateLanguage.ENGLISH, words
    )
    assert (sent.status, sent.chat.id) == ("accepted", GUEST)
    media = await asyncio.to_thread(client.upload_media, pixels(), "image/png", "bao.png")
    shown = [HeaderImage.params(image=media.id), values("Lin")]
    await asyncio.to_thread(client.send_template, GUEST, "with_picture", TemplateLanguage.ENGLISH, shown)
    texts = [seen.text for seen in scene.pretend.published("shop")]
    assert texts == ["Hello Lin, fresh today: buns. See you soon!", "Hello Lin, look!"]
    few = [values("Lin")]
    error = await refused(client.send_template, GUEST, "fresh_today", TemplateLanguage.ENGLISH, few)
    assert (error.code, bool(error.details)) == (COUNT, True)


async def test_the_client_lists_templates_and_numbers(client: WhatsApp, scene: Scene) -> None:
    found = list(await asyncio.to_thread(client.get_templates))
    states = {each.name: each.status for each in found}
    assert states["fresh_today"] is TemplateStatus.APPROVED
    assert (states["too_loud"], states["not_good"]) == (TemplateStatus.PAUSED, TemplateStatus.REJECTED)
    assert {each.parameter_format for each in found} == {ParamFormat.POSITIONAL, ParamFormat.NAMED}
    paused = await asyncio.to_thread(client.get_templates, statuses=[TemplateStatus.PAUSED])
    assert [each.name for each in paused] == ["too_loud"]
    (number,) = await asyncio.to_thread(client.get_business_phone_numbers)
    one = await asyncio.to_thread(client.get_business_phone_number)
    assert (number.id, number.verified_name) == (one.id, one.verified_name) == (scene.shop.remote_id, "shop")


async def test_the_client_reads_what_customers_say(client: WhatsApp, scene: Scene, ear: Ear) -> None:
    scene.world.write(scene.phone, scene.guest, "Keep me some!")
    scene.world.write(scene.phone, scene.guest, "Stop promotions", button=True)
    scene.world.choose(scene.phone, scene.guest, stop=True)
    await ear.heard(scene.world)
    told = updates(client, ear)
    (said,) = (each for each in told if isinstance(each, Message))
    assert (said.text, said.from_user.wa_id, said.from_user.bsuid) == (
        "Keep me some!",
        GUEST,
        scene.guest.user_id,
    )
    (pressed,) = (each for each in told if isinstance(each, CallbackButton))
    assert pressed.data == "Stop promotions"
    (chosen,) = (each for each in told if isinstance(each, UserMarketingPreferences))
    assert not chosen


async def test_the_client_reads_people_who_have_no_number(client: WhatsApp, scene: Scene, ear: Ear) -> None:
    scene.opens()
    scene.behave(nameless=True)
    sent = await asyncio.to_thread(client.send_message, scene.guest.user_id, "Bao")
    assert sent.chat.id == scene.guest.user_id
    await ear.heard(scene.world)
    told = [each for each in updates(client, ear) if isinstance(each, MessageStatus)]
    assert {(each.from_user.wa_id, each.from_user.bsuid) for each in told} == {(None, scene.guest.user_id)}


async def test_the_client_reads_what_becomes_of_what_hawker_sent(
    client: WhatsApp, scene: Scene, ear: Ear
) -> None:
    scene.opens()
    drafts = [letter("Look!", picture()), template("fresh_today", parameters="{name}|tea")]
    for draft in drafts:
        await scene.post(draft)
    await ear.heard(scene.world)
    told = [each for each in updates(client, ear) if isinstance(each, MessageStatus)]
    assert {each.tracker for each in told} == {str(draft.key) for draft in drafts}


def strange(answer: Mapping[str, object]) -> set[str]:
    """The fields of a business account that Meta's class for it does not know."""
    named = vars(WhatsAppBusinessAccount.Field).items()
    return set(answer) - {value for name, value in named if not name.startswith("__")}


async def test_metas_client_reads_the_business_account(waba: WhatsAppBusinessAccount, scene: Scene) -> None:
    fields = WhatsAppBusinessAccount.Field
    asked = [
        fields.name,
        fields.currency,
        fields.timezone_id,
        fields.message_template_namespace,
        fields.account_review_status,
        fields.business_verification_status,
        fields.whatsapp_business_manager_messaging_limit,
        fields.status,
        fields.ownership_type,
        fields.country,
    ]
    shown = (await asyncio.to_thread(waba.api_get, fields=asked)).export_all_data()
    assert (strange(shown), set(asked) - set(shown)) == (set(), set())
    limits = vars(WhatsAppBusinessAccount.WhatsappBusinessManagerMessagingLimit).values()
    assert shown["whatsapp_business_manager_messaging_limit"] in limits
    numbers = await asyncio.to_thread(lambda: list(waba.get_phone_numbers()))
    assert [each["id"] for each in numbers] == [scene.shop.remote_id]


async def test_metas_client_makes_lists_and_deletes_templates(
    waba: WhatsAppBusinessAccount, scene: Scene
) -> None:
    wish = {
        "name": "spring_tea",
        "language": "en",
        "category": WhatsAppBusinessAccount.Category.marketing,
        "components": [{"type": "BODY", "text": "Spring tea is here."}],
    }
    made = await asyncio.to_thread(waba.create_message_template, params=wish)
    assert strange(made.export_all_data()) <= {"category"}
    asked = {"name": "spring_tea", "fields": "name,status,language,category,components"}
    (listed,) = await asyncio.to_thread(lambda: list(waba.get_message_templates(params=asked)))
    assert (listed["id"], listed["status"]) == (made["id"], "PENDING")
    await asyncio.to_thread(waba.delete_message_templates, params={"name": "spring_tea"})
    assert await asyncio.to_thread(lambda: list(waba.get_message_templates(params=asked))) == []
    with pytest.raises(FacebookRequestError) as caught:
        await asyncio.to_thread(waba.delete_message_templates, params={"name": "spring_tea"})
    assert caught.value.api_error_code() == 100


async def test_metas_client_subscribes_and_unsubscribes_the_app(
    waba: WhatsAppBusinessAccount, scene: Scene
) -> None:
    (app,) = await asyncio.to_thread(lambda: list(waba.get_subscribed_apps()))
    assert app["whatsapp_business_api_data"]["id"] == scene.pretend.app()["client_id"]
    await asyncio.to_thread(waba.delete_subscribed_apps)
    assert not scene.world.business("shop").hears
    await asyncio.to_thread(waba.create_subscribed_app)
    assert scene.world.business("shop").hears
