"""The queue's page: weekly times are added, copied to every channel, dropped; who may not, only reads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hawker.core.channels.models import Channel
from hawker.core.people.rules import Role
from hawker.core.planning.models import Slot
from hawker.core.posts.models import Post
from hawker.core.publishing.models import Delivery
from hawker.web.posts.tests.reading import said_at, text_of, typed
from tests.cast import Somebody, colleague, visitor

QUEUE = "/plan/queue"


def add(somebody: Somebody, channel: Channel, wall: str, *weekdays: int, **more: str) -> str:
    sent = {"wall": wall, "weekdays": [str(day) for day in weekdays], **more}
    return text_of(visitor(somebody).post(f"{QUEUE}/{channel.id}", sent, follow=True).content.decode())


def times(channel: Channel) -> list[str]:
    return [f"{each.weekday} {each.wall:%H:%M}" for each in Slot.objects.filter(channel=channel)]


def test_times_are_added_for_one_channel_or_for_all(alice: Somebody, shop: list[Channel]) -> None:
    page = add(alice, shop[0], "09:00", 0, 4)
    assert "Friday 09:00" in page
    assert "Free next:" in page
    assert times(shop[0]) == ["0 09:00", "4 09:00"]
    assert times(shop[1]) == []
    add(alice, shop[0], "18:30", 4, all="1")
    assert times(shop[0]) == ["0 09:00", "4 09:00", "4 18:30"]
    assert times(shop[1]) == ["4 18:30"]


def test_a_time_is_dropped(alice: Somebody, shop: list[Channel]) -> None:
    add(alice, shop[0], "09:00", 0, 4)
    visitor(alice).post(f"{QUEUE}/{shop[0].id}", {"drop": "4 09:00"})
    assert times(shop[0]) == ["0 09:00"]
    visitor(alice).post(f"{QUEUE}/{shop[0].id}", {"drop": "nonsense"})
    assert times(shop[0]) == ["0 09:00"]


@pytest.mark.parametrize(
    ("wall", "weekdays", "said"),
    [("", (0,), "Choose a time of the day."), ("09:00", (), "Choose at least one day of the week.")],
)
def test_what_is_missing_is_said(
    alice: Somebody, shop: list[Channel], wall: str, weekdays: tuple[int, ...], said: str
) -> None:
    assert said in add(alice, shop[0], wall, *weekdays)
    assert times(shop[0]) == []


def test_who_may_not_publish_sees_the_times_and_changes_none(alice: Somebody, shop: list[Channel]) -> None:
    add(alice, shop[0], "09:00", 0)
    reader = colleague(alice, "Dana", Role.analyst)
    page = visitor(reader).get(QUEUE).content.decode()
    assert "09:00" in page
    assert f"{QUEUE}/{shop[0].id}" not in page
    assert visitor(reader).post(f"{QUEUE}/{shop[0].id}", {"drop": "0 09:00"}).status_code == 403
    assert times(shop[0]) == ["0 09:00"]


def test_a_business_without_channels_is_told_what_to_do(charlie: Somebody) -> None:
    assert "Connect a channel first" in visitor(charlie).get(QUEUE).content.decode()


def test_the_page_asks_as_often_for_one_channel_as_for_all(alice: Somebody, shop: list[Channel]) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            visitor(alice).get(QUEUE)
        return len(caught)

    add(alice, shop[0], "09:00", 0, all="1")
    Channel.objects.exclude(id=shop[0].id).update(state="removed")
    one = count()
    Channel.objects.update(state="connected")
    assert count() == one


def test_the_composer_puts_a_post_into_the_queue(alice: Somebody, shop: list[Channel]) -> None:
    add(alice, shop[0], "09:00", *range(7), all="1")
    sent = {**typed(shop, when="queue"), "key": "01a205c6-0e6f-7b44-a403-9ee4fa253b37"}
    page = visitor(alice).post("/posts/new", sent, follow=True).content.decode()
    assert "In the queue; it goes out" in page
    visitor(alice).post("/posts/new", sent)
    assert Post.objects.count() == 1
    assert len(set(Delivery.objects.values_list("due_at", flat=True))) == 1


def test_a_draft_goes_into_the_queue(alice: Somebody, shop: list[Channel]) -> None:
    add(alice, shop[0], "09:00", *range(7), all="1")
    visitor(alice).post("/posts/new", typed(shop, when="draft"))
    post = Post.objects.get()
    visitor(alice).post(f"/posts/{post.id}/edit", typed(shop, when="queue"))
    assert Delivery.objects.filter(post=post).count() == len(shop)


def test_a_channel_without_times_is_named_at_the_time(alice: Somebody, shop: list[Channel]) -> None:
    add(alice, shop[0], "09:00", 0)
    answer = visitor(alice).post("/posts/new", typed(shop, when="queue"))
    assert answer.status_code == 422
    assert f"{shop[1].handle} has no weekly times yet." in said_at(answer, "at")
    assert not Post.objects.exists()
