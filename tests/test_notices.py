"""Who is told of what, once each; and what becomes of letters. The mail server's part is in the journeys."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from hawker.core.channels import actions as channel_actions
from hawker.core.channels.models import Channel
from hawker.core.notices import actions, letters, queries, rules, telling
from hawker.core.notices.letters import Addressee
from hawker.core.notices.models import Copy, Letter, Notice
from hawker.core.notices.queries import Item, Wish
from hawker.core.notices.rules import Kind, LetterState, Passing, Posted
from hawker.core.people import actions as people
from hawker.core.people.models import Membership, Workspace
from hawker.core.people.rules import Role
from hawker.core.posts.models import Post
from hawker.core.posts.values import Wording, Writing
from hawker.core.problems import NotAllowed, NotFound
from hawker.core.publishing import actions as publishing
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from hawker.core.speech import speak
from tests.cast import Somebody, colleague

REASON = {"text": "The text is too long.", "params": {}, "code": "422", "field": "text"}
STANDING = {
    Kind.failed: {"state": State.failed, "look_at": None, "error": REASON},
    Kind.late: {"state": State.late, "look_at": None},
    Kind.asked: {"state": State.unknown, "look_at": None},
}


def write(alice: Somebody, shop: list[Channel], text: str = "Fresh oolong") -> Post:
    wordings = tuple(Wording(channel=channel.id) for channel in shop)
    return publishing.compose(alice.actor, Writing(text=text, language="en", wordings=wordings))


def stand(post: Post, kind: Kind) -> None:
    Delivery.objects.filter(post=post).update(**STANDING[kind])


def seen(somebody: Somebody) -> list[Item]:
    return queries.notices(somebody.actor)


def unread(somebody: Somebody) -> int:
    (membership,) = queries.memberships(somebody.user)
    found: int = membership.unread  # type: ignore[attr-defined]
    return found


def letters_of(somebody: Somebody) -> list[str]:
    return list(Letter.objects.filter(user=somebody.user).order_by("id").values_list("state", flat=True))


def later(minutes: float = 2) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


@pytest.fixture
def one(shop: list[Channel]) -> list[Channel]:
    return shop[:1]


@pytest.fixture
def anna(alice: Somebody) -> Somebody:
    """Reads everything, changes nothing."""
    return colleague(alice, "Anna", Role.analyst)


@pytest.mark.parametrize("kind", STANDING)
def test_what_needs_somebody_is_told_once_to_those_who_can_act(
    kind: Kind, alice: Somebody, bob: Somebody, anna: Somebody, charlie: Somebody, one: list[Channel]
) -> None:
    stand(write(alice, one), kind)
    assert [telling.tell(timezone.now()), telling.tell(timezone.now())] == [1, 0]
    (item,) = seen(alice)
    assert (item.kind, item.stands, item.unread) == (kind, True, True)
    assert "“Fresh oolong”" in str(item.headline)
    assert item.advice == rules.ADVICE[kind]
    assert [len(seen(each)) for each in (bob, anna, charlie)] == [1, 0, 0]
    assert [unread(each) for each in (alice, bob, anna)] == [1, 1, 0]


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
    channel_actions.renew(one[0].id, channel_actions.queries.account_of(one[0]))
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
    assert [wish.kind for wish in queries.wishes(bob.actor)] == ["failed", "asked", "late", "week"]


def test_a_letter_that_is_no_longer_wanted_is_not_sent(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.failed)
    telling.tell(timezone.now())
    actions.prefer(alice.actor, [Wish(kind=Kind.failed, in_app=True, by_mail=False)])
    assert letters.due(later(), limit=10) == []


def test_a_key_has_no_wishes(alice: Somebody) -> None:
    key = people.Actor(workspace=alice.actor.workspace, role=Role.owner, label="till")
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
    key = people.Actor(workspace=alice.actor.workspace, role=Role.owner, label="till")
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


# Monday 2026-11-23, nine o'clock in Taipei.
NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)


def planned(alice: Somebody, one: list[Channel], *states: State) -> None:
    for number, state in enumerate(states):
        post = write(alice, one, f"post {number}")
        Post.objects.filter(id=post.id).update(planned_at=NINE - timedelta(days=1, hours=number))
        Delivery.objects.filter(post=post).update(state=state, look_at=None, told_for=None)


@pytest.mark.parametrize(
    ("states", "line"),
    [
        ([State.published], "The one post of last week went out."),
        ([State.published, State.removed, State.cancelled], "All 2 posts of last week went out."),
        ([State.published, State.late], "1 of 2 posts of last week went out. Waiting for you: 1."),
        (
            [State.published, State.held],
            "1 of 2 posts of last week went out. The others wait or are on hold.",
        ),
    ],
)
def test_on_monday_at_nine_everybody_is_told_once_how_last_week_went(
    states: list[State], line: str, alice: Somebody, anna: Somebody, one: list[Channel]
) -> None:
    planned(alice, one, *states)
    times = [NINE - timedelta(minutes=1), NINE, NINE + timedelta(hours=1), NINE + timedelta(days=1)]
    assert [telling.tell_of_weeks(at) for at in times] == [0, 1, 0, 0]
    for each in (alice, anna):
        assert [str(item.headline) for item in seen(each)] == [line]
        assert letters_of(each) == ["waiting"]


def test_a_week_without_posts_is_not_told(alice: Somebody, one: list[Channel]) -> None:
    planned(alice, one, State.cancelled)
    assert telling.tell_of_weeks(NINE) == 0
    assert seen(alice) == []


def test_a_week_is_not_told_days_late(alice: Somebody, one: list[Channel]) -> None:
    planned(alice, one, State.published)
    assert telling.tell_of_weeks(NINE + timedelta(days=3)) == 0


def test_a_business_that_moves_to_another_zone_is_not_told_twice(alice: Somebody, one: list[Channel]) -> None:
    planned(alice, one, State.published)
    assert telling.tell_of_weeks(NINE) == 1
    Workspace.objects.update(time_zone="America/New_York")
    assert telling.tell_of_weeks(NINE + timedelta(hours=14)) == 0


def test_the_line_of_a_week_is_in_the_readers_language(
    alice: Somebody, bob: Somebody, one: list[Channel]
) -> None:
    planned(alice, one, State.published, State.published)
    telling.tell_of_weeks(NINE)
    to = Addressee(workspace=alice.actor.workspace, user=bob.user.id)
    parcel = letters.intend(to, NINE + timedelta(minutes=2))
    assert parcel is not None
    assert "2 則貼文" in parcel.subject


def test_a_removed_business_takes_its_notices_along(alice: Somebody, one: list[Channel]) -> None:
    stand(write(alice, one), Kind.failed)
    telling.tell(timezone.now())
    publishing.Delivery.objects.all().delete()
    assert [Notice.objects.count(), Copy.objects.count(), Letter.objects.count()] == [0, 0, 0]


def test_pictures_without_words_are_called_so(alice: Somebody, one: list[Channel]) -> None:
    post = write(alice, one)
    Post.objects.filter(id=post.id).update(text="")
    stand(post, Kind.late)
    telling.tell(timezone.now())
    assert "No text, only pictures" in speak(seen(alice)[0].headline)
