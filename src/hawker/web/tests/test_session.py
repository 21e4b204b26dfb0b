"""Who is asking, and how she is spoken to."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from hawker.core.people.models import Workspace
from tests.cast import Somebody


def test_an_htmx_request_of_a_stranger_sends_her_whole_page_to_sign_in(client: Client, db: None) -> None:
    headers = {"hx-request": "true", "hx-current-url": "http://testserver/settings/people"}
    answer = client.get("/settings/people", headers=headers)
    assert answer.status_code == 200
    assert answer["HX-Redirect"].startswith("/accounts/login/?next=")


def test_moments_are_shown_in_the_zone_of_the_business(client: Client, alice: Somebody) -> None:
    Workspace.objects.update(time_zone="Pacific/Kiritimati")
    client.force_login(alice.user)
    entries = client.get("/settings/log").content.decode()
    assert "+14:00" in entries


def test_nothing_of_a_request_stays_behind(client: Client, bob: Somebody) -> None:
    client.force_login(bob.user)
    client.get("/account")
    assert translation.get_language() == "en"
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("zh-TW", "zh-hant"), ("zh-HK,zh;q=0.9", "zh-hant"), ("zh", "zh-hant"), ("de", "en"), ("en-GB", "en")],
)
def test_a_stranger_is_spoken_to_in_her_browsers_language(
    client: Client, db: None, asked: str, spoken: str
) -> None:
    answer = client.get("/accounts/login/", headers={"accept-language": asked})
    assert answer["Content-Language"] == spoken


def test_a_page_warns_while_nobody_publishes(client: Client, alice: Somebody) -> None:
    client.force_login(alice.user)
    assert "worker is not running" in client.get("/account").content.decode()


def test_every_business_of_hers_is_offered(client: Client, alice: Somebody) -> None:
    client.force_login(alice.user)
    assert "Switch business" not in client.get("/account").content.decode()
