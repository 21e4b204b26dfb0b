"""An account is connected, a post with a picture or a video is written, goes out, and is seen there: at
every network alike, and none is named."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect
from pytest_django import Settings

from hawker.connect.platform import Platform
from hawker.connect.registry import platforms
from hawker.connect.values import Draft, Media
from hawker.core.channels.models import Channel
from hawker.core.people.models import User
from hawker.sandbox.app import Sandbox
from tests.browser.people import open_shop, sign_in
from tests.conformance.drafts import of_kind
from tests.conformance.media import film, picture
from tests.journeys.conftest import Worker, worker

__all__ = ["worker"]
HANDLE = "teashop"
TEXT = "Oolong is back, 春茶到了"
ALT = "A cup of oolong"
# The worker works beside the browser, and the page looks every two seconds.
PATIENCE = 30_000
LOADED = "one => one.tagName === 'IMG' ? one.complete && one.naturalWidth > 0 : one.readyState > 0"


@pytest.fixture(params=platforms())
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
    page.goto("/posts/new")
    page.locator(f"[name=channels][value='{channel.id}']").check()
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.locator("#files").set_input_files([payload(each, network) for each in draft.media])
    alts = page.get_by_label("Alternative text")
    expect(alts).to_have_count(len(draft.media))
    for alt in alts.all():
        alt.fill(ALT)
    choose(page, network, channel, draft)
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


def visit(page: Page) -> Page:
    """The live post, in a tab of its own."""
    link = page.get_by_role("link", name="Open it there")
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
    expect(page.locator("#progress").get_by_text("About to go out…")).to_be_visible()
    worker.start()
    visitor = visit(page)
    expect(visitor.get_by_text(TEXT).first).to_be_visible()
    media = media_of(visitor, network, draft)
    expect(media).to_have_count(len(draft.media))
    for each in media.all():
        visitor.wait_for_function(LOADED, arg=each.element_handle())
    worker.stop()
