"""What no program may post: on her phone its owner takes it along, posts it in the app, and says so here."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect
from pytest_django import Settings

from hawker.connect.platform import Platform
from hawker.connect.registry import platforms
from hawker.core.people.models import User
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from tests.browser.people import open_shop, sign_in
from tests.browser.test_networks import PATIENCE, TEXT, connect, write
from tests.conformance.drafts import of_kind
from tests.journeys.conftest import Worker, worker

__all__ = ["worker"]


@pytest.fixture(params=[name for name, each in platforms().items() if each.by_hand])
def network(request: pytest.FixtureRequest) -> Platform:
    return platforms()[request.param]


@pytest.fixture
def anna(site: str, settings: Settings) -> User:
    settings.LOCAL_URL = site
    return open_shop()


def test_what_is_due_is_taken_along_posted_and_said_to_be_done(
    page: Page, anna: User, network: Platform, every_network: Sandbox, worker: Worker
) -> None:
    draft = of_kind(network, network.limits, "pictures")
    assert draft is not None
    sign_in(page, anna)
    channel = connect(page, network, every_network)
    write(page, network, channel, draft)
    page.get_by_role("button", name="Publish now").click()
    worker.start()
    page.get_by_role("link", name="Post it now").click(timeout=PATIENCE)
    words, files = take_along(page, len(draft.media))
    address = post_in_app(page, channel.url, words, files)
    page.get_by_label("Link of the post").fill(f"See what I posted! {address}")
    page.get_by_role("button", name="Done, it is posted").click()
    expect(page.get_by_role("link", name="Open it there")).to_have_attribute("href", address)
    assert Delivery.objects.get().state == State.published
    worker.stop()


def take_along(page: Page, media: int) -> tuple[str, list[Path]]:
    """The text from the clipboard, and the pictures as they were saved."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(page.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    links = page.get_by_role("link", name=re.compile("^Save "))
    expect(links).to_have_count(media)
    saved = []
    for link in links.all():
        with page.expect_download() as download:
            link.click()
        saved.append(download.value.path())
    return str(page.evaluate("navigator.clipboard.readText()")), saved


def post_in_app(page: Page, account: str, words: str, files: list[Path]) -> str:
    """As the app does it; gives the address of the post that everybody sees."""
    app = page.context.new_page()
    app.goto(account)
    app.get_by_role("link", name="Post as").click()
    app.get_by_label("Text").fill(words)
    app.locator("[name=files]").set_input_files([payload(path) for path in files])
    app.get_by_role("button", name="Post", exact=True).click()
    expect(app.get_by_text(TEXT)).to_be_visible()
    expect(app.locator("img")).to_have_count(len(files))
    address = app.url
    app.close()
    return address


def payload(saved: Path) -> FilePayload:
    return {"name": saved.name, "mimeType": "image/jpeg", "buffer": saved.read_bytes()}
