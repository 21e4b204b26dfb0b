"""Holding everything or one channel on the pages, the bar meanwhile, and letting it go on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hawker.core.channels.models import Channel
from hawker.core.people.rules import Role
from hawker.core.publishing import pauses
from hawker.core.publishing.models import Delivery, Pause
from hawker.core.publishing.states import State
from hawker.web.posts.holding import SHOWN
from hawker.web.posts.tests.ledger import write
from hawker.web.posts.tests.reading import text_of, typed
from tests.cast import Somebody, colleague, visitor


def page(somebody: Somebody, path: str) -> str:
    return visitor(somebody).get(path).content.decode()


def ago(minutes: int) -> None:
    at = timezone.now() - timedelta(minutes=minutes)
    Delivery.objects.update(due_at=at, look_at=at)


def test_everything_is_held_and_every_page_says_so(alice: Somebody, shop: list[Channel]) -> None:
    client = visitor(alice)
    assert 'href="/posts/hold"' in page(alice, "/posts/")
    assert "Hold everything?" in page(alice, "/posts/hold")
    answer = client.post("/posts/hold", {"reason": "A recall"}, follow=True)
    assert "On hold. Nothing goes out until somebody resumes it." in answer.content.decode()
    for path in ("/posts/", "/posts/new", "/channels/", "/settings/people"):
        text = text_of(page(alice, path))
        assert "Publishing is on hold Since" in text
        assert ", by Alice. A recall" in text
        assert 'href="/posts/resume"' in page(alice, path)
    assert 'href="/posts/hold"' not in page(alice, "/posts/")


def test_a_stranger_sees_no_bar(alice: Somebody, charlie: Somebody) -> None:
    pauses.hold_all(alice.actor)
    assert "on hold" not in page(charlie, "/posts/")


def test_the_bar_costs_no_query(alice: Somebody, shop: list[Channel]) -> None:
    client, counted = visitor(alice), []
    write(alice, shop)
    for hold in (False, True):
        if hold:
            pauses.hold_all(alice.actor)
            pauses.hold_all(alice.actor, shop[0].id)
        for path in ("/posts/", "/channels/", "/settings/people"):
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counted.append(len(queries))
    assert counted[:3] == counted[3:]
    assert max(counted) <= 8


def test_a_channel_is_held_and_the_bar_names_it(alice: Somebody, shop: list[Channel]) -> None:
    client, channel = visitor(alice), shop[0]
    assert f'href="/posts/hold/{channel.id}"' in page(alice, "/channels/")
    client.post(f"/posts/hold/{channel.id}", {"reason": ""})
    listed = page(alice, "/channels/")
    assert f"Publishing to {channel.handle} is on hold" in text_of(listed)
    assert f'href="/posts/resume/{channel.id}"' in listed
    assert f'href="/posts/hold/{channel.id}"' not in listed
    assert f'href="/posts/hold/{shop[1].id}"' in listed
    client.post(f"/posts/hold/{shop[1].id}", {"reason": ""})
    assert "Publishing to 2 channels is on hold" in text_of(page(alice, "/posts/"))
    client.post(f"/posts/resume/{channel.id}")
    assert Pause.objects.filter(ended_at=None).get().channel == shop[1]


def test_a_reason_that_is_too_long_is_refused_at_its_field(alice: Somebody) -> None:
    answer = visitor(alice).post("/posts/hold", {"reason": "x" * 301})
    assert answer.status_code == 422
    assert "Say it in 300 characters at most." in answer.content.decode()


def test_a_post_on_hold_says_so_and_when_it_was_planned(alice: Somebody, shop: list[Channel]) -> None:
    pauses.hold_all(alice.actor)
    late = write(alice, shop)
    later = write(alice, shop, at=timezone.now() + timedelta(days=2))
    assert "Publishing is on hold; waits since" in text_of(page(alice, f"/posts/{late.id}"))
    assert "Publishing is on hold; planned for" in text_of(page(alice, f"/posts/{later.id}"))
    listed = text_of(page(alice, "/posts/"))
    assert "Scheduled 2" in listed
    assert "On hold" in listed
    assert 'hx-trigger="every 30s"' in page(alice, f"/posts/{late.id}")


def test_a_post_that_is_sent_while_on_hold_waits_and_says_so(alice: Somebody, shop: list[Channel]) -> None:
    pauses.hold_all(alice.actor)
    client, waits = visitor(alice), "It waits: publishing is on hold."
    assert waits in client.post("/posts/new", typed(shop), follow=True).content.decode()
    draft = write(alice, shop, draft=True)
    assert waits in client.post(f"/posts/{draft.id}/do/publish", follow=True).content.decode()
    Delivery.objects.update(state=State.failed)
    row = Delivery.objects.filter(post=draft).first()
    assert row is not None
    assert waits in client.post(f"/posts/deliveries/{row.id}/retry", follow=True).content.decode()


def test_what_piled_up_is_seen_before_it_goes_on(alice: Somebody, shop: list[Channel]) -> None:
    pauses.hold_all(alice.actor, reason="A recall")
    write(alice, shop[:1], "first", comment="Until eight.")
    write(alice, shop[:1], "second")
    ago(minutes=30)
    write(alice, shop[:1], "tomorrow", at=timezone.now() + timedelta(days=1))
    seen = page(alice, "/posts/resume")
    assert seen.index(">first<") < seen.index(">second<")
    assert "tomorrow" not in seen
    assert "five minutes apart" in text_of(seen)
    client = visitor(alice)
    answer = client.post("/posts/resume", follow=True)
    told = "Publishing goes on. 3 posts go out one after the other, the first at"
    assert told in answer.content.decode()
    assert "on hold" not in answer.content.decode()


def test_single_posts_are_cancelled_first(alice: Somebody, shop: list[Channel]) -> None:
    pauses.hold_all(alice.actor)
    for text in ("kept", "spared"):
        write(alice, shop[:1], text)
    row, client = Delivery.objects.get(post__text="spared"), visitor(alice)
    answer = client.post("/posts/resume", {"cancel": str(row.id)}, follow=True)
    assert f"Cancelled for {shop[0].handle}." in answer.content.decode()
    assert ">spared<" not in answer.content.decode()
    assert ">kept<" in answer.content.decode()
    assert Pause.objects.get().ended_at is None
    assert client.post("/posts/resume", {"cancel": "nonsense"}).status_code == 404


def test_what_is_too_late_is_said_before_and_needs_her_afterwards(
    alice: Somebody, shop: list[Channel]
) -> None:
    pauses.hold_all(alice.actor)
    write(alice, shop, "Lunch menu")
    ago(minutes=150)
    text = text_of(page(alice, "/posts/resume"))
    assert f"{len(shop)} posts are more than 2 hours late by their turn" in text
    assert text.count("Too late: asks you") == len(shop)
    answer = visitor(alice).post("/posts/resume", follow=True)
    assert answer.redirect_chain[-1][0] == "/posts/?shelf=attention"
    shown = text_of(answer.content.decode())
    assert f"{len(shop)} posts are past your limit of lateness and were not sent." in shown
    assert shown.count("Missed its time Decide what becomes of it") == len(shop)


def test_an_editor_sees_what_waits_but_cannot_let_it_go_on(
    alice: Somebody, bob: Somebody, shop: list[Channel]
) -> None:
    somebody = colleague(alice, "Edda", Role.editor)
    visitor(somebody).post("/posts/hold", {"reason": ""})
    write(alice, shop)
    seen = page(somebody, "/posts/resume")
    assert 'id="go-on"' not in seen
    assert "Only an owner, a manager or an approver can resume it." in text_of(seen)
    assert "See what waits" in page(somebody, "/channels/")
    assert visitor(somebody).post("/posts/resume").status_code == 403


def test_who_only_reads_holds_nothing(alice: Somebody, shop: list[Channel]) -> None:
    reader = colleague(alice, "Rita", Role.analyst)
    for path in ("/posts/", "/channels/"):
        assert "/posts/hold" not in page(reader, path)
    for path in ("/posts/hold", f"/posts/hold/{shop[0].id}"):
        assert visitor(reader).get(path).status_code == 403
        assert visitor(reader).post(path).status_code == 403
    assert not Pause.objects.exists()


@pytest.mark.parametrize("what", ["hold", "resume"])
def test_a_strangers_channel_is_not_there(charlie: Somebody, shop: list[Channel], what: str) -> None:
    assert visitor(charlie).post(f"/posts/{what}/{shop[0].id}").status_code == 404
    assert not Pause.objects.exists()


def test_what_was_held_by_itself_stays_so_and_that_is_said(alice: Somebody, shop: list[Channel]) -> None:
    pauses.hold_all(alice.actor)
    stays = "Channels that were put on hold one by one stay on hold."
    assert stays not in page(alice, "/posts/resume")
    pauses.hold_all(alice.actor, shop[0].id)
    assert stays in page(alice, "/posts/resume")
    visitor(alice).post("/posts/resume")
    assert f"Publishing to {shop[0].handle} is on hold" in text_of(page(alice, "/posts/"))


def test_letting_go_on_what_goes_on_already_is_said(alice: Somebody) -> None:
    assert "Publishing is not on hold" in page(alice, "/posts/resume")
    answer = visitor(alice).post("/posts/resume", HTTP_REFERER="http://testserver/posts/resume", follow=True)
    assert "Publishing is not on hold here (any more)." in answer.content.decode()


def test_a_long_row_is_cut_counted_and_costs_as_many_queries(alice: Somebody, shop: list[Channel]) -> None:
    pauses.hold_all(alice.actor)
    client, counted = visitor(alice), []
    for number in (1, SHOWN + 1):
        for _ in range(number):
            write(alice, shop[:1])
        with CaptureQueriesContext(connection) as queries:
            seen = client.get("/posts/resume").content.decode()
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 8
    assert seen.count('class="release"') == SHOWN
    assert "and 2 more, behind these" in text_of(seen)
