"""Posts that come back, on their pages: made in the composer, listed, changed, paused, ended."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hawker.connect.text import say
from hawker.core.channels.models import Channel
from hawker.core.people.rules import Role
from hawker.core.planning.models import Recurrence
from hawker.core.planning.rules import Kind, Rhythm
from hawker.core.posts.models import Post
from hawker.web.planning import rhythms
from hawker.web.posts.tests.reading import said_at, text_of, typed
from tests.cast import Somebody, colleague, visitor

RULE = {"when": "repeat", "kind": "weekly", "weekdays": ["0", "4"], "wall": "09:00"}


def rule(shop: list[Channel], **changes: object) -> dict[str, object]:
    return {**typed(shop), **RULE, "start": timezone.now().date().isoformat(), **changes}


@pytest.fixture
def row(alice: Somebody, shop: list[Channel]) -> Recurrence:
    visitor(alice).post("/posts/new", rule(shop))
    return Recurrence.objects.get()


def test_the_composer_makes_a_post_come_back_once_however_often_it_is_sent(
    alice: Somebody, shop: list[Channel]
) -> None:
    sent = rule(shop, key="01a205c6-0e6f-7b44-a403-9ee4fa253b37")
    page = text_of(visitor(alice).post("/posts/new", sent, follow=True).content.decode())
    assert "Every Monday, Friday · 09:00" in page
    visitor(alice).post("/posts/new", sent)
    found = Recurrence.objects.get()
    assert (found.weekdays, found.wall, found.until, found.count) == ([0, 4], time(9), None, None)
    assert Post.objects.count() == 4


@pytest.mark.parametrize(
    ("changes", "slot", "said"),
    [
        ({"weekdays": []}, "weekdays", "Choose at least one day of the week."),
        ({"wall": ""}, "wall", "Choose a time of the day."),
        ({"start": "soon"}, "start", "Choose a day."),
        ({"until": "2020-01-01"}, "until", "It ends before it begins."),
        ({"count": "0"}, "count", "It comes at least once."),
        ({"count": "many"}, "count", "Write a number."),
        ({"kind": "monthly", "day": "32"}, "day", "from 1 to 31"),
        ({"kind": "hourly"}, "kind", "Choose how it comes back."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    alice: Somebody, shop: list[Channel], changes: dict[str, object], slot: str, said: str
) -> None:
    for path in ("/posts/check", "/posts/new"):
        assert said in said_at(visitor(alice).post(path, rule(shop, **changes)), slot)
    assert not Recurrence.objects.exists()


def test_the_editor_holds_the_rule_and_changes_what_is_to_come(
    alice: Somebody, shop: list[Channel], row: Recurrence
) -> None:
    page = visitor(alice).get(f"/posts/repeats/{row.id}/edit").content.decode()
    assert 'name="wall" value="09:00"' in page
    assert '<input type="hidden" name="when" value="repeat">' in page
    assert ">Fresh bao today</textarea>" in page
    visitor(alice).post(f"/posts/repeats/{row.id}/edit", rule(shop, text="Bao again", weekdays=["4"]))
    assert set(Post.objects.values_list("text", flat=True)) == {"Bao again"}
    assert Post.objects.count() == 2


def test_a_refused_change_keeps_what_was_typed(alice: Somebody, shop: list[Channel], row: Recurrence) -> None:
    answer = visitor(alice).post(f"/posts/repeats/{row.id}/edit", rule(shop, text="x" * 9000))
    assert answer.status_code == 422
    assert "Too long by" in said_at(answer, "text")
    assert f'action="/posts/repeats/{row.id}/edit"' in answer.content.decode()


def test_it_is_paused_resumed_and_ended_on_its_page(alice: Somebody, row: Recurrence) -> None:
    client, path = visitor(alice), f"/plan/repeats/{row.id}"
    client.post(f"{path}/do/pause")
    assert "Paused" in client.get("/plan/repeats").content.decode()
    assert not Post.objects.exists()
    client.post(f"{path}/do/resume")
    assert Post.objects.count() == 4
    assert client.post(f"{path}/do/dance").status_code == 404
    assert "taken back" in client.get(f"{path}/end").content.decode()
    client.post(f"{path}/end")
    assert client.get(path).status_code == 404
    assert "Nothing comes back yet" in client.get("/plan/repeats").content.decode()


def test_a_post_that_was_changed_by_itself_says_so(alice: Somebody, row: Recurrence) -> None:
    one = Post.objects.order_by("planned_at")[0]
    Post.objects.filter(id=one.id).update(text="Holiday bao")
    assert "changed by itself" in visitor(alice).get(f"/plan/repeats/{row.id}").content.decode()


def test_trouble_is_told_on_the_page(alice: Somebody, row: Recurrence) -> None:
    said = say("Choose at least one channel.")
    Recurrence.objects.update(error={"text": said.text, "params": {}})
    page = text_of(visitor(alice).get(f"/plan/repeats/{row.id}").content.decode())
    assert "Its next posts could not be made: Choose at least one channel." in page


def test_who_only_reads_sees_it_and_changes_nothing(alice: Somebody, row: Recurrence) -> None:
    client = visitor(colleague(alice, "Dana", Role.analyst))
    page = client.get(f"/plan/repeats/{row.id}").content.decode()
    assert "/do/pause" not in page
    assert client.post(f"/plan/repeats/{row.id}/do/pause").status_code == 403
    assert client.get(f"/plan/repeats/{row.id}/end").status_code == 403
    assert client.get(f"/posts/repeats/{row.id}/edit").status_code == 403


def test_the_list_asks_as_often_for_three_as_for_one(
    alice: Somebody, shop: list[Channel], row: Recurrence
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            visitor(alice).get("/plan/repeats")
        return len(caught)

    one = count()
    for _ in range(2):
        visitor(alice).post("/posts/new", rule(shop))
    assert Recurrence.objects.count() == 3
    assert count() == one


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        (Rhythm(kind=Kind.daily, wall=time(9), start=date.min), "Every day · 09:00"),
        (
            Rhythm(kind=Kind.weekdays, wall=time(9), start=date.min, count=1),
            "Monday to Friday · 09:00 · 1 time",
        ),
        (
            Rhythm(kind=Kind.weekly, wall=time(9), start=date.min, weekdays=frozenset({0, 2, 4}), count=3),
            "Every Mon, Wed, Fri · 09:00 · 3 times",
        ),
        (
            Rhythm(kind=Kind.monthly, wall=time(9), start=date.min, day=5, until=date(2027, 1, 1)),
            "Every month on the 5. · 09:00 · until 2027-01-01",
        ),
        (
            Rhythm(kind=Kind.monthly, wall=time(18, 30), start=date.min, day=31),
            "On the last day of every month · 18:30",
        ),
    ],
)
def test_a_rhythm_is_said_in_words(rhythm: Rhythm, words: str) -> None:
    assert rhythms.words(rhythm) == words
