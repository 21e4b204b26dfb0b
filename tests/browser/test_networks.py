"""An account is connected, a post with a picture or a video is written, goes out, and is seen there: at
every network alike, and none is named."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Locator, Page, expect
from pytest_django import Settings

from hawker.connect.hooks import Heard
from hawker.connect.platform import Audience, Platform
from hawker.connect.registry import platforms
from hawker.connect.values import Draft, Media
from hawker.core.channels.models import Channel
from hawker.core.contacts import actions as contacts
from hawker.core.contacts import hearing, lists
from hawker.core.contacts.models import ContactList
from hawker.core.contacts.rules import Source
from hawker.core.contacts.values import Agreement
from hawker.core.people.actions import actor_of
from hawker.core.people.models import Membership, User
from hawker.core.people.rules import Role
from hawker.sandbox.app import Sandbox
from tests.browser.people import open_shop, sign_in
from tests.conformance.drafts import ADDRESS, of_kind
from tests.conformance.media import film, picture
from tests.journeys.conftest import Worker, worker

__all__ = ["worker"]
HANDLE = "teashop"
TEXT = "Oolong is back, 春茶到了"
ALT = "A cup of oolong"
# The worker works beside the browser, and the page looks every two seconds.
PATIENCE = 30_000
LOADED = "one => one.tagName === 'IMG' ? one.complete && one.naturalWidth > 0 : one.readyState > 0"


@pytest.fixture(params=[name for name, each in platforms().items() if not each.by_hand])
def network(request: pytest.FixtureRequest) -> Platform:
    return platforms()[request.param]


@pytest.fixture(params=["pictures", "video"])
def draft(request: pytest.FixtureRequest, network: Platform) -> Draft:
    """What the network takes of this kind, with the options that it wants for that."""
    found = of_kind(network, network.limits, request.param)
    if found is None:
        pytest.skip(f"{network.name} takes no such post: {request.param}")
    return found


@pytest.fixture
def anna(site: str, settings: Settings) -> User:
    """Her Hawker can be reached by networks that fetch."""
    settings.LOCAL_URL = site
    return open_shop()


def connect(page: Page, network: Platform, sandbox: Sandbox) -> Channel:
    """At the network's own page, where it has one, else with the keys that it gives."""
    way, fields = sandbox.networks[network.name].pretend.account(HANDLE)
    ways = {each.name: each for each in network.signs_in.ways}
    chosen = next((each for each in network.signs_in.ways if each.redirects), ways[way])
    page.goto(f"/channels/add/{network.name}/{chosen.name}")
    for field in chosen.fields:
        page.locator(f"[name={field.name}]").fill(fields.get(field.name, field.default))
    page.get_by_role("button", name=re.compile("^(Continue to|Connect)")).click()
    if chosen.redirects:
        page.get_by_role("button").first.click()
        page.wait_for_url(re.compile("/channels/"))
    if "/reached/" in page.url:
        page.get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Connect").click()
    expect(page.get_by_text("is connected.")).to_be_visible()
    return Channel.objects.get()


def write(page: Page, network: Platform, channel: Channel, draft: Draft) -> None:
    people = [invited(channel)] if network.audience is Audience.always else []
    page.goto("/posts/new")
    page.locator(f"[name=channels][value='{channel.id}']").check()
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.locator("#files").set_input_files([payload(each, network) for each in draft.media])
    alts = page.get_by_label("Alternative text")
    expect(alts).to_have_count(len(draft.media))
    for alt in alts.all():
        alt.fill(ALT)
    choose(page, network, channel, draft)
    for each in people:
        page.locator(f"[name=audience-{channel.id}]").select_option(str(each.id))
    shown = page.get_by_role("region", name=network.title, exact=True)
    expect(shown).to_contain_text(TEXT)
    expect(page.locator(".composer .problem")).to_have_count(0)


def payload(medium: Media, network: Platform) -> FilePayload:
    """As it lies on somebody's telephone: what the network wants of it is made by Hawker."""
    number = int(medium.id.rpartition("-")[2])
    kept = film(number) if medium.is_video else picture(number, network.limits)
    name = f"{medium.id}.{kept.content_type.partition('/')[2]}"
    return {"name": name, "mimeType": kept.content_type, "buffer": kept.read()}


def choose(page: Page, network: Platform, channel: Channel, draft: Draft) -> None:
    wanted = [each for each in network.options if draft.options[each.name] != each.default]
    if wanted:
        page.locator(".channel-row").get_by_text("Adjust for this channel").click()
    for option in wanted:
        page.locator(f"[name=option-{channel.id}-{option.name}]").select_option(draft.options[option.name])


def invited(channel: Channel) -> ContactList:
    """Somebody who agreed to messages, and has just written."""
    owner = Membership.objects.get(workspace=channel.workspace)
    actor = actor_of(owner.user, channel.workspace_id, Role(owner.role))
    agreed = Agreement(source=Source.spoken, words="Yes, tell me when fresh tea is here.")
    guest = contacts.add(actor, channel.platform, ADDRESS, "林小姐", agreed)
    now = timezone.now()
    hearing.wrote([channel], Heard(account=channel.remote_id, address=ADDRESS, at=now), now)
    regulars = lists.open_list(actor, "Regulars")
    lists.put_on(actor, regulars.id, [guest.id])
    return regulars


def visit(page: Page, network: Platform) -> Page:
    """The live post, in a tab of its own. Where it went to people, the account's page shows it."""
    link = page.get_by_role("link", name="Open it there")
    if network.audience is Audience.always:
        expect(page.locator(".crowd-bar")).to_have_attribute("value", "1", timeout=PATIENCE)
        page.goto("/channels/")
        link = page.locator(".channel-name")
    expect(link).to_be_visible(timeout=PATIENCE)
    with page.context.expect_page() as opened:
        link.click()
    return opened.value


def media_of(visitor: Page, network: Platform, draft: Draft) -> Locator:
    if draft.media[0].is_video:
        return visitor.locator("video")
    told = network.quality["alternative_text"] == "done"
    return visitor.get_by_alt_text(ALT) if told else visitor.locator("img")


def test_a_post_goes_from_the_composer_to_where_everybody_sees_it(  # noqa: PLR0917 - all that takes part
    page: Page, anna: User, network: Platform, draft: Draft, every_network: Sandbox, worker: Worker
) -> None:
    sign_in(page, anna)
    write(page, network, connect(page, network, every_network), draft)
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator("#progress").get_by_text("About to go out…").first).to_be_visible()
    worker.start()
    visitor = visit(page, network)
    expect(visitor.get_by_text(TEXT).first).to_be_visible()
    media = media_of(visitor, network, draft)
    expect(media).to_have_count(len(draft.media))
    for each in media.all():
        visitor.wait_for_function(LOADED, arg=each.element_handle())
    worker.stop()
