"""Choosing among the accounts that a sign-in opened."""

from datetime import timedelta
from html import unescape

import pytest
from cryptography.fernet import Fernet
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from hawker.core.channels.models import Channel
from hawker.core.people import actions as people
from hawker.sandbox.app import Sandbox
from hawker.web.channels import errands
from hawker.web.session import WORKSPACE_KEY
from tests.apps.scene import NAME, fields, reach
from tests.cast import Somebody, visitor

CHOICE = f"/channels/reached/{NAME}"


@pytest.fixture
def client(alice: Somebody, every_network: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Alice has signed in, and that opened three pages."""
    reach(monkeypatch, 3)
    browser = visitor(alice)
    sign_in(browser, every_network)
    return browser


def sign_in(browser: Client, every_network: Sandbox) -> None:
    way, given = fields(every_network)
    reply = browser.post(f"/channels/add/{NAME}/{way}", given)
    assert (reply.status_code, reply["Location"]) == (302, CHOICE)


def ids(client: Client) -> list[str]:
    shown = client.get(CHOICE).content.decode().split('name="accounts" value="')[1:]
    return [unescape(each.partition('"')[0]) for each in shown]


def test_each_account_is_offered_and_none_is_connected_yet(client: Client) -> None:
    shown = client.get(CHOICE).content.decode()
    assert [f"Branch {number}" in shown for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert " checked" not in shown
    assert not Channel.objects.exists()


def test_those_that_are_marked_are_connected(client: Client) -> None:
    first, _, third = ids(client)
    page = client.post(CHOICE, {"accounts": [first, third]}, follow=True)
    assert page.redirect_chain == [("/channels/", 302)]
    assert page.content.decode().count("is connected.") == 2
    assert {channel.remote_id for channel in Channel.objects.all()} == {first, third}


def test_to_mark_none_is_said_and_the_choice_stays(client: Client) -> None:
    refused = client.post(CHOICE, {})
    assert refused.status_code == 422
    assert "Choose at least one account." in refused.content.decode()
    assert len(ids(client)) == 3


def test_what_the_sign_in_did_not_open_is_not_connected(client: Client) -> None:
    assert client.post(CHOICE, {"accounts": ["another"]}).status_code == 422
    assert not Channel.objects.exists()


def test_those_that_are_channels_already_are_marked_and_connected_again(
    client: Client, every_network: Sandbox
) -> None:
    first, second, _ = ids(client)
    client.post(CHOICE, {"accounts": [first]})
    sign_in(client, every_network)
    shown = client.get(CHOICE).content.decode()
    assert shown.count(" checked") == 1
    assert f'value="{first}" checked' in shown
    client.post(CHOICE, {"accounts": [first, second]})
    assert Channel.objects.count() == 2


def test_a_choice_is_made_once(client: Client) -> None:
    first, *_ = ids(client)
    client.post(CHOICE, {"accounts": [first]})
    assert client.get(CHOICE).status_code == 400


def test_a_choice_waits_for_half_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    late = timezone.now() + timedelta(minutes=30, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: late)
    reply = client.get(CHOICE)
    assert reply.status_code == 400
    assert "this one is over" in reply.content.decode()
    assert client.session[errands.REACHED] == {}


def test_a_choice_belongs_to_the_business_in_which_it_arose(client: Client, alice: Somebody) -> None:
    other = people.make_business(
        alice.user, people.Business(name="Stall", language="en", time_zone="Asia/Taipei")
    )
    session = client.session
    session[WORKSPACE_KEY] = str(other.id)
    session.save()
    assert client.get(CHOICE).status_code == 400
    assert client.post(CHOICE, {"accounts": ["1"]}).status_code == 400


def test_the_secrets_that_wait_are_sealed(client: Client, settings: Settings) -> None:
    assert "a-secret-of-page" not in str(dict(client.session))
    settings.SEAL_KEYS = (Fernet.generate_key().decode(),)
    assert client.get(CHOICE).status_code == 400


def test_nobody_else_sees_the_choice(client: Client, bob: Somebody, charlie: Somebody) -> None:
    assert visitor(charlie).get(CHOICE).status_code == 400
    assert visitor(bob).get(CHOICE).status_code == 403


def test_where_nothing_is_opened_it_is_said_above_the_form(
    alice: Somebody, every_network: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reach(monkeypatch, 0)
    way, given = fields(every_network)
    reply = visitor(alice).post(f"/channels/add/{NAME}/{way}", given)
    assert reply.status_code == 422
    assert "opens nothing at" in reply.content.decode()
