"""Passkeys: made, used to sign in and as a second step, renamed, removed."""

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from hawker.core.people.models import User
from tests.browser.people import open_shop, sign_in
from tests.cast import PASSWORD
from tests.test_pages import inline

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """Chromium's own pretend authenticator (the WebAuthn domain of its DevTools protocol)."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self._session = context.new_cdp_session(page)
        self._session.send("WebAuthn.enable")
        self._id = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def deny(self) -> None:
        """From now on the person's finger is not recognised."""
        told = {**self._id, "isUserVerified": False}
        self._session.send("WebAuthn.setUserVerified", told)


@pytest.fixture
def anna(site: str) -> User:
    return open_shop()


@pytest.fixture
def device(context: BrowserContext, page: Page) -> Device:
    return Device(context, page)


def add_passkey(page: Page, *, alone: bool) -> None:
    """Ends on the page with the recovery codes, which come with the first passkey."""
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Anna's phone")
    if alone:
        page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**" + reverse("mfa_view_recovery_codes"))


def sign_out(page: Page) -> None:
    page.goto(reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**" + reverse("account_login"))


def test_a_passkey_signs_in_without_a_password(page: Page, device: Device, anna: User) -> None:
    sign_in(page, anna)
    add_passkey(page, alone=True)
    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/posts/")


def test_a_passkey_is_the_second_step_after_the_password(page: Page, device: Device, anna: User) -> None:
    sign_in(page, anna)
    add_passkey(page, alone=False)
    sign_out(page)
    page.get_by_label("E-mail address").fill(anna.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**" + reverse("mfa_authenticate"))
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/posts/")


def test_a_device_that_refuses_is_answered_with_another_way(page: Page, device: Device, anna: User) -> None:
    sign_in(page, anna)
    add_passkey(page, alone=True)
    sign_out(page)
    device.deny()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Your device did not give a passkey.")).to_be_visible()


def test_a_passkey_proves_who_one_is_before_a_change(page: Page, device: Device, anna: User) -> None:
    sign_in(page, anna)
    add_passkey(page, alone=True)
    page.goto(reverse("mfa_reauthenticate_webauthn") + "?next=" + reverse("account"))
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**" + reverse("account"))


def test_a_passkey_is_renamed_and_removed(page: Page, device: Device, anna: User) -> None:
    sign_in(page, anna)
    add_passkey(page, alone=True)
    page.goto(reverse("mfa_list_webauthn"))
    page.get_by_role("link", name="Rename").click()
    assert inline(page.content()) == []
    page.get_by_label("Name").fill("Anna's tablet")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Anna's tablet")).to_be_visible()
    page.get_by_role("link", name="Remove").click()
    assert inline(page.content()) == []
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No passkey yet")).to_be_visible()
