"""It is your turn to post: the page from which an owner takes along what no program may post."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hawker.connect.registry import platform
from hawker.core.channels.models import Channel
from hawker.core.media import renditions
from hawker.core.notices import telling
from hawker.core.notices.models import Notice
from hawker.core.people.rules import Role
from hawker.core.publishing import actions, handing
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.web.posts.tests.reading import text_of
from tests.cast import Somebody, colleague, visitor
from tests.handing.conftest import diary, handed, post
from tests.handing.scene import (
    COMMENT,
    TEXT,
    URL,
    foreign_picture,
    hand_over,
    leader,
    lines,
    picture,
    writing,
)

__all__ = ["diary", "handed", "post"]
SHARED = f"Bao 今天的包子 {URL} 複製後打開 App 查看"
SETTLED = "Nothing waits for you here now."


def path(row: Delivery) -> str:
    return f"/posts/deliveries/{row.id}/hand-off"


def state(row: Delivery) -> str:
    return Delivery.objects.get(id=row.id).state


def test_the_page_shows_all_that_she_takes_along(handed: Delivery, alice: Somebody) -> None:
    client = visitor(alice)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(path(handed)).content.decode()
    assert len(queries) <= 8
    text = text_of(page)
    for shown in ("It is your turn to post", TEXT, COMMENT, "Save 1.jpg", "640 × 480"):
        assert shown in text
    for copied in ('data-copy="text-0"', 'data-copy="text-1"', 'value="A basket of bao"'):
        assert copied in page
    assert page.count('value="Bao"') == len(lines(handed.channel))
    (item,) = handing.task(alice.actor, handed.id).pieces[0].items
    assert f'href="{path(handed)}/{item.medium.id}" download="1.jpg"' in page
    assert f'href="{handed.channel.url}"' in page


def test_it_asks_no_more_of_the_database_for_more_pictures(
    alice: Somebody, diary: Channel, post: object
) -> None:
    many = actions.compose(alice.actor, writing(diary, *(picture(alice) for _ in range(3)), comment=COMMENT))
    hand_over()
    counts = []
    for row in Delivery.objects.filter(state=State.handed).order_by("post__created_at"):
        with CaptureQueriesContext(connection) as queries:
            visitor(alice).get(path(row))
        counts.append(len(queries))
    assert Delivery.objects.filter(post=many, state=State.handed).exists()
    assert len(set(counts)) == 1


def test_lists_the_posts_page_and_the_notice_lead_to_it(handed: Delivery, alice: Somebody) -> None:
    telling.tell(timezone.now())
    client = visitor(alice)
    for page in (f"/posts/{handed.post_id}", "/posts/?shelf=attention", "/posts/"):
        assert f'href="{path(handed)}"' in client.get(page).content.decode()
    assert client.get(f"/notices/{Notice.objects.get().id}").headers["Location"] == path(handed)


def test_a_picture_is_saved_as_its_network_wants_it(alice: Somebody, diary: Channel) -> None:
    foreign = foreign_picture(alice)
    actions.compose(alice.actor, writing(diary, foreign))
    hand_over()
    row = Delivery.objects.get()
    (piece,) = handing.task(alice.actor, row.id).pieces
    (item,) = piece.items
    assert (item.medium.content_type, item.content_type) == ("image/webp", "image/jpeg")
    (shape,) = platform(diary.platform).shapes(piece.draft, platform(diary.platform).limits)
    renditions.fitted(item.medium, shape, threading.Event())
    answer = visitor(alice).get(f"{path(row)}/{foreign.media}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("typed", [f" {URL} ", SHARED, SHARED.replace(" 複製", "，複製"), f"【{URL}】"])
def test_done_with_the_link_as_apps_share_it(handed: Delivery, alice: Somebody, typed: str) -> None:
    answer = visitor(alice).post(path(handed), {"url": typed}, follow=True)
    row = Delivery.objects.get(id=handed.id)
    assert (row.state, row.url) == (State.published, URL)
    page = answer.content.decode()
    assert "Noted: it is posted." in page
    assert f'href="{URL}"' in page
    assert "/take-down" not in page


@pytest.mark.parametrize("typed", ["ftp://x.example/1", "javascript:alert(1)", "tea", f"{URL} {URL}2"])
def test_what_is_no_link_is_refused_at_its_field(handed: Delivery, alice: Somebody, typed: str) -> None:
    answer = visitor(alice).post(path(handed), {"url": typed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This is not the address of a web page." in page
    assert TEXT in page
    assert state(handed) == State.handed


def test_who_presses_second_is_shown_how_it_stands(handed: Delivery, alice: Somebody, bob: Somebody) -> None:
    visitor(bob).post(path(handed), {"url": URL})
    answer = visitor(alice).post(path(handed), {"url": f"{URL}2"}, follow=True)
    page = text_of(answer.content.decode())
    assert SETTLED in page
    assert "Published" in page
    assert "Done, it is posted" not in page
    assert Delivery.objects.get(id=handed.id).url == URL


def test_she_may_leave_it(handed: Delivery, alice: Somebody) -> None:
    page = visitor(alice).get(path(handed)).content.decode()
    assert f'action="/posts/deliveries/{handed.id}/cancel"' in page
    visitor(alice).post(f"/posts/deliveries/{handed.id}/cancel")
    assert state(handed) == State.cancelled
    assert SETTLED in text_of(visitor(alice).get(path(handed)).content.decode())


def test_who_only_reads_sees_it_and_cannot_say_that_it_is_done(handed: Delivery, alice: Somebody) -> None:
    reader = visitor(colleague(alice, "Rita", Role.analyst))
    page = reader.get(path(handed)).content.decode()
    assert TEXT in page
    assert "Done, it is posted" not in page
    assert reader.post(path(handed), {"url": URL}).status_code == 403


def test_a_stranger_finds_no_such_page_and_no_such_picture(
    handed: Delivery, alice: Somebody, charlie: Somebody, client: Client
) -> None:
    (item,) = handing.task(alice.actor, handed.id).pieces[0].items
    for address in (path(handed), f"{path(handed)}/{item.medium.id}"):
        assert visitor(charlie).get(address).status_code == 404
        assert client.get(address).status_code == 302
    assert visitor(charlie).post(path(handed), {"url": URL}).status_code == 404
    assert state(handed) == State.handed


def test_a_picture_of_another_post_is_not_given_out_here(
    handed: Delivery, alice: Somebody, charlie: Somebody
) -> None:
    other = picture(alice)
    assert visitor(alice).get(f"{path(handed)}/{other.media}").status_code == 404


def test_of_what_hawker_posts_itself_nothing_is_laid_out(alice: Somebody, shop: list[Channel]) -> None:
    sent = actions.compose(alice.actor, writing(shop[0]))
    page = text_of(visitor(alice).get(path(leader(sent))).content.decode())
    assert SETTLED in page
    assert TEXT not in page


def test_what_the_network_said_when_it_refused_programs_is_told(handed: Delivery, alice: Somebody) -> None:
    reason = {"text": "Only by hand.", "params": {}, "code": "48", "field": ""}
    Delivery.objects.filter(id=handed.id).update(error=reason)
    assert "Only by hand." in text_of(visitor(alice).get(path(handed)).content.decode())


def test_a_channel_to_which_no_program_may_post_says_so(alice: Somebody, diary: Channel) -> None:
    said = "lets no program post to this account"
    assert said in text_of(visitor(alice).get("/channels/").content.decode())
    Channel.objects.update(limits={**diary.limits, "by_hand": False})
    assert said not in text_of(visitor(alice).get("/channels/").content.decode())
