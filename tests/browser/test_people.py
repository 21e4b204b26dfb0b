"""Setting up, inviting, and the small scripts of the frame."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from hawker.core.people import actions
from hawker.core.people.models import Membership, User
from hawker.core.people.rules import Role
from tests.browser.people import open_shop, sign_in
from tests.cast import PASSWORD


@pytest.fixture
def anna(site: str) -> User:
    return open_shop()


def test_a_shop_is_set_up_in_the_zone_of_the_browser(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site, locale="zh-TW", timezone_id="Asia/Tokyo") as context:
        page = context.new_page()
        page.goto(reverse("setup", args=[actions.make_setup_link()]))
        expect(page.get_by_label("時區")).to_have_value("Asia/Tokyo")
        page.get_by_label("商家名稱").fill("春山茶行")
        page.get_by_label("您的名字").fill("林春山")
        page.get_by_label("電子信箱").fill("lin@example.com")
        page.get_by_label("密碼").fill(PASSWORD)
        page.get_by_role("button", name="開始使用").click()
        page.wait_for_url("**/posts/")
        expect(page.get_by_role("banner")).to_contain_text("春山茶行")


def test_the_menu_opens_and_closes_by_key(page: Page, anna: User) -> None:
    sign_in(page, anna)
    opener = page.get_by_label("Your account")
    opener.press("Enter")
    link = page.get_by_role("link", name="Two-step sign-in")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_menu_closes_by_a_click_elsewhere(page: Page, anna: User) -> None:
    sign_in(page, anna)
    page.get_by_label("Your account").click()
    page.get_by_role("heading", level=1).click(position={"x": 4, "y": 4})
    expect(page.get_by_role("link", name="Two-step sign-in")).to_be_hidden()


def test_removing_a_colleague_is_asked_first(page: Page, anna: User) -> None:
    workspace = Membership.objects.get().workspace
    bob = User.objects.create_user("bob@example.com", PASSWORD, name="Bob")
    Membership.objects.create(workspace=workspace, user=bob, role=Role.editor)
    sign_in(page, anna)
    page.goto(reverse("settings:people"))
    page.get_by_role("button", name="Remove Bob").click()
    expect(page.get_by_text("Remove Bob from this business?")).to_be_visible()
    page.get_by_role("button", name="No").click()
    assert Membership.objects.count() == 2
    page.get_by_role("button", name="Remove Bob").click()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("Removed. The posts and pictures stay.")).to_be_visible()
    assert Membership.objects.count() == 1


def test_an_invitation_link_is_copied_and_lets_a_colleague_in(page: Page, anna: User) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, anna)
    page.goto(reverse("settings:people"))
    page.get_by_role("button", name="Make an invitation link").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    page.context.clear_cookies()
    page.goto(link)
    page.get_by_label("Your name").fill("Bob")
    page.get_by_label("E-mail address").fill("bob@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/posts/")
    assert Membership.objects.count() == 2


@pytest.mark.parametrize("path", ["/posts/", "/channels/", "/settings/people", "/account", "/accounts/2fa/"])
def test_no_page_is_wider_than_a_phone(page: Page, anna: User, path: str) -> None:
    sign_in(page, anna)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_every_icon_that_a_page_asks_for_is_in_the_sprite(page: Page, anna: User) -> None:
    sign_in(page, anna)
    for path in ("/posts/", "/settings/people", "/settings/keys", "/account", "/accounts/2fa/"):
        page.goto(path)
        empty = page.eval_on_selector_all(
            "svg.icon use", "all => all.filter(one => !one.getBBox().width).length"
        )
        assert empty == 0
