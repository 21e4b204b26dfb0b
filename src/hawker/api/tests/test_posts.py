"""Writing, reading, moving and stopping posts."""

from uuid import uuid4

import pytest
from django.utils import timezone

from hawker.api.tests.program import Program, key_of, picture
from hawker.core.channels.models import Channel
from hawker.core.people.models import Workspace
from hawker.core.people.rules import Role
from hawker.core.posts.models import Post
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from tests.cast import Somebody, too_long

AT = "2030-01-01T09:00"
AT_UTC = "2030-01-01T01:00:00Z"


@pytest.fixture
def channel(shop: list[Channel]) -> str:
    return str(shop[0].id)


def test_a_post_is_told_with_all_that_belongs_to_it(program: Program, commentable: list[Channel]) -> None:
    media = program.upload("tea.jpg", picture()).body["id"]
    first, *others = [str(each.id) for each in commentable]
    wish = {
        "text": "開店了",
        "channels": [{"id": first, "text": "Open"}, *others],
        "media": [{"id": media, "alt": "一杯茶"}],
        "first_comment": "See you",
        "language": "zh-Hant",
        "at": AT,
    }
    made = program.post("/posts", wish)
    assert made.status == 201
    post = made.body
    assert program.get(f"/posts/{post['id']}").body == post
    assert (post["state"], post["text"], post["at"]) == ("scheduled", "開店了", AT_UTC)
    assert (post["first_comment"], post["language"], post["author"]) == ("See you", "zh-Hant", None)
    assert {each["id"]: each["text"] for each in post["channels"]} == {
        first: "Open",
        **dict.fromkeys(others),
    }
    (shown,) = post["media"]
    assert (shown["id"], shown["alt"], shown["content_type"]) == (media, "一杯茶", "image/jpeg")
    assert len(post["deliveries"]) == 2 * len(commentable)
    for delivery in post["deliveries"]:
        assert (delivery["state"], delivery["due_at"]) == ("scheduled", AT_UTC)
        assert (delivery["error"], delivery["published_at"], delivery["url"]) == (None, None, "")


def test_without_a_time_a_post_goes_out_now(program: Program, channel: str) -> None:
    before = timezone.now()
    post = program.post("/posts", {"text": "now", "channels": [channel]}).body
    assert before <= Delivery.objects.get(post_id=post["id"]).due_at <= timezone.now()


def test_the_language_is_the_businesss_own_unless_it_is_named(program: Program, channel: str) -> None:
    Workspace.objects.update(language="zh-hant")
    wish = {"text": "tea", "channels": [channel], "draft": True}
    assert program.post("/posts", wish).body["language"] == "zh-hant"
    assert program.post("/posts", {**wish, "language": "ja"}).body["language"] == "ja"


@pytest.mark.parametrize(
    ("at", "instant"),
    [
        (AT, AT_UTC),
        ("2030-01-01 09:00:30", "2030-01-01T01:00:30Z"),
        ("2030-01-01T09:00Z", "2030-01-01T09:00:00Z"),
        ("2030-01-01T09:00:00-05:00", "2030-01-01T14:00:00Z"),
    ],
)
def test_a_time_with_an_offset_is_an_instant_and_one_without_is_the_shops(
    program: Program, channel: str, at: str, instant: str
) -> None:
    post = program.post("/posts", {"text": "tea", "channels": [channel], "at": at}).body
    assert post["at"] == instant


@pytest.mark.parametrize(
    "at",
    [
        "2020-01-01T09:00",
        "2030-01-01",
        "tomorrow",
        "2030-13-01T09:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-14:00",
        "0001-01-01T00:00",
    ],
)
def test_a_time_that_is_none_or_has_passed_is_refused(program: Program, channel: str, at: str) -> None:
    answer = program.post("/posts", {"text": "tea", "channels": [channel], "at": at})
    assert (answer.status, answer.code, answer.fields) == (422, "invalid", ["at"])
    assert not Post.objects.exists()


@pytest.mark.parametrize("at", ["2030-03-31T02:30", "2030-10-27T02:30"])
def test_a_time_that_clocks_skip_or_show_twice_is_refused(program: Program, channel: str, at: str) -> None:
    Workspace.objects.update(time_zone="Europe/Berlin")
    answer = program.post("/posts", {"text": "tea", "channels": [channel], "at": at})
    assert (answer.status, answer.fields) == (422, ["at"])
    assert "Europe/Berlin" in answer.sentence
    assert program.post("/posts", {"text": "tea", "channels": [channel], "at": f"{at}+01:00"}).status == 201


def test_what_a_network_refuses_leaves_no_post_behind(program: Program, shop: list[Channel]) -> None:
    ids = [str(each.id) for each in shop]
    answer = program.post("/posts", {"text": too_long(shop), "channels": ids, "first_comment": ""})
    assert (answer.status, answer.code) == (422, "invalid")
    problems = answer.body["error"]["problems"]
    assert {problem["channel"] for problem in problems if problem["field"] == "text"} == set(ids)
    assert not Post.objects.exists()


def test_a_post_needs_a_channel_unless_it_is_a_draft(program: Program) -> None:
    assert program.post("/posts", {"text": "tea"}).fields == ["channels"]
    assert program.post("/posts", {"text": "tea", "draft": True}).body["state"] == "draft"


def test_a_draft_keeps_its_time_and_is_scheduled_for_it(program: Program, channel: str) -> None:
    draft = program.post("/posts", {"text": "t", "channels": [channel], "draft": True, "at": AT}).body
    assert (draft["at"], draft["deliveries"]) == (AT_UTC, [])
    post = program.post(f"/posts/{draft['id']}/schedule").body
    assert (post["state"], post["deliveries"][0]["due_at"]) == ("scheduled", AT_UTC)
    again = program.post(f"/posts/{draft['id']}/schedule")
    assert (again.status, again.code) == (409, "conflict")


def test_a_draft_is_scheduled_for_another_time(program: Program, channel: str) -> None:
    draft = program.post("/posts", {"text": "t", "channels": [channel], "draft": True}).body
    post = program.post(f"/posts/{draft['id']}/schedule", {"at": AT}).body
    assert post["deliveries"][0]["due_at"] == AT_UTC


@pytest.fixture
def post(program: Program, channel: str) -> str:
    return str(program.post("/posts", {"text": "tea", "channels": [channel], "at": AT}).body["id"])


def test_what_a_change_does_not_name_stays(program: Program, post: str) -> None:
    before = program.get(f"/posts/{post}").body
    after = program.call("PATCH", f"/posts/{post}", {"text": "coffee"}).body
    changing = {"text": "coffee", "changed_at": after["changed_at"]}
    assert after == {**before, **changing}


def test_every_part_of_a_post_can_be_changed(program: Program, post: str, shop: list[Channel]) -> None:
    media = program.upload("tea.png", picture("PNG")).body["id"]
    wish = {
        "text": "coffee",
        "first_comment": "and cake",
        "language": "fr",
        "media": [media],
        "channels": [str(shop[-1].id)],
        "at": "2031-01-01T09:00",
    }
    after = program.call("PATCH", f"/posts/{post}", wish).body
    assert (after["text"], after["first_comment"], after["language"]) == ("coffee", "and cake", "fr")
    assert [each["id"] for each in after["media"]] == [media]
    assert {each["channel"] for each in after["deliveries"]} == {str(shop[-1].id)}
    assert {each["due_at"] for each in after["deliveries"]} == {"2031-01-01T01:00:00Z"}


def test_a_time_alone_moves_the_post(program: Program, post: str) -> None:
    program.post(f"/posts/{post}/hold")
    moved = program.call("PATCH", f"/posts/{post}", {"at": "2031-01-01T09:00"}).body
    assert (moved["at"], moved["state"]) == ("2031-01-01T01:00:00Z", "scheduled")


def test_a_time_alone_gives_a_draft_its_time(program: Program, channel: str) -> None:
    draft = program.post("/posts", {"text": "t", "draft": True}).body["id"]
    moved = program.call("PATCH", f"/posts/{draft}", {"at": AT}).body
    assert (moved["at"], moved["state"]) == (AT_UTC, "draft")


@pytest.mark.parametrize("wish", [{"at": "2020-01-01T09:00"}, {"at": "2020-01-01T09:00", "text": "late"}])
def test_no_post_is_moved_into_the_past(program: Program, post: str, wish: dict[str, str]) -> None:
    assert program.call("PATCH", f"/posts/{post}", wish).fields == ["at"]
    assert program.get(f"/posts/{post}").body["at"] == AT_UTC


def test_a_post_on_its_way_is_not_changed(program: Program, post: str) -> None:
    Delivery.objects.update(state=State.sending)
    tried = [
        program.call("PATCH", f"/posts/{post}", {"text": "coffee"}),
        program.call("PATCH", f"/posts/{post}", {"at": AT}),
        program.post(f"/posts/{post}/hold"),
        program.post(f"/posts/{post}/cancel"),
        program.call("DELETE", f"/posts/{post}"),
    ]
    assert [(each.status, each.code) for each in tried] == [(409, "conflict")] * 5


def test_a_post_is_held_resumed_cancelled_and_deleted(program: Program, post: str) -> None:
    states = [program.post(f"/posts/{post}/{act}").body["state"] for act in ("hold", "resume", "cancel")]
    assert states == ["held", "scheduled", "cancelled"]
    assert program.call("DELETE", f"/posts/{post}").status == 204
    assert program.get(f"/posts/{post}").status == 404


def test_a_failed_delivery_says_why_and_is_tried_again(program: Program, post: str) -> None:
    error = {"text": "%(host)s refused.", "params": {"host": "tea"}, "code": "E7", "field": "text"}
    Delivery.objects.update(state=State.failed, error=error, look_at=None)
    told = program.get(f"/posts/{post}").body
    assert told["state"] == "failed"
    (delivery,) = told["deliveries"]
    assert delivery["error"] == {"sentence": "tea refused.", "code": "E7", "field": "text"}
    retried = program.post(f"/deliveries/{delivery['id']}/retry").body
    assert (retried["state"], retried["error"]) == ("scheduled", None)
    assert program.post(f"/deliveries/{delivery['id']}/retry").status == 409
    assert program.post(f"/deliveries/{delivery['id']}/take-down").status == 409
    assert program.post(f"/deliveries/{delivery['id']}/settle", {"there": True}).status == 409


def test_a_role_without_the_right_is_refused(alice: Somebody, channel: str) -> None:
    analyst = Program(key_of(alice, Role.analyst))
    answer = analyst.post("/posts", {"text": "tea", "channels": [channel]})
    assert (answer.status, answer.code) == (403, "not_allowed")


def test_the_list_is_newest_first_and_goes_on_page_by_page(program: Program) -> None:
    made = [program.post("/posts", {"text": str(n), "draft": True}).body["id"] for n in range(5)]
    same = Post.objects.get(id=made[1]).created_at
    Post.objects.filter(id=made[2]).update(created_at=same)
    seen, path = [], "/posts?limit=2"
    for _ in range(3):
        page = program.get(path).body
        seen += [post["id"] for post in page["posts"]]
        path = f"/posts?limit=2&before={page['next']}"
    assert page["next"] is None
    assert seen == made[::-1]


def test_the_list_is_narrowed_to_a_shelf(program: Program, post: str) -> None:
    draft = program.post("/posts", {"text": "t", "draft": True}).body["id"]
    shelves = {
        state: [each["id"] for each in program.get(f"/posts?state={state}").body["posts"]]
        for state in ("all", "drafts", "scheduled", "published", "attention")
    }
    assert shelves == {
        "all": [draft, post],
        "drafts": [draft],
        "scheduled": [post],
        "published": [],
        "attention": [],
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [("limit=101", "limit"), ("limit=0", "limit"), ("state=lost", "state"), ("before=x", "before")],
)
def test_a_list_that_cannot_be_is_refused(program: Program, query: str, field: str) -> None:
    answer = program.get(f"/posts?{query}")
    assert (answer.status, answer.code, answer.fields) == (422, "invalid", [field])


def test_a_repeated_request_makes_one_post(program: Program, channel: str) -> None:
    wish, key = {"text": "tea", "channels": [channel], "at": AT}, {"Idempotency-Key": "a-1"}
    first, second = (program.post("/posts", wish, key) for _ in range(2))
    assert (first.status, second.status, second.body) == (201, 201, first.body)
    assert Post.objects.count() == 1
    assert program.post("/posts", wish, {"Idempotency-Key": "a-2"}).body["id"] != first.body["id"]


def test_a_key_that_stands_for_another_request_is_refused(program: Program, channel: str) -> None:
    key = {"Idempotency-Key": "a-1"}
    program.post("/posts", {"text": "tea", "draft": True}, key)
    answer = program.post("/posts", {"text": "coffee", "draft": True}, key)
    assert (answer.status, answer.code) == (409, "conflict")


def test_the_keys_of_two_businesses_do_not_meet(program: Program, stranger: Program) -> None:
    wish, key = {"text": "tea", "draft": True}, {"Idempotency-Key": "a-1"}
    made = {each.post("/posts", wish, key).body["id"] for each in (program, stranger)}
    assert len(made) == 2


def test_a_key_that_is_too_long_is_refused(program: Program) -> None:
    answer = program.post("/posts", {"text": "tea", "draft": True}, {"Idempotency-Key": "a" * 201})
    assert (answer.status, answer.code) == (422, "invalid")


def test_an_id_that_nothing_has_is_not_found(program: Program) -> None:
    answer = program.get(f"/posts/{uuid4()}")
    assert (answer.status, answer.code) == (404, "not_found")


def test_a_thread_is_told_and_changed_part_by_part(program: Program, channel: str) -> None:
    media = program.upload("tea.jpg", picture()).body["id"]
    wish = {"text": "one", "channels": [channel], "at": AT, "thread": [{"text": "two", "media": [media]}]}
    post = program.post("/posts", wish).body
    assert [(each["text"], [shown["id"] for shown in each["media"]]) for each in post["thread"]] == [
        ("two", [media])
    ]
    assert (post["media"], [each["part"] for each in post["deliveries"]]) == ([], [0, 2])
    changed = program.call("PATCH", f"/posts/{post['id']}", {"thread": [{"text": "2"}, {"text": "3"}]}).body
    assert [each["text"] for each in changed["thread"]] == ["2", "3"]
    assert [each["part"] for each in changed["deliveries"]] == [0, 2, 3]
    shorter = program.call("PATCH", f"/posts/{post['id']}", {"thread": []}).body
    assert [each["part"] for each in shorter["deliveries"]] == [0]


def test_a_part_that_is_too_long_is_named(program: Program, channel: str) -> None:
    wish = {"text": "one", "channels": [channel], "thread": [{"text": "two"}, {"text": "x" * 9000}]}
    problems = program.post("/posts", wish).body["error"]["problems"]
    assert {(each["field"], each["part"], each["channel"]) for each in problems} == {("text", 3, channel)}
