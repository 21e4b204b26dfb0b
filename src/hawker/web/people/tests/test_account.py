"""One's own account."""

import pytest
from django.test import Client

from hawker.core.people import actions
from hawker.core.people.rules import Role
from tests.cast import Somebody


def test_somebody_changes_how_she_is_called(as_alice: Client, alice: Somebody) -> None:
    assert as_alice.post("/account", {"name": " Alice Lin "}).status_code == 302
    alice.user.refresh_from_db()
    assert alice.user.name == "Alice Lin"


def test_a_name_is_asked_for(as_alice: Client) -> None:
    answer = as_alice.post("/account", {"name": ""})
    assert answer.context["form"].errors == {"name": ["This field is required."]}


def test_her_language_stays_with_her(as_alice: Client, alice: Somebody) -> None:
    answer = as_alice.post("/language", {"language": "zh-hant", "next": "/account"})
    assert answer["Location"] == "/account"
    assert '<html lang="zh-Hant">' in as_alice.get("/account").content.decode()


def test_before_signing_in_the_browser_keeps_the_language(client: Client, db: None) -> None:
    client.post("/language", {"language": "zh-hant"})
    page = client.get("/accounts/login/", headers={"accept-language": "en"})
    assert '<html lang="zh-Hant">' in page.content.decode()


def test_an_unknown_language_is_refused(client: Client, db: None) -> None:
    assert client.post("/language", {"language": "tlh"}).status_code == 400


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_leads_to_hawker_only(client: Client, db: None, elsewhere: str) -> None:
    answer = client.post("/language", {"language": "en", "next": elsewhere})
    assert answer["Location"] == "/"


def test_whoever_is_in_two_businesses_goes_over(client: Client, alice: Somebody, charlie: Somebody) -> None:
    actions.join(actions.invite(alice.actor, Role.editor), charlie.user)
    client.force_login(charlie.user)
    assert client.get("/account").context["workspace"].name == "Charlie's Bikes"
    client.post(f"/business/{alice.actor.workspace}/enter")
    assert client.get("/account").context["workspace"].name == "Alice's Tea"


def test_nobody_enters_a_business_of_others(as_alice: Client, charlie: Somebody) -> None:
    assert as_alice.post(f"/business/{charlie.actor.workspace}/enter").status_code == 404
    assert as_alice.get("/account").context["workspace"].name == "Alice's Tea"
