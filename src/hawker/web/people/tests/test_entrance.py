"""Coming in by a link."""

import pytest
from django.test import Client
from django.urls import reverse

from hawker.core.people import actions, queries
from hawker.core.people.models import User
from hawker.core.people.rules import Role
from tests.cast import Somebody

ANNA = {"name": "Anna", "email": "anna@example.com", "password": "tea-with-milk-9"}
SHOP = {"business": "Anna's Tea", "time_zone": "Asia/Taipei"}


@pytest.fixture
def setup(db: None) -> str:
    return reverse("setup", args=[actions.make_setup_link()])


@pytest.fixture
def invitation(alice: Somebody) -> str:
    return reverse("join", args=[actions.invite(alice.actor, Role.editor)])


def test_an_empty_hawker_tells_how_to_begin(client: Client, db: None) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Open the one-time link" in answer.content.decode()


def test_the_first_owner_sets_up_her_business_and_is_signed_in(client: Client, setup: str) -> None:
    answer = client.post(setup, {**ANNA, **SHOP}, headers={"accept-language": "zh-TW"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    anna = User.objects.get()
    (membership,) = queries.memberships(anna)
    assert (anna.name, anna.language, membership.role) == ("Anna", "zh-hant", "owner")
    assert (membership.workspace.name, membership.workspace.language) == ("Anna's Tea", "zh-hant")
    assert client.get("/account").status_code == 200


def test_a_setup_link_works_once(client: Client, setup: str) -> None:
    client.post(setup, {**ANNA, **SHOP})
    answer = Client().get(setup)
    assert answer.status_code == 404
    assert "This link does not work any more" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "8642097531"}, "This password is entirely numeric."),
        ({"time_zone": "Nowhere/Land"}, "“Nowhere/Land” is not a time zone."),
        ({"email": "anna"}, "Enter a valid email address."),
        ({"business": "  "}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    client: Client, setup: str, wrong: dict[str, str], sentence: str
) -> None:
    answer = client.post(setup, {**ANNA, **SHOP, **wrong})
    assert answer.status_code == 200
    (field,) = wrong
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert sentence in errors[field]
    assert not User.objects.exists()


def test_a_colleague_joins_with_the_role_she_was_given(client: Client, invitation: str) -> None:
    assert "Alice&#x27;s Tea" in client.get(invitation).content.decode()
    assert client.post(invitation, ANNA).status_code == 302
    (membership,) = queries.memberships(User.objects.get(email="anna@example.com"))
    assert (membership.role, membership.workspace.name) == ("editor", "Alice's Tea")


def test_an_address_that_has_an_account_is_sent_to_sign_in_first(
    client: Client, invitation: str, charlie: Somebody
) -> None:
    answer = client.post(invitation, {**ANNA, "email": charlie.user.email})
    assert list(answer.context["form"].errors) == ["email"]
    assert f"/accounts/login/?next={invitation}" in answer.content.decode()


def test_somebody_who_is_signed_in_joins_as_herself_and_goes_there(
    client: Client, invitation: str, alice: Somebody, charlie: Somebody
) -> None:
    client.force_login(charlie.user)
    assert "Join as Charlie" in client.get(invitation).content.decode()
    assert client.post(invitation).status_code == 302
    assert client.get("/account").context["workspace"].id == alice.actor.workspace


def test_who_is_in_the_business_already_is_told_so(as_alice: Client, invitation: str) -> None:
    answer = as_alice.post(invitation)
    assert answer.status_code == 409
    assert "You are in this business already." in answer.content.decode()


def test_a_withdrawn_invitation_lets_nobody_in(client: Client, invitation: str, alice: Somebody) -> None:
    (row,) = queries.open_invitations(alice.actor, alice.user.created_at)
    actions.withdraw_invitation(alice.actor, row.id)
    assert client.post(invitation, ANNA).status_code == 404


def test_a_phone_can_keep_hawker_on_its_home_screen(client: Client, db: None) -> None:
    manifest = client.get("/manifest.webmanifest").json()
    assert (manifest["name"], manifest["start_url"], len(manifest["icons"])) == ("Hawker", "/", 2)
