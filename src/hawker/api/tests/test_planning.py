"""The queue and posts that come back, as programs ask for them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hawker.api.tests.program import Program, key_of
from hawker.core.channels.models import Channel
from hawker.core.people.rules import Role
from hawker.core.planning.models import Recurrence
from hawker.core.posts.models import Post
from tests.cast import Somebody

DAILY = {"text": "Tea of the day", "kind": "daily", "time": "09:00"}


@pytest.fixture
def ids(shop: list[Channel]) -> list[str]:
    return [str(channel.id) for channel in shop]


def open_queue(program: Program, ids: list[str]) -> None:
    slots = [{"weekday": day, "time": "09:00"} for day in ("monday", "friday")]
    for channel in ids:
        assert program.call("PUT", f"/channels/{channel}/slots", {"slots": slots}).status == 200


def test_weekly_times_are_set_and_told_with_what_is_free(program: Program, ids: list[str]) -> None:
    open_queue(program, ids)
    first, *_ = program.get("/queue").body["queues"]
    assert first["slots"] == [{"weekday": "monday", "time": "09:00"}, {"weekday": "friday", "time": "09:00"}]
    assert len(first["free"]) == 5
    assert first["free"] == sorted(first["free"])
    program.call("PUT", f"/channels/{ids[0]}/slots", {"slots": []})
    assert program.get("/queue").body["queues"][0]["slots"] == []


def test_a_post_and_a_draft_take_free_places(program: Program, ids: list[str]) -> None:
    open_queue(program, ids)
    first, second, *_ = program.get("/queue").body["queues"][0]["free"]
    queued = program.post("/posts", {"text": "one", "channels": ids, "queue": True}).body
    draft = program.post("/posts", {"text": "two", "channels": ids, "draft": True}).body
    assert {each["due_at"] for each in queued["deliveries"]} == {first}
    later = program.post(f"/posts/{draft['id']}/queue").body
    assert {each["due_at"] for each in later["deliveries"]} == {second}
    assert program.post(f"/posts/{draft['id']}/queue").status == 409


def test_a_queue_without_times_is_refused_and_leaves_nothing(program: Program, ids: list[str]) -> None:
    answer = program.post("/posts", {"text": "one", "channels": ids, "queue": True})
    assert (answer.status, set(answer.fields)) == (422, {"at"})
    assert not Post.objects.exists()


def test_a_post_comes_back_and_is_told_with_its_next_posts(program: Program, ids: list[str]) -> None:
    made = program.post("/recurrences", {**DAILY, "channels": ids, "count": 3})
    assert made.status == 201
    assert (made.body["state"], made.body["kind"], made.body["count"]) == ("active", "daily", 3)
    posts = made.body["posts"]
    assert posts[0]["at"] == made.body["next"]
    assert program.get(f"/posts/{posts[0]['post']}").body["text"] == "Tea of the day"
    assert program.get(f"/recurrences/{made.body['id']}").body == made.body
    assert [each["id"] for each in program.get("/recurrences").body["recurrences"]] == [made.body["id"]]


def test_the_same_request_makes_one_recurrence(program: Program, ids: list[str]) -> None:
    once = {"Idempotency-Key": "k"}
    first = program.post("/recurrences", {**DAILY, "channels": ids}, once).body
    assert program.post("/recurrences", {**DAILY, "channels": ids}, once).body == first
    assert Recurrence.objects.count() == 1


def test_what_is_named_changes_and_the_rest_stays(program: Program, ids: list[str]) -> None:
    made = program.post("/recurrences", {**DAILY, "channels": ids}).body
    path = f"/recurrences/{made['id']}"
    changed = program.call("PATCH", path, {"kind": "weekly", "weekdays": ["friday"]}).body
    assert (changed["kind"], changed["weekdays"], changed["time"]) == ("weekly", ["friday"], "09:00")
    assert (changed["text"], changed["start"]) == (made["text"], made["start"])
    assert Post.objects.count() == len(changed["posts"]) == 2
    words = program.call("PATCH", path, {"text": "Cake"}).body
    assert (words["text"], words["weekdays"]) == ("Cake", ["friday"])
    assert set(Post.objects.values_list("text", flat=True)) == {"Cake"}


def test_it_is_paused_resumed_and_ended(program: Program, ids: list[str]) -> None:
    path = f"/recurrences/{program.post('/recurrences', {**DAILY, 'channels': ids}).body['id']}"
    paused = program.post(f"{path}/pause").body
    assert (paused["state"], paused["next"], paused["posts"]) == ("paused", None, [])
    assert program.post(f"{path}/resume").body["state"] == "active"
    assert program.call("DELETE", path).status == 204
    assert program.get(path).status == 404
    assert not Post.objects.exists()


def test_one_that_has_come_for_the_last_time_is_over(program: Program, ids: list[str]) -> None:
    made = program.post("/recurrences", {**DAILY, "channels": ids}).body
    yesterday = (timezone.now() - timedelta(days=2)).date()
    Recurrence.objects.update(start=yesterday, until=yesterday)
    assert program.get(f"/recurrences/{made['id']}").body["state"] == "over"


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"kind": "weekly"}, "weekdays"),
        ({"kind": "hourly"}, "wish.kind"),
        ({"time": "25:00"}, "wish.time"),
        ({"kind": "monthly", "day": 32}, "day"),
        ({"start": "2020-01-01"}, "start"),
        ({"text": "x" * 9000}, "text"),
        ({"channels": []}, "channels"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    program: Program, ids: list[str], wish: dict[str, object], field: str
) -> None:
    answer = program.post("/recurrences", {**DAILY, "channels": ids, **wish})
    assert (answer.status, set(answer.fields)) == (422, {field.removeprefix("wish.")})
    assert not Recurrence.objects.exists()


def test_who_only_reads_changes_nothing(program: Program, alice: Somebody, ids: list[str]) -> None:
    path = f"/recurrences/{program.post('/recurrences', {**DAILY, 'channels': ids}).body['id']}"
    reader = Program(key_of(alice, Role.analyst))
    assert reader.get(path).status == 200
    assert reader.call("PUT", f"/channels/{ids[0]}/slots", {"slots": []}).status == 403
    assert [reader.post(f"{path}/{deed}").status for deed in ("pause", "resume")] == [403, 403]
    assert reader.call("DELETE", path).status == 403


def test_lists_take_as_many_queries_for_three_as_for_one(program: Program, ids: list[str]) -> None:
    program.get("/me")

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            program.get(path)
        return len(caught)

    open_queue(program, ids[:1])
    program.post("/recurrences", {**DAILY, "channels": ids})
    one = [count("/recurrences"), count("/queue")]
    open_queue(program, ids)
    for _ in range(2):
        program.post("/recurrences", {**DAILY, "channels": ids})
    assert [count("/recurrences"), count("/queue")] == one
    assert max(one) <= 8
