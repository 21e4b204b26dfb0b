"""Contacts on their pages: who may see them, what is shown at which field, and what a page costs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hawker.core.channels.models import Channel
from hawker.core.contacts import actions
from hawker.core.contacts.models import Consent, Contact, ContactList
from tests.audience.conftest import SAID, channel, herald, keys, pretend, regulars
from tests.cast import Somebody, visitor

__all__ = ["channel", "herald", "keys", "pretend", "regulars"]


@pytest.fixture
def browser(alice: Somebody) -> Client:
    return visitor(alice)


def page(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def test_people_are_listed_found_and_narrowed(browser: Client, regulars: ContactList) -> None:
    assert page(browser, "/contacts/").count("row-line") == 6
    assert "Unasked" in page(browser, "/contacts/?q=0912 000 005")
    assert page(browser, "/contacts/?consent=withdrawn").count("row-line") == 1
    assert page(browser, f"/contacts/?list={regulars.id}&consent=given").count("row-line") == 4
    assert "Nobody is found" in page(browser, "/contacts/?q=somebody+else")


def test_an_empty_page_says_what_to_do_next(browser: Client, channel: Channel) -> None:
    assert "/contacts/import" in page(browser, "/contacts/")


def test_a_person_is_added_with_her_consent(browser: Client, channel: Channel) -> None:
    wish = {"platform": "herald", "address": "+886 912 345 678", "name": "Lin"}
    said = {"agreed": "on", "source": "paper", "words": "Yes, please."}
    answer = browser.post("/contacts/add", {**wish, **said}, follow=True)
    assert "Yes, please." in answer.content.decode()
    assert Contact.objects.get().consent == "given"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"address": "nobody at all"}, "neither a phone number"),
        ({"agreed": "on", "source": "paper", "words": ""}, "it is your proof"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    browser: Client, channel: Channel, wish: dict[str, str], said: str
) -> None:
    answer = browser.post("/contacts/add", {"platform": "herald", "address": "886912345678", **wish})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Contact.objects.exists()


def test_a_consent_and_its_end_are_recorded_and_shown(browser: Client, regulars: ContactList) -> None:
    contact = Contact.objects.get(name="Guest 1")
    place = f"/contacts/{contact.id}"
    assert SAID.words in page(browser, place)
    browser.post(f"{place}/consent", {"said": "no", "source": "message", "words": ""})
    assert "Agreed to get messages?" in page(browser, place)
    assert (
        browser.post(f"{place}/consent", {"said": "yes", "source": "paper", "words": ""}).status_code == 422
    )
    browser.post(f"{place}/consent", {"said": "yes", "source": "paper", "words": "Again, please."})
    assert [each.given for each in Consent.objects.filter(contact=contact)] == [True, False, True]


def test_a_list_is_taken_in_and_each_refused_line_is_told(browser: Client, regulars: ContactList) -> None:
    text = "手機,姓名,同意\n0912345678,林小姐,是\n0912000006,Gone,是\n沒有號碼,,\n"
    wish = {"platform": "herald", "country": "886", "list": str(regulars.id), "source": "paper"}
    file = SimpleUploadedFile("people.csv", text.encode("big5hkscs"))
    told = browser.post("/contacts/import", {**wish, "words": "櫃檯簽名", "file": file}).content.decode()
    assert told.count("<tr>") == 3
    assert Contact.objects.get(name="林小姐").consent == "given"


@pytest.mark.parametrize("file", [b"\x00\xff\xfe" * 10, b"x" * (2 * 2**20 + 1)])
def test_a_file_that_is_no_list_is_refused_at_its_field(
    browser: Client, channel: Channel, file: bytes
) -> None:
    wish = {"platform": "herald", "source": "paper", "file": SimpleUploadedFile("people.csv", file)}
    assert browser.post("/contacts/import", wish).status_code == 422


def test_what_is_downloaded_can_be_taken_in_again_and_holds_no_formula(
    browser: Client, alice: Somebody, regulars: ContactList
) -> None:
    actions.rename(alice.actor, Contact.objects.get(name="Unasked").id, "=1+1")
    told = browser.get("/contacts/export").content.decode()
    assert told.startswith("\ufeffphone,name,consent")
    assert "'=1+1" in told
    assert told.count("\n") == 7


def test_a_person_is_forgotten(browser: Client, regulars: ContactList) -> None:
    contact = Contact.objects.get(name="Guest 1")
    assert "886912000001" not in browser.post(f"/contacts/{contact.id}/forget", follow=True).content.decode()
    assert not Contact.objects.filter(id=contact.id).exists()


def test_lists_are_opened_renamed_and_deleted(browser: Client, regulars: ContactList) -> None:
    assert browser.post("/contacts/lists", {"name": "Regulars"}).status_code == 422
    browser.post("/contacts/lists", {"name": "Course"})
    course = ContactList.objects.get(name="Course")
    contact = Contact.objects.get(name="Guest 1")
    browser.post(f"/contacts/{contact.id}/lists", {"lists": [str(course.id)]})
    assert {each.list_id for each in contact.places.all()} == {course.id}
    browser.post(f"/contacts/lists/{course.id}/rename", {"name": "Tasting"})
    assert "Tasting" in page(browser, "/contacts/lists")
    browser.post(f"/contacts/lists/{course.id}/delete")
    assert ContactList.objects.count() == 1


def test_an_editor_sees_lists_and_nobody_on_them(bob: Somebody, regulars: ContactList) -> None:
    browser = visitor(bob)
    assert browser.get("/contacts/lists").status_code == 200
    for path in ("/contacts/", "/contacts/export", "/contacts/import", "/contacts/add"):
        assert browser.get(path).status_code == 403


def test_more_people_cost_no_more_queries(browser: Client, alice: Somebody, channel: Channel) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as told:
            page(browser, "/contacts/")
        return len(told)

    actions.add(alice.actor, "herald", "886912000001", "One")
    one = cost()
    actions.add(alice.actor, "herald", "886912000002", "Two")
    assert cost() == one <= 8
