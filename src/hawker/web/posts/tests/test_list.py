"""The list of posts: shelves, rows, pages, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.people.rules import Role
from hawker.core.publishing.queries import Shelf
from hawker.web.posts.tests.ledger import TOO_LONG, send, write
from hawker.web.posts.tests.reading import text_of
from tests.cast import Somebody, colleague, visitor
from tests.pictures import jpeg


def shelf(somebody: Somebody, name: str) -> str:
    return visitor(somebody).get(f"/posts/?shelf={name}").content.decode()


def test_each_post_stands_on_its_shelves_and_the_tabs_count(alice: Somebody, shop: list[Channel]) -> None:
    write(alice, shop, "gone")
    send()
    write(alice, shop, "failed")
    send(TOO_LONG)
    write(alice, shop, "idea", draft=True)
    write(alice, shop, "tomorrow", at=timezone.now() + timedelta(days=1))
    shown = {
        name: {
            text for text in ("gone", "failed", "idea", "tomorrow") if f">{text}</a>" in shelf(alice, name)
        }
        for name in Shelf
    }
    assert shown == {
        Shelf.all: {"gone", "failed", "idea", "tomorrow"},
        Shelf.drafts: {"idea"},
        Shelf.scheduled: {"tomorrow"},
        Shelf.published: {"gone"},
        Shelf.attention: {"failed"},
    }
    assert "All 4 Needs you 1 Drafts 1 Scheduled 1 Published 1" in text_of(shelf(alice, "all"))


def test_three_posts_cost_as_many_queries_as_one(alice: Somebody, commentable: list[Channel]) -> None:
    client, counted = visitor(alice), []
    picture = media.add(alice.actor, "tea.jpg", jpeg()).id
    for number in (1, 2):
        for _ in range(number):
            write(alice, commentable, pictures=(picture,), comment="Till eight")
            write(alice, commentable, pictures=(picture,), draft=True)
        for name in Shelf:
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/posts/?shelf={name}")
            counted.append(len(queries))
    assert counted[:5] == counted[5:]
    assert max(counted) <= 8


def test_a_row_shows_text_picture_channels_and_the_shops_time(
    alice: Somebody, gallery: list[Channel]
) -> None:
    ids = tuple(media.add(alice.actor, f"{name}.jpg", jpeg()).id for name in "ab")
    at = timezone.now().replace(month=6, day=1, hour=2, minute=30) + timedelta(days=365)
    write(alice, gallery, "Dragon boats", at=at, pictures=ids)
    page = shelf(alice, "all")
    assert f"/media/{ids[0]}/small" in page
    assert str(ids[1]) not in page
    assert f"{at:%Y}, 10:30" in text_of(page)
    for channel in gallery:
        assert f'title="{channel.handle}: Goes out' in page


def test_what_is_scheduled_comes_in_the_order_in_which_it_goes_out(
    alice: Somebody, shop: list[Channel]
) -> None:
    for text, days in (("second", 2), ("third", 3), ("first", 1)):
        write(alice, shop, text, at=timezone.now() + timedelta(days=days))
    page = shelf(alice, "scheduled")
    assert page.index(">first<") < page.index(">second<") < page.index(">third<")


def test_a_long_list_comes_in_pages_of_25(alice: Somebody, shop: list[Channel]) -> None:
    for number in range(27):
        write(alice, shop[:1], f"post {number:02}", draft=True)
    client = visitor(alice)
    first = client.get("/posts/?shelf=drafts").content.decode()
    second = client.get("/posts/?shelf=drafts&page=2").content.decode()
    assert first.count('class="post-link"') == 25
    assert second.count('class="post-link"') == 2
    assert ">post 00<" in second
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


@pytest.mark.parametrize("name", ["all", "drafts", "scheduled", "published", "attention", "nonsense"])
def test_an_empty_shelf_says_what_to_do(alice: Somebody, name: str) -> None:
    page = shelf(alice, name)
    assert 'class="empty-title"' in page
    assert 'href="/posts/new"' in page


def test_who_only_reads_is_offered_no_composer(alice: Somebody, shop: list[Channel]) -> None:
    write(alice, shop, draft=True)
    assert 'href="/posts/new"' not in shelf(colleague(alice, "Anna", Role.analyst), "all")


def test_a_stranger_sees_none_of_it(alice: Somebody, charlie: Somebody, shop: list[Channel]) -> None:
    write(alice, shop, "secret recipe")
    assert "secret recipe" not in shelf(charlie, "all")


def test_an_approver_sees_the_posts_of_others(alice: Somebody, shop: list[Channel]) -> None:
    write(alice, shop, "for approval", draft=True)
    assert "for approval" in shelf(colleague(alice, "Ada", Role.approver), "drafts")
