"""Is this post on your page? The page on which an owner says what Hawker cannot find out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hawker.core.channels.models import Channel
from hawker.core.media import actions as media
from hawker.core.people.rules import Role
from hawker.core.publishing import pauses, queries
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.web.posts.tests.ledger import GONE, HIDDEN, LOST, look, send, write
from hawker.web.posts.tests.reading import text_of
from tests.cast import Somebody, colleague, visitor
from tests.pictures import jpeg

NO_ADDRESSES = ["ftp://x.example/1", "javascript:alert(1)", "https://", "https://[x"]
SETTLED = "There is nothing to answer here any more."


@pytest.fixture
def asked(alice: Somebody, shop: list[Channel]) -> Delivery:
    """A post with a picture and a first comment, whose answer was lost where nobody can look."""
    picture = media.add(alice.actor, "bao.jpg", jpeg()).id
    write(alice, shop[:1], "Fresh bao", comment="Until eight.", pictures=(picture,))
    send(LOST)
    look(HIDDEN, timezone.now() + timedelta(minutes=1))
    return Delivery.objects.select_related("channel", "post").get(part=0)


def path(row: Delivery) -> str:
    return f"/posts/deliveries/{row.id}/is-it-there"


def state(row: Delivery) -> str:
    return Delivery.objects.get(id=row.id).state


def test_the_page_shows_what_was_sent_and_where_to_look(asked: Delivery, alice: Somebody) -> None:
    client = visitor(alice)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(path(asked)).content.decode()
    assert len(queries) <= 8
    text = text_of(page)
    assert "Is this post on your page?" in text
    assert f"Open the page of {asked.channel.handle}" in text
    assert f'href="{asked.channel.url}"' in page
    assert "Nobody can look there. Code: hidden" in text
    assert "Fresh bao" in text
    assert f"/media/{asked.post.attachments.get().media_id}/small" in page
    assert "It is there" in text
    assert "It is not there: send it" in text


def test_lists_and_the_posts_page_lead_to_it(asked: Delivery, alice: Somebody) -> None:
    client = visitor(alice)
    for page in (f"/posts/{asked.post_id}", "/posts/?shelf=attention", "/posts/"):
        assert f'href="{path(asked)}"' in client.get(page).content.decode()


def test_it_is_there_with_its_address(asked: Delivery, alice: Somebody) -> None:
    url = "https://network.example/@tea/1"
    answer = visitor(alice).post(path(asked), {"found": "there", "url": f" {url} "}, follow=True)
    row = Delivery.objects.get(id=asked.id)
    assert (row.state, row.url, row.remote_id) == (State.published, url, "")
    comment = Delivery.objects.get(part=1)
    reason = queries.reason_of(comment)
    assert (comment.state, reason and reason.code) == (State.failed, "nowhere")
    page = answer.content.decode()
    assert f'href="{url}"' in page
    assert "/take-down" not in page


def test_it_is_there_without_an_address(asked: Delivery, alice: Somebody) -> None:
    visitor(alice).post(path(asked), {"found": "there", "url": ""})
    row = Delivery.objects.get(id=asked.id)
    assert (row.state, row.url) == (State.published, "")


@pytest.mark.parametrize("url", [*NO_ADDRESSES, "https://x.example/" + "x" * 1000])
def test_what_is_no_address_is_refused_at_its_field(asked: Delivery, alice: Somebody, url: str) -> None:
    answer = visitor(alice).post(path(asked), {"found": "there", "url": url})
    assert answer.status_code == 422
    assert "This is not the address of a web page." in answer.content.decode()
    assert state(asked) == State.unknown


def test_it_is_not_there_and_goes_out_again(asked: Delivery, alice: Somebody) -> None:
    client = visitor(alice)
    answer = client.post(path(asked), {"found": "absent", "url": "https://typed.by.mistake"}, follow=True)
    assert "On its way." in answer.content.decode()
    row = Delivery.objects.get(id=asked.id)
    assert (row.state, row.url) == (State.scheduled, "")
    send(GONE)
    assert state(asked) == State.published


def test_what_is_not_there_waits_while_publishing_is_on_hold(asked: Delivery, alice: Somebody) -> None:
    pauses.hold_all(alice.actor)
    answer = visitor(alice).post(path(asked), {"found": "absent"}, follow=True)
    assert "It waits: publishing is on hold." in answer.content.decode()


def test_what_somebody_else_has_settled_is_said(asked: Delivery, alice: Somebody, bob: Somebody) -> None:
    visitor(bob).post(path(asked), {"found": "there"})
    client = visitor(alice)
    page = text_of(client.get(path(asked)).content.decode())
    assert SETTLED in page
    assert "Published" in page
    assert "It is not there" not in page
    answer = client.post(path(asked), {"found": "absent"}, follow=True)
    assert SETTLED in text_of(answer.content.decode())
    assert state(asked) == State.published


def test_nobody_is_asked_while_hawker_can_still_look(alice: Somebody, shop: list[Channel]) -> None:
    write(alice, shop[:1])
    send(LOST)
    row, client = Delivery.objects.get(), visitor(alice)
    assert "Looking whether it is there" in text_of(client.get(path(row)).content.decode())
    client.post(path(row), {"found": "absent"})
    assert state(row) == State.unknown


def test_a_comments_page_leads_to_the_post_it_belongs_under(alice: Somebody, shop: list[Channel]) -> None:
    write(alice, shop[:1], comment="Until eight.")
    send(GONE)
    send(LOST)
    look(HIDDEN, timezone.now() + timedelta(minutes=1))
    page = visitor(alice).get(path(Delivery.objects.get(part=1))).content.decode()
    assert "Until eight." in page
    assert 'href="https://network.example/1"' in page


def test_who_only_reads_sees_the_question_and_cannot_answer_it(asked: Delivery, alice: Somebody) -> None:
    reader = visitor(colleague(alice, "Rita", Role.analyst))
    assert 'name="found"' not in reader.get(path(asked)).content.decode()
    assert reader.post(path(asked), {"found": "there"}).status_code == 403


def test_another_answer_than_these_two_is_none(asked: Delivery, alice: Somebody) -> None:
    assert visitor(alice).post(path(asked), {"found": "perhaps"}).status_code == 404


def test_a_stranger_finds_no_such_page(asked: Delivery, charlie: Somebody, client: Client) -> None:
    assert visitor(charlie).get(path(asked)).status_code == 404
    assert visitor(charlie).post(path(asked), {"found": "absent"}).status_code == 404
    assert client.get(path(asked)).status_code == 302
