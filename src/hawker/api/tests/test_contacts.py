"""People, lists, and posts that go to them, through the API."""

from uuid import UUID

from hawker.api.tests.program import Program
from hawker.core.channels.models import Channel
from hawker.core.contacts.models import Contact, ContactList
from hawker.core.people.actions import make_key
from hawker.core.people.rules import Role
from tests.audience.conftest import channel, herald, keys, pretend, regulars
from tests.cast import Somebody

__all__ = ["channel", "herald", "keys", "pretend", "regulars"]
SAID = {"source": "paper", "words": "Monthly offers, please."}


def test_a_person_is_added_agrees_stops_and_is_forgotten(program: Program, channel: Channel) -> None:
    wish = {"platform": "herald", "address": "+886 912 345 678", "name": "Lin", "consent": SAID}
    added = program.post("/contacts", wish)
    assert (added.status, added.body["address"], added.body["consent"]) == (201, "886912345678", "given")
    place = f"/contacts/{added.body['id']}"
    stopped = program.post(f"{place}/consent", {"given": False, "source": "message"})
    assert stopped.body["consent"] == "withdrawn"
    assert [each["given"] for each in stopped.body["history"]] == [False, True]
    assert program.call("PATCH", place, {"name": "Lin Mei"}).body["name"] == "Lin Mei"
    assert program.get("/contacts?search=0912345678").body["contacts"][0]["name"] == "Lin Mei"
    assert program.call("DELETE", place).status == 204
    assert not Contact.objects.exists()


def test_what_is_wrong_is_told_at_its_field(program: Program, channel: Channel) -> None:
    wish = {"platform": "herald", "address": "nobody at all"}
    assert program.post("/contacts", wish).fields == ["address"]
    consent = {**wish, "address": "886912345678", "consent": {**SAID, "words": ""}}
    assert program.post("/contacts", consent).fields == ["words"]
    assert program.post("/contacts", {**wish, "platform": "nowhere"}).fields == ["platform"]


def test_a_list_is_taken_in_with_a_report(program: Program, channel: Channel) -> None:
    lists = program.post("/lists", {"name": "Course"}).body
    text = "phone,name,consent\n0912345678,Lin,yes\n0912345678,Lin,yes\nnobody at all,,\n"
    wish = {"platform": "herald", "text": text, "country": "886", "list": lists["id"], **SAID}
    report = program.post("/contacts/import", wish).body
    assert (report["taken"], report["known"], report["doubled"]) == (1, 0, 1)
    assert [each["line"] for each in report["refused"]] == [4]
    assert program.get("/lists").body["lists"][0]["agreed"] == 1


def test_people_come_and_go_on_a_list(program: Program, regulars: ContactList) -> None:
    ids = [str(each) for each in Contact.objects.values_list("id", flat=True)[:2]]
    place = f"/lists/{regulars.id}"
    assert program.post(f"{place}/people", {"remove": ids}).body["people"] == 4
    assert program.post(f"{place}/people", {"add": ids[:1]}).body["people"] == 5
    assert program.call("PATCH", place, {"name": "Friends"}).body["name"] == "Friends"
    assert program.call("DELETE", place).status == 204


def test_pages_of_people_follow_each_other(program: Program, regulars: ContactList) -> None:
    first = program.get("/contacts?limit=4").body
    rest = program.get(f"/contacts?limit=4&start={first['next']}").body
    assert (len(first["contacts"]), len(rest["contacts"]), rest["next"]) == (4, 2, None)


def test_a_post_goes_to_a_list_and_tells_how_it_stands_in_numbers(
    program: Program, channel: Channel, regulars: ContactList
) -> None:
    to = {"id": str(channel.id), "audience": str(regulars.id)}
    post = program.post("/posts", {"text": "Tea", "channels": [to], "at": "2030-01-01T09:00"}).body
    assert (post["state"], post["deliveries"], post["channels"][0]["audience"]) == (
        "scheduled",
        [],
        str(regulars.id),
    )
    told = post["messages"][0]
    assert (UUID(told["channel"]), told["everybody"], told["waiting"], told["sent"]) == (channel.id, 4, 4, 0)
    place = f"/posts/{post['id']}/messages/{channel.id}"
    assert program.post(f"{place}/cancel").body["messages"][0]["cancelled"] == 4
    assert program.post(f"{place}/retry").body["messages"][0]["waiting"] == 4
    assert program.post(f"{place}/settle", {"there": True}).status == 409
    assert len(program.get("/posts").body["posts"][0]["messages"]) == 1


def test_a_post_without_its_list_is_refused_at_the_field(program: Program, channel: Channel) -> None:
    refused = program.post("/posts", {"text": "Tea", "channels": [str(channel.id)]})
    assert (refused.status, refused.fields) == (422, ["audience"])


def test_an_editors_key_reads_lists_and_no_addresses(alice: Somebody, regulars: ContactList) -> None:
    editor = Program(make_key(alice.actor, "till", Role.editor))
    assert editor.get("/lists").status == 200
    assert editor.get("/contacts").status == 403
