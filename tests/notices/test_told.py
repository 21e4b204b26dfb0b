"""Who is told of what, once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hawker.core.channels import actions as channel_actions
from hawker.core.channels.models import Channel
from hawker.core.channels.queries import account_of
from hawker.core.notices import actions, letters, queries, rules, telling
from hawker.core.notices.models import Copy, Letter, Notice
from hawker.core.notices.queries import Wish
from hawker.core.notices.rules import Kind
from hawker.core.people.rules import Actor, Role
from hawker.core.posts.models import Post
from hawker.core.problems import NotAllowed, NotFound
from hawker.core.publishing import actions as publishing
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.rules import ASK_AT
from hawker.core.publishing.states import State
from hawker.core.speech import speak
from tests.cast import Somebody
from tests.notices.scene import STANDING, later, letters_of, seen, stand, unread, write


@pytest.mark.parametrize("kind", STANDING)
def test_what_needs_somebody_is_told_once_to_those_who_can_act(
    kind: Kind, alice: Somebody, bob: Somebody, *, anna: Somebody, charlie: Somebody, one: list[Channel]
) -> None:
    stand(write(alice, one), kind)
    assert [telling.tell(timezone.now()), telling.tell(timezone.now())] == [1, 0]
    (item,) = seen(alice)
    assert (item.kind, item.stands, item.unread) == (kind, True, True)
    assert "“Fresh oolong”" in str(item.headline)
    assert item.advice == rules.ADVICE[kind]
    assert [len(seen(each)) for each in (bob, anna, charlie)] == [1, 0, 0]
    assert [unread(each) for each in (alice, bob, anna)] == [1, 1, 0]


def test_who_is_asked_while_hawker_looks_on_is_told_as_well(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.asked)
    Delivery.objects.update(look_at=timezone.now(), tries=ASK_AT - 1)
    assert telling.tell(timezone.now()) == 0
    Delivery.objects.update(tries=ASK_AT)
    assert telling.tell(timezone.now()) == 1
    assert [item.stands for item in seen(alice)] == [True]


def test_the_reason_of_the_network_is_told_with_its_code(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.failed)
    telling.tell(timezone.now())
    (item,) = seen(alice)
    assert (str(item.why), item.code) == ("The text is too long.", "422")


def test_a_retry_that_fails_again_is_told_again_and_the_first_shows_as_settled(
    alice: Somebody, one: list[Channel]
) -> None:
    post = write(alice, one)
    stand(post, Kind.failed)
    telling.tell(timezone.now())
    publishing.retry(alice.actor, Delivery.objects.get(post=post).id)
    assert telling.tell(timezone.now()) == 0
    assert [item.stands for item in seen(alice)] == [False]
    assert unread(alice) == 0
    stand(post, Kind.failed)
    assert telling.tell(timezone.now()) == 1
    assert [item.stands for item in seen(alice)] == [True, False]


def test_a_lost_channel_is_told_once_however_many_posts_wait_for_it(
    alice: Somebody, bob: Somebody, one: list[Channel]
) -> None:
    for number in range(3):
        write(alice, one, f"post {number}")
    channel_actions.mark_signed_out(one[0].id)
    Delivery.objects.update(state=State.needs_sign_in, look_at=None)
    channel_actions.mark_signed_out(one[0].id)
    assert [telling.tell(timezone.now()), telling.tell(timezone.now())] == [1, 0]
    (item,) = seen(alice)
    assert (item.kind, item.stands) == (Kind.signed_out, True)
    assert seen(bob) == []


def test_a_channel_that_is_lost_a_second_time_is_told_a_second_time(
    alice: Somebody, one: list[Channel]
) -> None:
    channel_actions.mark_signed_out(one[0].id)
    telling.tell(timezone.now())
    channel_actions.renew(one[0].id, account_of(one[0]))
    assert telling.tell(timezone.now()) == 0
    assert [item.stands for item in seen(alice)] == [False]
    channel_actions.mark_signed_out(one[0].id)
    assert telling.tell(timezone.now()) == 1
    assert [item.stands for item in seen(alice)] == [True, False]


def test_a_removed_channel_needs_nobody_any_more(alice: Somebody, one: list[Channel]) -> None:
    channel_actions.mark_signed_out(one[0].id)
    telling.tell(timezone.now())
    channel_actions.remove(alice.actor, one[0].id)
    assert [item.stands for item in seen(alice)] == [False]


def test_a_clock_that_jumps_doubles_and_loses_nothing(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.failed)
    future = timezone.now() + timedelta(days=400)
    assert telling.tell(future) == 1
    assert telling.tell(timezone.now()) == 0
    channel_actions.mark_signed_out(one[0].id)
    assert telling.tell(timezone.now() - timedelta(days=400)) == 1
    assert telling.tell(timezone.now()) == 0


def test_a_worker_that_dies_in_the_middle_has_told_of_nothing(
    alice: Somebody, one: list[Channel], monkeypatch: pytest.MonkeyPatch
) -> None:
    stand(write(alice, one), Kind.failed)
    with monkeypatch.context() as broken:
        broken.setattr(telling, "_hand_out", lambda notices: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            telling.tell(timezone.now())
    assert Notice.objects.count() == 0
    assert telling.tell(timezone.now()) == 1
    assert len(seen(alice)) == 1


def test_an_occurrence_that_comes_up_again_is_not_told_twice(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.failed)
    telling.tell(timezone.now())
    Delivery.objects.update(told_for=None)
    assert telling.tell(timezone.now()) == 0
    assert Notice.objects.count() == 1


def test_what_is_old_is_forgotten_and_not_told_again(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.failed)
    telling.tell(timezone.now())
    telling.tidy(timezone.now() + timedelta(days=89))
    assert Notice.objects.count() == 1
    telling.tidy(timezone.now() + timedelta(days=91))
    assert [Notice.objects.count(), telling.tell(timezone.now())] == [0, 0]


def test_a_person_gets_what_she_wants_and_where(alice: Somebody, bob: Somebody, one: list[Channel]) -> None:
    actions.prefer(alice.actor, [Wish(kind=Kind.failed, in_app=True, by_mail=False)])
    actions.prefer(bob.actor, [Wish(kind=Kind.failed, in_app=False, by_mail=True)])
    stand(write(alice, one), Kind.failed)
    telling.tell(timezone.now())
    assert [(len(seen(each)), letters_of(each)) for each in (alice, bob)] == [(1, []), (0, ["waiting"])]
    assert [wish.kind for wish in queries.wishes(bob.actor)] == ["failed", "handed", "asked", "late", "week"]


def test_a_letter_that_is_no_longer_wanted_is_not_sent(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.failed)
    telling.tell(timezone.now())
    actions.prefer(alice.actor, [Wish(kind=Kind.failed, in_app=True, by_mail=False)])
    assert letters.due(later(), limit=10) == []


def test_a_key_has_no_wishes(alice: Somebody) -> None:
    key = Actor(workspace=alice.actor.workspace, role=Role.owner, label="till")
    with pytest.raises(NotAllowed):
        actions.prefer(key, [Wish(kind=Kind.late, in_app=True, by_mail=True)])


def test_reading_is_each_persons_own_and_a_keys_is_for_all(
    alice: Somebody, bob: Somebody, charlie: Somebody, one: list[Channel]
) -> None:
    for text in ("one", "two"):
        stand(write(alice, one, text), Kind.failed)
    telling.tell(timezone.now())
    second, first = seen(alice)
    actions.read(alice.actor, first.id)
    assert [unread(alice), unread(bob)] == [1, 2]
    with pytest.raises(NotFound):
        actions.read(charlie.actor, second.id)
    key = Actor(workspace=alice.actor.workspace, role=Role.owner, label="till")
    assert [item.unread for item in queries.notices(key)] == [True, True]
    actions.read(key, second.id)
    assert [unread(alice), unread(bob)] == [0, 1]
    actions.read_all(bob.actor, timezone.now())
    assert [item.id for item in queries.notices(key, unread=True)] == []


def test_a_list_goes_on_from_an_earlier_page(alice: Somebody, one: list[Channel]) -> None:
    for number in range(3):
        stand(write(alice, one, f"post {number}"), Kind.failed)
    telling.tell(timezone.now())
    first, second, third = seen(alice)
    assert queries.notices(alice.actor, rows=2) == [first, second]
    assert queries.notices(alice.actor, before=second.id) == [third]


def test_a_deleted_post_takes_its_notices_along(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.failed)
    telling.tell(timezone.now())
    Delivery.objects.all().delete()
    assert [Notice.objects.count(), Copy.objects.count(), Letter.objects.count()] == [0, 0, 0]


def test_pictures_without_words_are_called_so(alice: Somebody, one: list[Channel]) -> None:
    post = write(alice, one)
    Post.objects.filter(id=post.id).update(text="")
    stand(post, Kind.late)
    telling.tell(timezone.now())
    assert "No text, only pictures or videos" in speak(seen(alice)[0].headline)
