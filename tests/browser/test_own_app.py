"""The owner's own app, as she meets it: the guide, the keys, the network's page, the choice of accounts."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from hawker.core.channels.models import AppKeys, Channel
from hawker.core.people.models import User
from hawker.core.seal import seal
from hawker.sandbox.app import Sandbox
from tests.apps.scene import NAME, network, reach
from tests.browser.people import open_shop, sign_in

PLACES = {"server", "site"}


@pytest.fixture
def anna(site: str) -> User:
    return open_shop()


@pytest.fixture
def guide(page: Page, anna: User, sandbox: Sandbox) -> Page:
    """Anna chose a network of which Hawker has no keys; it only knows where the pretend one is."""
    places = {name: value for name, value in sandbox.networks[NAME].app.items() if name in PLACES}
    AppKeys.objects.filter(platform=NAME).update(secrets=seal(places), changed_at=timezone.now())
    sign_in(page, anna)
    page.goto("/channels/add")
    page.get_by_role("link", name=re.compile("needs an app of your own")).first.click()
    expect(page.get_by_role("heading", name=f"Your app at {network().title}")).to_be_visible()
    return page


def enter_keys(page: Page, sandbox: Sandbox) -> None:
    app = network().app
    assert app is not None
    for field in app.fields:
        page.locator(f"[name={field.name}]").fill(sandbox.networks[NAME].app.get(field.name, ""))
    page.get_by_role("button", name="Save the keys").click()
    expect(page.get_by_text("Hawker keeps the keys")).to_be_visible()


def go(page: Page) -> None:
    """To the network, and back with a yes."""
    page.goto(f"/channels/add/{NAME}/{next(way.name for way in network().signs_in.ways if way.redirects)}")
    page.get_by_role("button", name="Continue to").click()
    page.get_by_role("button").first.click()


def test_the_address_to_register_is_copied(guide: Page) -> None:
    guide.context.grant_permissions(["clipboard-read", "clipboard-write"])
    guide.get_by_role("button", name="Copy").first.click()
    expect(guide.get_by_text("Copied")).to_be_visible()
    copied = guide.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/channels/back/{NAME}")
    assert copied.startswith("http://")


def test_keys_are_entered_once_and_then_one_button_connects(guide: Page, sandbox: Sandbox) -> None:
    enter_keys(guide, sandbox)
    for field in ("client_secret", "client_id"):
        assert sandbox.networks[NAME].app[field] not in guide.content()
    go(guide)
    expect(guide.get_by_text("is connected.")).to_be_visible()
    assert Channel.objects.get().platform == NAME


def test_of_several_accounts_the_marked_ones_are_connected(
    guide: Page, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 3)
    enter_keys(guide, sandbox)
    go(guide)
    expect(guide.get_by_role("heading", name="Which accounts")).to_be_visible()
    guide.get_by_role("button", name="Connect").click()
    expect(guide.get_by_text("Choose at least one account.")).to_be_visible()
    guide.get_by_label("Branch 1").check()
    guide.get_by_label("Branch 3").check()
    guide.get_by_role("button", name="Connect").click()
    expect(guide.get_by_text("is connected.")).to_have_count(2)
    go(guide)
    expect(guide.get_by_label("Branch 1")).to_be_checked()
    expect(guide.get_by_label("Branch 2")).not_to_be_checked()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_guide_is_not_wider_than_its_screen(guide: Page, sandbox: Sandbox, width: int) -> None:
    guide.set_viewport_size({"width": width, "height": 800})
    assert guide.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    enter_keys(guide, sandbox)
    guide.goto(f"/channels/apps/{NAME}")
    assert guide.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
