"""What is asked of posts from their page, and what is said where somebody else was faster."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from hawker.core.channels.models import Channel
from hawker.core.people.rules import Role
from hawker.core.posts.models import Post
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from hawker.web.posts.tests.ledger import TOO_LONG, send, send_there, take, write
from hawker.web.posts.tests.reading import text_of
from tests.cast import Somebody, colleague, visitor

TOMORROW = timedelta(days=1)


def states() -> set[str]:
    return set(Delivery.objects.values_list("state", flat=True))


def give(somebody: Somebody, post: Post, name: str) -> str:
    path = f"/posts/{post.id}"
    answer = visitor(somebody).post(f"{path}/do/{name}", follow=True, HTTP_REFERER=f"http://testserver{path}")
    assert answer.redirect_chain[-1][0].endswith(path)
    return text_of(answer.content.decode())


def test_a_draft_is_published(alice: Somebody, shop: list[Channel]) -> None:
    assert "On its way." in give(alice, write(alice, shop, draft=True), "publish")
    assert states() == {State.scheduled}


def test_a_draft_that_networks_refuse_goes_to_the_composer(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop, "x" * 900, draft=True)
    answer = visitor(alice).post(f"/posts/{post.id}/do/publish", follow=True)
    assert answer.redirect_chain == [(f"/posts/{post.id}/edit", 302)]
    assert "Too long by" in answer.content.decode()


def test_a_post_is_held_resumed_and_cancelled(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop, at=timezone.now() + TOMORROW)
    give(alice, post, "hold")
    assert states() == {State.held}
    give(alice, post, "resume")
    assert states() == {State.scheduled}
    give(alice, post, "cancel")
    assert states() == {State.cancelled}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("hold", "There is nothing left to hold"),
        ("cancel", "It is too late to cancel"),
        ("resume", "This post is not on hold"),
        ("publish", "This post is scheduled already"),
    ],
)
def test_who_comes_too_late_is_told(alice: Somebody, shop: list[Channel], name: str, sentence: str) -> None:
    post = write(alice, shop)
    send()
    assert sentence in give(alice, post, name)
    assert states() == {State.published}


def test_an_unknown_command_is_not_found(alice: Somebody, shop: list[Channel]) -> None:
    assert visitor(alice).post(f"/posts/{write(alice, shop).id}/do/explode").status_code == 404


def test_a_post_is_moved_on_the_shops_clock(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop, at=timezone.now() + TOMORROW)
    answer = visitor(alice).post(f"/posts/{post.id}/move", {"at": "2031-03-04T09:30"}, follow=True)
    assert "Scheduled for Tue 4 Mar 2031, 09:30 (Asia/Taipei)." in answer.content.decode()
    assert {row.due_at for row in Delivery.objects.all()} == {datetime(2031, 3, 4, 1, 30, tzinfo=UTC)}


def test_a_draft_is_scheduled_there_too(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop, draft=True)
    visitor(alice).post(f"/posts/{post.id}/move", {"at": "2031-03-04T09:30"})
    assert states() == {State.scheduled}


def test_a_draft_with_problems_is_not_scheduled_but_opened(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop, "x" * 900, draft=True)
    answer = visitor(alice).post(f"/posts/{post.id}/move", {"at": "2031-03-04T09:30"})
    assert answer["Location"] == f"/posts/{post.id}/edit"


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("", "This field is required."),
        ("soon", "Choose a day and a time."),
        ("2020-01-01T09:00", "This time has passed."),
    ],
)
def test_a_bad_time_is_said_at_its_field(
    alice: Somebody, shop: list[Channel], at: str, sentence: str
) -> None:
    post = write(alice, shop, at=timezone.now() + TOMORROW)
    answer = visitor(alice).post(f"/posts/{post.id}/move", {"at": at})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page.split('id="id_at_error"')[1]


def test_moving_what_is_gone_is_said(alice: Somebody, shop: list[Channel]) -> None:
    post, client = write(alice, shop), visitor(alice)
    send()
    path = f"/posts/{post.id}/move"
    sent = {"at": "2031-03-04T09:30"}
    answer = client.post(path, sent, follow=True, HTTP_REFERER=f"http://testserver{path}")
    assert "There is nothing left to move" in answer.content.decode()


def test_what_failed_is_tried_again(alice: Somebody, shop: list[Channel]) -> None:
    write(alice, shop)
    send(TOO_LONG)
    for row in Delivery.objects.all():
        visitor(alice).post(f"/posts/deliveries/{row.id}/retry")
    assert states() == {State.scheduled}


def test_what_came_too_late_is_published_moved_or_given_up(alice: Somebody, shop: list[Channel]) -> None:
    post, client = write(alice, shop), visitor(alice)
    Delivery.objects.update(state=State.late, look_at=None)
    page = client.get(f"/posts/{post.id}").content.decode()
    assert f'href="/posts/{post.id}/move"' in page
    now, never = (Delivery.objects.get(channel=channel) for channel in shop[:2])
    for row in (now, never):
        assert f"/posts/deliveries/{row.id}/retry" in page
        assert f"/posts/deliveries/{row.id}/cancel" in page
    client.post(f"/posts/deliveries/{now.id}/retry")
    client.post(f"/posts/deliveries/{never.id}/cancel")
    found = dict(Delivery.objects.order_by().values_list("id", "state"))
    assert (found[now.id], found[never.id]) == (State.scheduled, State.cancelled)


def test_trying_again_what_is_on_its_way_is_said(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop)
    take()
    row = Delivery.objects.first()
    assert row is not None
    path = f"http://testserver/posts/{post.id}"
    answer = visitor(alice).post(f"/posts/deliveries/{row.id}/retry", follow=True, HTTP_REFERER=path)
    assert "This cannot be tried again as it is now." in answer.content.decode()


def test_what_is_too_long_still_is_not_tried_again_but_opened(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop)
    send(TOO_LONG)
    Post.objects.update(text="x" * 900)
    row = Delivery.objects.first()
    assert row is not None
    answer = visitor(alice).post(f"/posts/deliveries/{row.id}/retry")
    assert answer["Location"] == f"/posts/{post.id}/edit"


def test_deleting_asks_first(alice: Somebody, shop: list[Channel]) -> None:
    post, client = write(alice, shop, draft=True), visitor(alice)
    assert "Delete this post?" in client.get(f"/posts/{post.id}/delete").content.decode()
    assert Post.objects.exists()
    assert "Deleted." in client.post(f"/posts/{post.id}/delete", follow=True).content.decode()
    assert not Post.objects.exists()


def test_what_is_published_is_not_deleted(alice: Somebody, shop: list[Channel]) -> None:
    post = write(alice, shop)
    send()
    page = f"http://testserver/posts/{post.id}"
    answer = visitor(alice).post(f"/posts/{post.id}/delete", follow=True, HTTP_REFERER=page)
    assert "Take them off the networks first." in answer.content.decode()
    assert Post.objects.exists()


def test_taking_down_asks_first_and_deletes_at_the_network(
    alice: Somebody, erasable: list[Channel], sandbox: Sandbox
) -> None:
    write(alice, erasable)
    send_there()
    client = visitor(alice)
    for row in Delivery.objects.all():
        path = f"/posts/deliveries/{row.id}/take-down"
        assert "Take it down?" in client.get(path).content.decode()
        assert len(on_networks(sandbox)) > 0
        assert "Taken down." in client.post(path, follow=True).content.decode()
    assert states() == {State.removed}
    assert on_networks(sandbox) == []


def test_a_network_that_does_not_let_it_go_is_heard(
    alice: Somebody, shop: list[Channel], sandbox: Sandbox
) -> None:
    write(alice, shop[:1])
    send_there()
    row = Delivery.objects.get()
    sandbox.networks[shop[0].platform].faults.add(Fault(kind=Kind.error_before, call="any", times=9))
    page = visitor(alice).post(f"/posts/deliveries/{row.id}/take-down", follow=True)
    assert "has a fault just now" in page.content.decode()
    assert states() == {State.published}


def on_networks(sandbox: Sandbox) -> list[str]:
    return [
        seen.text for network in sandbox.networks.values() for seen in network.pretend.published("teashop")
    ]


COMMANDS = ("do/publish", "do/hold", "do/resume", "do/cancel", "move", "delete")


@pytest.mark.parametrize("path", COMMANDS)
def test_who_only_reads_commands_nothing_and_a_stranger_finds_nothing(
    alice: Somebody, charlie: Somebody, shop: list[Channel], path: str
) -> None:
    post = write(alice, shop, at=timezone.now() + TOMORROW)
    reader = colleague(alice, "Anna", Role.analyst)
    sent = {"at": "2031-03-04T09:30"}
    assert visitor(reader).post(f"/posts/{post.id}/{path}", sent).status_code == 403
    assert visitor(charlie).post(f"/posts/{post.id}/{path}", sent).status_code == 404
    assert states() == {State.scheduled}


@pytest.mark.parametrize("path", ["retry", "take-down"])
def test_deliveries_obey_their_own_business_only(
    alice: Somebody, charlie: Somebody, shop: list[Channel], path: str
) -> None:
    write(alice, shop)
    send(TOO_LONG)
    row = Delivery.objects.first()
    assert row is not None
    reader = colleague(alice, "Anna", Role.analyst)
    assert visitor(reader).post(f"/posts/deliveries/{row.id}/{path}").status_code == 403
    assert visitor(charlie).post(f"/posts/deliveries/{row.id}/{path}").status_code == 404
