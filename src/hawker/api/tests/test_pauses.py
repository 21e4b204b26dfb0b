"""Publishing on hold, through the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hawker.api.tests.program import Program, key_of
from hawker.core.channels.models import Channel
from hawker.core.people.rules import Role
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from tests.cast import Somebody


def write(program: Program, shop: list[Channel]) -> list[dict[str, object]]:
    wish = {"text": "tea", "channels": [str(each.id) for each in shop]}
    found: list[dict[str, object]] = program.post("/posts", wish).body["deliveries"]
    return found


def ago(minutes: int) -> None:
    at = timezone.now() - timedelta(minutes=minutes)
    Delivery.objects.update(due_at=at, look_at=at)


def test_everything_is_put_on_hold_and_goes_on_one_after_the_other(
    program: Program, shop: list[Channel]
) -> None:
    pause = program.post("/pauses", {"reason": "A recall"}).body
    assert (pause["channel"], pause["handle"], pause["reason"]) == (None, "", "A recall")
    first, second = write(program, shop), write(program, shop)
    assert all(each["on_hold"] and each["state"] == "scheduled" for each in first + second)
    assert program.get("/pauses").body == {"pauses": [pause]}
    shown = program.get(f"/pauses/{pause['id']}").body["releases"]
    assert {each["delivery"] for each in shown} == {each["id"] for each in first + second}
    released = program.post(f"/pauses/{pause['id']}/resume").body["releases"]
    assert [each["delivery"] for each in released] == [each["delivery"] for each in shown]
    assert program.get("/pauses").body == {"pauses": []}
    assert program.get(f"/pauses/{pause['id']}").status == 404
    assert not any(each["on_hold"] for each in program.get("/posts").body["posts"][0]["deliveries"])


def test_a_channel_is_put_on_hold_once_and_said_again(program: Program, shop: list[Channel]) -> None:
    wish = {"channel": str(shop[0].id), "reason": "A fire"}
    pause = program.post("/pauses", wish).body
    assert program.post("/pauses", {**wish, "reason": "A flood"}).body == pause
    assert pause["handle"] == shop[0].handle
    held = {each["channel"]: each["on_hold"] for each in write(program, shop)}
    assert held == {str(each.id): each.id == shop[0].id for each in shop}


def test_single_posts_are_cancelled_before_publishing_goes_on(program: Program, shop: list[Channel]) -> None:
    pause = program.post("/pauses").body
    kept, spared = write(program, shop[:1]), write(program, shop[:1])
    assert program.post(f"/deliveries/{spared[0]['id']}/cancel").body["state"] == "cancelled"
    released = program.post(f"/pauses/{pause['id']}/resume").body["releases"]
    assert [each["delivery"] for each in released] == [kept[0]["id"]]
    assert program.post(f"/deliveries/{spared[0]['id']}/cancel").status == 409


def test_what_is_too_late_has_no_time_and_is_late_afterwards(program: Program, shop: list[Channel]) -> None:
    pause = program.post("/pauses").body
    write(program, shop[:1])
    ago(minutes=121)
    (release,) = program.post(f"/pauses/{pause['id']}/resume").body["releases"]
    assert release["at"] is None
    row = Delivery.objects.get(id=release["delivery"])
    assert row.state == State.late
    assert program.post(f"/deliveries/{row.id}/retry").body["state"] == "scheduled"


def test_who_may_not_is_told_so(program: Program, alice: Somebody, shop: list[Channel]) -> None:
    editor, analyst = Program(key_of(alice, Role.editor)), Program(key_of(alice, Role.analyst))
    assert analyst.post("/pauses").status == 403
    pause = editor.post("/pauses").body
    assert analyst.get("/pauses").body == {"pauses": [pause]}
    assert editor.post(f"/pauses/{pause['id']}/resume").status == 403
    assert program.post(f"/pauses/{pause['id']}/resume").status == 200


@pytest.mark.parametrize(
    ("wish", "field"),
    [({"reason": "x" * 301}, "reason"), ({"why": "x"}, "why"), ({"channel": "x"}, "channel")],
)
def test_what_was_sent_wrongly_is_said_at_its_field(program: Program, wish: object, field: str) -> None:
    answer = program.post("/pauses", wish)
    assert (answer.status, answer.fields) == (422, [field])


@pytest.mark.parametrize("minutes", [15, 60, 120, 360, 1440])
def test_the_limit_of_lateness_is_told_and_changed(program: Program, minutes: int) -> None:
    assert program.get("/business").body["late_after_minutes"] == 120
    changed = program.call("PATCH", "/business", {"late_after_minutes": minutes})
    assert changed.body["late_after_minutes"] == minutes
    assert program.get("/me").body["workspace"] == changed.body == program.get("/business").body
    assert changed.body["name"] == "Alice's Tea"


def test_a_limit_that_is_not_offered_is_refused(program: Program) -> None:
    answer = program.call("PATCH", "/business", {"late_after_minutes": 7})
    assert (answer.status, answer.fields) == (422, ["late_after_minutes"])


def test_only_an_owner_changes_the_business(alice: Somebody) -> None:
    manager = Program(key_of(alice, Role.manager))
    assert manager.call("PATCH", "/business", {"late_after_minutes": 60}).status == 403
