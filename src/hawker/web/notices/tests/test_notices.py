"""The bell, the list, the way from a notice to what it is about, and what a person wants."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hawker.core.channels.actions import mark_signed_out
from hawker.core.channels.models import Channel
from hawker.core.notices import queries, telling
from hawker.core.notices.models import Letter, Notice
from hawker.core.notices.rules import Kind, LetterState
from hawker.core.people.models import Membership
from hawker.core.people.rules import Role
from hawker.core.publishing import actions as publishing
from hawker.core.publishing.models import Delivery
from tests.cast import Somebody, visitor
from tests.notices.scene import seen, stand, unread, write


def page(client: Client, name: str = "notices:list", **query: str) -> str:
    return client.get(reverse(name), query).content.decode()


def tell(alice: Somebody, channel: Channel, text: str = "Fresh oolong", kind: Kind = Kind.late) -> Notice:
    stand(write(alice, [channel], text), kind)
    telling.tell(timezone.now())
    return Notice.objects.order_by("-id")[0]


@pytest.fixture
def notice(alice: Somebody, shop: list[Channel]) -> Notice:
    return tell(alice, shop[0])


def test_the_bell_on_every_page_counts_what_waits(alice: Somebody, notice: Notice) -> None:
    client = visitor(alice)
    for name in ("posts:list", "channels:list", "settings:business"):
        assert '<span class="bell-count" aria-hidden="true">1</span>' in page(client, name)
    client.post(reverse("notices:read", args=[notice.id]))
    assert "bell-count" not in page(client)


def test_what_is_settled_rings_no_bell_and_says_so(alice: Somebody, notice: Notice) -> None:
    publishing.retry(alice.actor, Delivery.objects.get().id)
    shown = page(visitor(alice))
    assert "bell-count" not in shown
    assert "Settled" in shown


def test_opening_a_notice_goes_to_the_post_and_counts_as_reading(alice: Somebody, notice: Notice) -> None:
    answer = visitor(alice).get(reverse("notices:open", args=[notice.id]))
    assert answer["Location"] == reverse("posts:page", args=[Delivery.objects.get().post_id])
    assert unread(alice) == 0


def test_a_post_that_only_she_can_find_leads_to_the_question(alice: Somebody, shop: list[Channel]) -> None:
    asked = tell(alice, shop[0], kind=Kind.asked)
    answer = visitor(alice).get(reverse("notices:open", args=[asked.id]))
    assert answer["Location"] == reverse("posts:asked", args=[Delivery.objects.get().id])


def test_a_lost_channel_leads_to_the_channels_and_a_week_to_the_posts(
    alice: Somebody, shop: list[Channel]
) -> None:
    mark_signed_out(shop[0].id)
    telling.tell(timezone.now())
    Notice.objects.create(
        workspace_id=alice.actor.workspace,
        kind=Kind.week,
        subject=alice.actor.workspace,
        occurrence=timezone.now(),
        detail={"planned": 2, "out": 1, "needing": 1},
        made_at=timezone.now(),
    )
    client, found = visitor(alice), Notice.objects.order_by("id")
    places = [client.get(reverse("notices:open", args=[row.id]))["Location"] for row in found]
    assert places == [reverse("channels:list"), f"{reverse('posts:list')}?shelf=attention"]


def test_a_letters_link_opens_the_business_that_it_is_about(
    alice: Somebody, charlie: Somebody, notice: Notice
) -> None:
    Membership.objects.create(workspace_id=charlie.actor.workspace, user=alice.user, role=Role.editor)
    client = visitor(alice)
    client.post(reverse("enter_business", args=[charlie.actor.workspace]))
    assert "Fresh oolong" not in page(client)
    client.get(reverse("notices:open", args=[notice.id]))
    assert "Fresh oolong" in page(client)


def test_all_that_she_has_seen_is_marked_as_read_and_not_what_came_since(
    alice: Somebody, shop: list[Channel], notice: Notice
) -> None:
    client = visitor(alice)
    assert notice.made_at.isoformat() in page(client)
    tell(alice, shop[0], "another")
    client.post(reverse("notices:read_all"), {"until": notice.made_at.isoformat()})
    assert [item.unread for item in seen(alice)] == [True, False]
    client.post(reverse("notices:read_all"), {"until": "nonsense"})
    assert unread(alice) == 0


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    alice: Somebody, shop: list[Channel], notice: Notice
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            page(client)
        return len(caught)

    client = visitor(alice)
    page(client)
    one = count()
    for text in ("two", "three"):
        tell(alice, shop[0], text)
    assert count() == one <= 8


def test_an_empty_list_says_what_will_come(alice: Somebody) -> None:
    assert "Nothing needs you" in page(visitor(alice))
    assert "Nothing needs you" in page(visitor(alice), before="nonsense")


def test_a_person_chooses_what_she_is_told(alice: Somebody, notice: Notice) -> None:
    client = visitor(alice)
    answer = client.post(reverse("settings:notices"), {"late_app": "on", "week_mail": "on"})
    assert answer.status_code == 302
    chosen = {wish.kind: (wish.in_app, wish.by_mail) for wish in queries.wishes(alice.actor)}
    assert chosen == {
        Kind.failed: (False, False),
        Kind.handed: (False, False),
        Kind.asked: (False, False),
        Kind.late: (True, False),
        Kind.signed_out: (False, False),
        Kind.key_ends: (False, False),
        Kind.sunset: (False, False),
        Kind.week: (False, True),
    }
    assert Letter.objects.get().state == LetterState.dropped
    assert page(client, "settings:notices").count(" checked") == 2


def test_who_reads_only_is_offered_the_week_alone(alice: Somebody) -> None:
    Membership.objects.filter(user=alice.user).update(role=Role.analyst)
    assert page(visitor(alice), "settings:notices").count('type="checkbox"') == 2


def test_a_letter_that_did_not_go_out_is_told_where_letters_are_chosen(
    alice: Somebody, notice: Notice
) -> None:
    Letter.objects.update(state=LetterState.failed, why="550 No such person", sent_at=timezone.now())
    assert "550 No such person" in page(visitor(alice), "settings:notices")


def test_the_addresses_in_letters_are_those_of_the_pages(notice: Notice) -> None:
    assert reverse("notices:open", args=[notice.id]) == f"/notices/{notice.id}"
    assert reverse("notices:list") == "/notices/"
    assert reverse("settings:notices") == "/settings/notices"
