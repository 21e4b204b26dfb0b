"""What becomes of letters. The mail server has its part in the journeys."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from hawker.core.channels.models import Channel
from hawker.core.notices import letters, queries, rules, telling
from hawker.core.notices.letters import Addressee
from hawker.core.notices.models import Letter, Notice
from hawker.core.notices.rules import Kind, LetterState, Passing, Posted
from hawker.core.people import actions as people
from hawker.core.people.models import Membership
from hawker.core.publishing import actions as publishing
from hawker.core.publishing.models import Delivery
from tests.cast import Somebody
from tests.notices.scene import later, letters_of, stand, write


def test_several_notices_go_in_one_letter_a_minute_later(alice: Somebody, shop: list[Channel]) -> None:
    stand(write(alice, shop), Kind.failed)
    telling.tell(timezone.now())
    assert letters.due(timezone.now(), limit=10) == []
    (to,) = letters.due(later(), limit=10)
    parcel = letters.intend(to, later())
    assert parcel is not None
    assert parcel.subject == f"Alice's Tea: {len(shop)} matters need you"
    assert letters.due(later(), limit=10) == []
    letters.settle(parcel.id, Posted(), later())
    assert letters_of(alice) == ["sent"] * len(shop)


def test_what_was_settled_meanwhile_is_not_mailed(alice: Somebody, one: list[Channel]) -> None:
    post = write(alice, one)
    stand(post, Kind.late)
    telling.tell(timezone.now())
    publishing.retry(alice.actor, Delivery.objects.get(post=post).id)
    (to,) = letters.due(later(), limit=10)
    assert letters.intend(to, later()) is None
    assert letters_of(alice) == ["dropped"]


def test_who_left_the_business_gets_no_letter(alice: Somebody, bob: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.late)
    telling.tell(timezone.now())
    people.remove_member(alice.actor, Membership.objects.get(user=bob.user).id)
    assert letters.intend(Addressee(workspace=alice.actor.workspace, user=bob.user.id), later()) is None
    assert letters_of(bob) == ["dropped"]


def test_a_letter_whose_worker_died_is_not_sent_again(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.late)
    telling.tell(timezone.now())
    (to,) = letters.due(later(), limit=10)
    parcel = letters.intend(to, later())
    assert parcel is not None
    assert letters.intend(to, later()) is None
    assert [letters.sweep(later()), letters.sweep(later(8))] == [0, 1]
    letters.settle(parcel.id, Posted(), later(9))
    assert letters_of(alice) == ["lost"]


def test_a_mail_server_that_is_away_is_tried_again_less_and_less_and_not_for_ever(
    alice: Somebody, one: list[Channel]
) -> None:
    stand(write(alice, one), Kind.late)
    start = timezone.now()
    telling.tell(start)
    now, waits = start + rules.BUNDLE, []
    while (row := Letter.objects.get()).state == LetterState.waiting:
        waits.append(row.send_at - now)
        now = row.send_at
        letters.put_off(letters.due(now, limit=10), "nobody there", now)
    assert waits[:5] == [timedelta(seconds=seconds) for seconds in (0, 60, 300, 900, 3600)]
    assert row.state == LetterState.failed
    assert now - start < rules.GIVE_UP_AFTER + timedelta(hours=2)
    assert queries.mail_trouble(alice.actor, start) == "nobody there"


def test_a_letter_is_in_the_readers_language_and_the_zone_of_the_business(
    alice: Somebody, bob: Somebody, one: list[Channel]
) -> None:
    stand(write(alice, one), Kind.failed)
    Delivery.objects.update(due_at=datetime(2026, 11, 22, 1, 30, tzinfo=UTC))
    telling.tell(timezone.now())
    english, chinese = (
        letters.intend(Addressee(workspace=alice.actor.workspace, user=each.user.id), later())
        for each in (alice, bob)
    )
    assert english is not None
    assert chinese is not None
    assert (english.to, chinese.to) == ("alice@example.com", "bob@example.com")
    assert "9:30 a.m." in english.text
    assert "“Fresh oolong” was not published" in english.subject
    assert "「Fresh oolong」" in chinese.subject
    assert "The text is too long. (422)" in english.text


@pytest.mark.parametrize(("address", "linked"), [("https://shop.example", True), ("", False)])
def test_a_letter_links_to_the_public_address_or_names_the_path(
    address: str, linked: bool, alice: Somebody, one: list[Channel], settings: object
) -> None:
    settings.PUBLIC_URL = address  # type: ignore[attr-defined]
    stand(write(alice, one), Kind.failed)
    telling.tell(timezone.now())
    parcel = letters.intend(letters.due(later(), limit=1)[0], later())
    assert parcel is not None
    path = f"/notices/{Notice.objects.get().id}"
    assert (f"  {address}{path}" in parcel.text) is linked
    assert (f'<a href="{address}{path}">' in parcel.html) is linked
    assert ("<a " in parcel.html) is linked
    assert ("List-Unsubscribe" in parcel.headers) is linked
    assert path in parcel.text
    assert "/settings/notices" in parcel.text


def test_words_of_others_cannot_break_out_of_a_letter(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one, "<b>Tea</b>\r\nBcc: all@example.com"), Kind.failed)
    telling.tell(timezone.now())
    parcel = letters.intend(letters.due(later(), limit=1)[0], later())
    assert parcel is not None
    assert "\n" not in parcel.subject
    assert "<b>Tea" not in parcel.html


def test_a_long_list_is_cut_in_a_letter(alice: Somebody, one: list[Channel]) -> None:
    for number in range(letters.LINES + 3):
        stand(write(alice, one, f"post {number}"), Kind.late)
    telling.tell(timezone.now())
    parcel = letters.intend(letters.due(later(), limit=1)[0], later())
    assert parcel is not None
    assert parcel.text.count("“post ") == letters.LINES
    assert "And 3 more: /notices/" in parcel.text


@pytest.mark.parametrize(
    ("tries", "age", "state"),
    [(0, 0, LetterState.waiting), (9, 47, LetterState.waiting), (9, 49, LetterState.failed)],
)
def test_a_passing_fault_is_tried_again_for_two_days(tries: int, age: int, state: LetterState) -> None:
    assert rules.after(Passing("busy"), tries=tries, age=timedelta(hours=age)).state is state
