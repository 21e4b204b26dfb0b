"""What cannot be done, said where the person looks."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from hawker.connect.errors import Later
from hawker.connect.text import say
from hawker.core.problems import Conflict, NotAllowed, NotFound, invalid
from hawker.web import refusals
from hawker.web.refusals import RefusalMiddleware
from tests.cast import Somebody

BUSY = Conflict(say("The shop is closed."))
HTMX = {"hx-request": "true"}


def asked(**headers: str) -> HttpRequest:
    request = RequestFactory().post("/posts/", headers=headers)
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)
    return request


def refused(request: HttpRequest, problem: Exception) -> HttpResponse:
    answer = RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, problem)
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (NotFound(), 404),
        (NotAllowed(), 403),
        (BUSY, 409),
        (invalid("text", say("Write something.")), 409),
        (Later(say("The network rests.")), 502),
    ],
)
def test_every_refusal_has_its_status_and_says_its_sentence(problem: Exception, status: int) -> None:
    answer = refused(asked(), problem)
    assert answer.status_code == status
    assert str(problem).replace("'", "&#x27;") in answer.content.decode()


def test_for_htmx_it_is_an_alert_above_the_page() -> None:
    answer = refused(asked(**HTMX), BUSY)
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#alerts")
    assert "<html" not in answer.content.decode()


def test_a_form_goes_back_to_its_page_with_the_sentence_above_it() -> None:
    request = asked(referer="http://testserver/posts/new")
    answer = refused(request, BUSY)
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/posts/new")
    assert [str(message) for message in get_messages(request)] == ["The shop is closed."]


def test_it_never_goes_back_to_a_page_of_others() -> None:
    assert refused(asked(referer="https://evil.example/"), BUSY).status_code == 409


def test_other_exceptions_are_none_of_its_business() -> None:
    middleware = RefusalMiddleware(lambda _: HttpResponse())
    assert middleware.process_exception(asked(), ValueError("x")) is None


def test_an_address_that_does_not_exist_is_answered_in_hawkers_look(client: Client, alice: Somebody) -> None:
    page = client.get("/nowhere", headers={"accept-language": "zh-TW"})
    assert page.status_code == 404
    assert "這裡沒有您要找的東西" in page.content.decode()


def test_an_address_for_forms_tells_who_comes_by_hand(client: Client, alice: Somebody) -> None:
    client.force_login(alice.user)
    answer = client.get("/settings/keys/make")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "This address only takes what a form sends." in answer.content.decode()


def test_a_form_without_its_token_is_refused_in_hawkers_look(alice: Somebody) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice.user)
    answer = client.post("/account", {"name": "x"})
    assert answer.status_code == 403
    assert "Reload the page, then send it again." in answer.content.decode()


def test_what_breaks_says_so_in_hawkers_look() -> None:
    answer = refusals.broken(asked())
    assert answer.status_code == 500
    assert "Something broke in Hawker." in answer.content.decode()
