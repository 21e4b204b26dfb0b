"""Connecting, writing, scheduling and watching, as somebody does it in a browser."""

import re

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from hawker.connect.registry import platforms
from hawker.core.channels.models import Channel
from hawker.core.channels.queries import limits_of
from hawker.core.people.models import User
from hawker.core.posts.models import Post
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from hawker.web.posts.tests.ledger import send, take
from tests.browser.people import open_shop, sign_in
from tests.pictures import jpeg
from tests.videos import video

TEA: FilePayload = {"name": "tea.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
CAKE: FilePayload = {"name": "cake.jpg", "mimeType": "image/jpeg", "buffer": jpeg(300, 300)}
FILM: FilePayload = {
    "name": "tea.mp4",
    "mimeType": "video/mp4",
    "buffer": video("-c:v", "mpeg4", "-c:a", "aac"),
}
MENU: FilePayload = {"name": "menu.jpg", "mimeType": "image/jpeg", "buffer": b"Bao 40"}
REDIRECTING = [
    (network, way) for network in platforms().values() for way in network.signs_in.ways if way.redirects
]


@pytest.fixture
def anna(site: str) -> User:
    return open_shop()


@pytest.fixture
def shop(page: Page, anna: User, sandbox: Sandbox) -> list[Channel]:
    """Anna is signed in and has an account at every pretend network."""
    sign_in(page, anna)
    for name, network in sandbox.networks.items():
        way, fields = network.pretend.account("teashop")
        page.goto(f"/channels/add/{name}/{way}")
        for field, value in fields.items():
            page.locator(f"[name={field}]").fill(value)
        page.get_by_role("button", name="Connect").click()
        expect(page.get_by_text("is connected.")).to_be_visible()
    return list(Channel.objects.order_by("connected_at"))


def choose(page: Page, shop: list[Channel]) -> None:
    for channel in shop:
        page.locator(f"[name=channels][value='{channel.id}']").check()


def preview(page: Page, channel: Channel) -> Locator:
    return page.get_by_role("region", name=platforms()[channel.platform].title, exact=True)


def adjust(page: Page, channel: Channel, text: str) -> Locator:
    """Gives one channel words of its own."""
    row = page.locator(".channel-row").filter(has_text=channel.handle)
    row.get_by_text("Adjust for this channel").click()
    row.get_by_label("Change the text for this channel").check()
    own = row.get_by_label(f"Text for {channel.handle}")
    own.fill(text)
    return own


def test_a_post_is_written_checked_and_scheduled(page: Page, shop: list[Channel]) -> None:
    first, other = shop[0], shop[1]
    page.goto("/posts/new")
    choose(page, shop)
    page.get_by_label("Text", exact=True).fill("Oolong is back")
    expect(page.locator("#counts")).to_contain_text(re.compile(r"14 / \d+"))
    expect(preview(page, other)).to_contain_text("Oolong is back")

    page.get_by_label("Add pictures").set_input_files([TEA])
    page.get_by_label("Alternative text").fill("A cup of oolong")
    for channel in shop:
        expect(preview(page, channel).get_by_alt_text("A cup of oolong")).to_be_visible()

    own = adjust(page, first, "x" * 9000)
    said = page.locator(f"#problems-text-{first.id}")
    expect(said).to_contain_text("Too long by")
    expect(own).to_have_attribute("aria-invalid", "true")
    page.get_by_text("At a time").click()
    page.get_by_label("Day and time").fill("2031-03-04T09:30")
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    expect(own).to_be_focused()
    expect(page.get_by_label("Alternative text")).to_have_value("A cup of oolong")

    own.fill("Tea!")
    expect(said).to_be_empty()
    expect(preview(page, first)).to_contain_text("Tea!")
    expect(preview(page, other)).to_contain_text("Oolong is back")
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Post")
    expect(page.get_by_text("Goes out Tue 4 Mar 2031, 09:30")).to_have_count(len(shop))
    assert Delivery.objects.filter(state=State.scheduled).count() == len(shop)


def test_the_posts_page_follows_the_ledger_without_a_reload(page: Page, shop: list[Channel]) -> None:
    page.goto("/posts/new")
    choose(page, shop)
    page.get_by_label("Text", exact=True).fill("Now")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator("#progress").get_by_text("About to go out…")).to_have_count(len(shop))
    take()
    expect(page.locator("#progress").get_by_text("Getting ready…")).to_have_count(len(shop))
    Delivery.objects.update(state=State.scheduled, lease_token=None)
    send()
    expect(page.get_by_role("link", name="Open it there")).to_have_count(len(shop))
    expect(page.locator("#news")).to_contain_text("Published")
    expect(page.locator("#progress")).not_to_have_attribute("hx-trigger", re.compile("every"))


def test_pictures_change_places_and_what_is_none_is_said(page: Page, shop: list[Channel]) -> None:
    page.goto("/posts/new")
    choose(page, shop)
    page.get_by_label("Add pictures").set_input_files([TEA, MENU, CAKE])
    expect(page.locator("#turned-away")).to_contain_text("menu.jpg This is not a picture.")
    expect(page.get_by_label("Add pictures")).to_have_value("")
    alts = page.get_by_label("Alternative text")
    alts.nth(0).fill("Tea")
    alts.nth(1).fill("Cake")
    page.get_by_role("button", name="Move earlier").click()
    shown = preview(page, shop[0]).locator("img")
    expect(shown.nth(0)).to_have_attribute("alt", "Cake")
    page.get_by_label("Leave this picture out").nth(0).check()
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("alt", "Tea")


def test_leaving_with_unsaved_words_is_asked_first(page: Page, shop: list[Channel]) -> None:
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    page.goto("/posts/new")
    page.get_by_label("Text", exact=True).fill("Half a thought")
    page.get_by_role("link", name="Channels", exact=True).click(no_wait_after=True)
    expect(page.get_by_label("Text", exact=True)).to_have_value("Half a thought")
    assert asked == ["beforeunload"]
    page.get_by_text("Keep as a draft").click()
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    assert asked == ["beforeunload"]


def test_without_script_a_draft_with_a_picture_is_saved(
    page: Page, shop: list[Channel], browser: Browser, site: str
) -> None:
    with browser.new_context(
        base_url=site, java_script_enabled=False, storage_state=page.context.storage_state()
    ) as context:
        plain = context.new_page()
        plain.goto("/posts/new")
        plain.get_by_label("Text", exact=True).fill("By hand")
        choose(plain, shop)
        plain.get_by_label("Add pictures").set_input_files([TEA])
        plain.get_by_text("Keep as a draft").click()
        plain.get_by_role("button", name="Save the draft").click()
        expect(plain.get_by_text("Draft saved.")).to_be_visible()
    post = Post.objects.get()
    assert (post.text, post.attachments.count(), post.variants.count()) == ("By hand", 1, len(shop))


@pytest.fixture(params=REDIRECTING, ids=lambda pair: f"{pair[0].name}-{pair[1].name}")
def sign_in_page(request: pytest.FixtureRequest, page: Page, anna: User, every_network: Sandbox) -> Page:
    """The filled-in form of a way that goes on at the network itself."""
    network, way = request.param
    _, fields = every_network.networks[network.name].pretend.account("teashop")
    sign_in(page, anna)
    page.goto(f"/channels/add/{network.name}/{way.name}")
    for field in way.fields:
        page.locator(f"[name={field.name}]").fill(fields[field.name])
    return page


def test_an_account_is_connected_at_the_networks_own_page(sign_in_page: Page) -> None:
    sign_in_page.get_by_role("button", name=re.compile("Continue to")).click()
    sign_in_page.get_by_role("button").first.click()
    sign_in_page.wait_for_url(re.compile("/channels/"))
    if "/reached/" in sign_in_page.url:
        sign_in_page.get_by_role("checkbox").first.check()
        sign_in_page.get_by_role("button", name="Connect").click()
    expect(sign_in_page.get_by_text("is connected.")).to_be_visible()


def test_a_no_at_the_networks_page_comes_back_with_a_sentence(sign_in_page: Page) -> None:
    sign_in_page.get_by_role("button", name=re.compile("Continue to")).click()
    sign_in_page.get_by_role("button").last.click()
    expect(sign_in_page.get_by_role("link", name="Begin again")).to_be_visible()
    assert not Channel.objects.exists()


@pytest.mark.parametrize("width", [360, 1440])
def test_no_page_is_wider_than_its_screen(page: Page, shop: list[Channel], width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/posts/new")
    choose(page, shop)
    page.get_by_label("Text", exact=True).fill("https://example.com/" + "very-long-" * 20)
    page.get_by_label("Add pictures").set_input_files([TEA])
    expect(preview(page, shop[0]).locator("img")).to_be_visible()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Post")
    written = page.url
    for path in (written, "/posts/", f"{written}/edit", f"{written}/move", "/channels/", "/channels/add"):
        page.goto(path)
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), path


def test_a_thread_is_cut_added_to_and_scheduled(page: Page, shop: list[Channel]) -> None:
    threaded = [channel for channel in shop if platforms()[channel.platform].threads]
    page.goto("/posts/new")
    choose(page, threaded)
    page.get_by_label("Text", exact=True).fill("Tea is back. " * 40 + "https://tea.example/shop")
    page.get_by_role("button", name="Links into the first comment").click()
    expect(page.get_by_label("Goes out under the post")).to_have_value("https://tea.example/shop")
    page.get_by_role("button", name="Cut into a thread").click()
    expect(page.get_by_label("Text of part 2")).to_have_value(re.compile("Tea is back"))
    page.get_by_role("button", name="Add to the thread").click()
    last = page.get_by_label("Text of part 3")
    expect(last).to_be_focused()
    last.fill("See you soon")
    page.get_by_role("group", name="Part 3").get_by_label("Add pictures").set_input_files(TEA)
    expect(page.get_by_role("group", name="Part 3").locator(".picture")).to_have_count(1)
    for channel in threaded:
        expect(preview(page, channel).get_by_text("See you soon")).to_be_visible()
    page.get_by_text("At a time").click()
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_text("Follows part 2")).to_have_count(len(threaded))
    post = Post.objects.get()
    assert [each.part for each in post.attachments.all()] == [3]
    assert len(post.thread) == 2


def test_a_video_is_uploaded_told_of_and_watched(page: Page, shop: list[Channel]) -> None:
    taking = next(each for each in shop if limits_of(each).video_types)
    page.goto("/posts/new")
    choose(page, [taking])
    page.get_by_label("Add pictures or videos").set_input_files([FILM])
    tile = page.locator(".picture")
    expect(tile.locator(".still-length")).to_contain_text("0:02")
    expect(tile.locator(".changes")).to_contain_text("Its format becomes MP4 (H.264).")
    expect(page.locator(".upload")).to_be_hidden()
    expect(page.get_by_label("Add pictures or videos")).to_have_value("")
    tile.get_by_label("Alternative text").fill("Steam")
    expect(preview(page, taking).get_by_label("Steam")).to_be_visible()
    assert page.evaluate("fetch(document.querySelector('video').src).then((it) => it.status)") == 200


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page: Page, shop: list[Channel]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/posts/new")
    field = page.get_by_label("Add pictures or videos")
    field.evaluate("(input) => { input.dataset.limit = '100' }")
    field.set_input_files([TEA])
    expect(page.locator("#turned-away")).to_contain_text("tea.jpg This video is too large: 1024 MB at most.")
    expect(field).to_have_value("")
    assert not [url for url in asked if url.endswith("/media/")]


def test_an_upload_that_breaks_off_says_so_and_keeps_the_file(page: Page, anna: User) -> None:
    sign_in(page, anna)
    # htmx tells the console of it, where the other page's fixture would mind.
    other = page.context.new_page()
    other.route("**/media/", lambda route: route.abort())
    other.goto("/posts/new")
    field = other.get_by_label("Add pictures or videos")
    field.set_input_files([TEA])
    expect(other.locator("#turned-away")).to_contain_text("The upload broke off.")
    expect(other.locator(".upload")).to_be_hidden()
    expect(field).not_to_have_value("")
