"""A post that goes to people one by one: the ledger has a row for each, and people act on all at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hawker.connect.hooks import Stage
from hawker.core.channels.models import Channel
from hawker.core.contacts import actions as contacts
from hawker.core.contacts import lists
from hawker.core.contacts.marks import mark
from hawker.core.contacts.models import Contact, ContactList
from hawker.core.notices import telling
from hawker.core.notices.models import Notice
from hawker.core.planning.writings import keep, writing_of
from hawker.core.posts import queries as posts
from hawker.core.posts.models import Post
from hawker.core.posts.values import Wording, Writing
from hawker.core.problems import Conflict, Invalid, NotFound
from hawker.core.publishing import actions, claims, crowds, ledger, pauses, queries, rules, sweeping
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State
from tests.audience.conftest import SAID, person
from tests.cast import Somebody

SOON = timedelta(hours=2)


def letter(channel: Channel, audience: ContactList | None, text: str = "Fresh tea today.") -> Writing:
    wording = Wording(channel=channel.id, audience=audience.id if audience else None)
    return Writing(text=text, language="en", wordings=(wording,))


@pytest.fixture
def post(alice: Somebody, channel: Channel, regulars: ContactList) -> Post:
    """Scheduled for the four who agreed."""
    return actions.compose(alice.actor, letter(channel, regulars), timezone.now() + SOON)


def states(post: Post) -> list[str]:
    return sorted(Delivery.objects.filter(post=post).values_list("state", flat=True))


def set_state(post: Post, state: State, number: int, **more: object) -> None:
    rows = Delivery.objects.filter(post=post, state=State.scheduled).order_by("id")[:number]
    Delivery.objects.filter(id__in=[row.id for row in rows]).update(state=state, look_at=None, **more)


def test_each_person_who_agreed_gets_a_message_of_her_own(post: Post, channel: Channel) -> None:
    rows = list(Delivery.objects.filter(post=post))
    assert {row.contact.address for row in rows if row.contact} == {
        f"88691200000{each}" for each in range(1, 5)
    }
    assert len({row.key for row in rows}) == len({row.recipient for row in rows}) == 4
    assert {row.part for row in rows} == {0}
    assert all(row.look_at == row.due_at for row in rows)


def test_without_a_list_or_with_nobody_who_agreed_nothing_is_scheduled(
    alice: Somebody, channel: Channel
) -> None:
    empty = lists.open_list(alice.actor, "Nobody yet")
    for audience in (None, empty):
        with pytest.raises(Invalid) as caught:
            actions.compose(alice.actor, letter(channel, audience))
        assert [each.field for each in caught.value.problems] == ["audience"]
    assert not Post.objects.exists()


def test_the_list_of_another_business_is_none(
    alice: Somebody, charlie: Somebody, channel: Channel, regulars: ContactList
) -> None:
    theirs = lists.open_list(charlie.actor, "Bikers")
    with pytest.raises(Invalid):
        actions.compose(alice.actor, letter(channel, theirs), draft=True)


def test_a_draft_keeps_its_list_and_a_repeated_post_too(
    alice: Somebody, channel: Channel, regulars: ContactList
) -> None:
    writing = letter(channel, regulars)
    draft = actions.compose(alice.actor, writing, draft=True)
    assert posts.writing_of(draft) == posts.writing_of(posts.post(alice.actor, draft.id))
    assert posts.writing_of(draft).wordings[0].audience == regulars.id
    assert writing_of(keep(writing)) == writing


def test_the_review_says_whom_it_reaches(alice: Somebody, channel: Channel, regulars: ContactList) -> None:
    reach = posts.reviews(alice.actor, letter(channel, regulars))[0].reach
    assert reach is not None
    assert (reach.goes_to, reach.left_out) == (4, 2)


def test_a_post_counts_its_messages_and_lists_none(alice: Somebody, post: Post, channel: Channel) -> None:
    set_state(post, State.published, 2, stage=Stage.read)
    set_state(post, State.published, 1, stage=Stage.delivered)
    found = queries.post(alice.actor, post.id)
    assert list(found.deliveries.all()) == []
    assert queries.state_of(found) == "publishing"
    crowd = crowds.crowds([post.id])[post.id][0]
    counted = (crowd.everybody, crowd.sent, crowd.delivered, crowd.read, crowd.failed, crowd.waiting)
    assert counted == (4, 3, 3, 2, 0, 1)
    assert crowd.channel == channel


@pytest.mark.parametrize(
    ("out", "failed", "expected"),
    [(4, 0, "published"), (3, 1, "published"), (0, 4, "failed"), (0, 0, "scheduled")],
)
def test_a_few_that_failed_do_not_make_the_whole_fail(
    alice: Somebody, post: Post, out: int, failed: int, expected: str
) -> None:
    set_state(post, State.published, out)
    set_state(post, State.failed, failed)
    assert queries.state_of(queries.post(alice.actor, post.id)) == expected
    needing = queries.posts_on(alice.actor, queries.Shelf.attention).count()
    assert needing == (1 if expected == "failed" else 0)


def test_what_people_ask_is_asked_of_all(alice: Somebody, post: Post) -> None:
    later = timezone.now() + timedelta(days=1)
    actions.move(alice.actor, post.id, later)
    assert set(Delivery.objects.values_list("due_at", "look_at")) == {(later, later)}
    actions.hold(alice.actor, post.id)
    assert states(post) == ["held"] * 4
    actions.resume(alice.actor, post.id)
    assert states(post) == ["scheduled"] * 4
    actions.cancel(alice.actor, post.id)
    assert states(post) == ["cancelled"] * 4
    assert queries.state_of(queries.post(alice.actor, post.id)) == "cancelled"
    actions.delete(alice.actor, post.id)
    assert not Delivery.objects.exists()


def test_what_is_out_stays_when_the_rest_is_cancelled(alice: Somebody, post: Post, channel: Channel) -> None:
    set_state(post, State.published, 1)
    actions.cancel_messages(alice.actor, post.id, channel.id)
    assert states(post) == ["cancelled"] * 3 + ["published"]
    with pytest.raises(Conflict):
        actions.cancel(alice.actor, post.id)
    with pytest.raises(Conflict):
        actions.delete(alice.actor, post.id)


def test_what_failed_is_tried_again_under_a_key_of_its_own_where_it_came_back(
    alice: Somebody, post: Post, channel: Channel
) -> None:
    set_state(post, State.failed, 1, stage=Stage.failed, remote_id="m1")
    set_state(post, State.failed, 1)
    set_state(post, State.cancelled, 1)
    before = dict(Delivery.objects.values_list("id", "key"))
    actions.retry_messages(alice.actor, post.id, channel.id)
    changed = [key for key, old in Delivery.objects.values_list("key", "id") if before[old] != key]
    assert states(post) == ["cancelled", "scheduled", "scheduled", "scheduled"]
    assert len(changed) == 1


@pytest.mark.parametrize(("there", "expected"), [(True, "published"), (False, "scheduled")])
def test_its_owner_says_what_became_of_those_she_is_asked_of(
    alice: Somebody, post: Post, channel: Channel, there: bool, expected: str
) -> None:
    set_state(post, State.published, 2)
    set_state(post, State.unknown, 2)
    assert queries.state_of(queries.post(alice.actor, post.id)) == "failed"
    actions.settle_messages(alice.actor, post.id, channel.id, there=there)
    assert states(post) == sorted(["published", "published", expected, expected])
    with pytest.raises(Conflict):
        actions.settle_messages(alice.actor, post.id, channel.id, there=there)


def test_a_stranger_asks_nothing_of_them(charlie: Somebody, post: Post, channel: Channel) -> None:
    for ask in (actions.retry_messages, actions.cancel_messages):
        with pytest.raises(NotFound):
            ask(charlie.actor, post.id, channel.id)


def test_a_rewritten_post_goes_to_those_who_are_on_its_list_now(
    alice: Somebody, post: Post, channel: Channel, regulars: ContactList
) -> None:
    set_state(post, State.published, 1)
    keys = set(Delivery.objects.exclude(state=State.published).values_list("key", flat=True))
    gone = Delivery.objects.filter(state=State.scheduled).order_by("id")[0].contact
    assert gone is not None
    lists.take_off(alice.actor, regulars.id, [gone.id])
    lists.put_on(alice.actor, regulars.id, [person(alice, "886912000008").id])
    with pytest.raises(Conflict):
        actions.rewrite(alice.actor, post.id, letter(channel, regulars, "Under way."))
    actions.hold(alice.actor, post.id)
    actions.rewrite(alice.actor, post.id, letter(channel, regulars, "Other words."), timezone.now() + SOON)
    rows = Delivery.objects.filter(post=post)
    reached = {row.contact.address for row in rows.select_related("contact") if row.contact}
    assert reached == {"886912000001", "886912000003", "886912000004", "886912000008"}
    assert not keys & set(rows.values_list("key", flat=True))
    assert states(post) == ["published", "scheduled", "scheduled", "scheduled"]


def test_a_channel_that_is_left_out_keeps_what_went_out(
    alice: Somebody, elsewhere: Channel, post: Post, channel: Channel
) -> None:
    set_state(post, State.published, 1)
    actions.hold(alice.actor, post.id)
    writing = Writing(text="x", language="en", wordings=(Wording(channel=elsewhere.id),))
    actions.rewrite(alice.actor, post.id, writing)
    assert sorted(Delivery.objects.values_list("channel", "state")) == sorted(
        [(channel.id, "published"), (elsewhere.id, "scheduled")]
    )


def test_who_stops_between_scheduling_and_sending_gets_nothing(alice: Somebody, post: Post) -> None:
    first = Delivery.objects.order_by("id")[0]
    assert first.contact is not None
    contacts.withdraw(alice.actor, first.contact.id, SAID)
    taken = claims.claim(timezone.now() + SOON, limit=100)
    assert len(taken) == 3
    first.refresh_from_db()
    reason = queries.reason_of(first)
    assert (first.state, reason) == (State.cancelled, rules.UNWANTED)


def test_who_stops_when_the_message_is_in_hand_gets_nothing(alice: Somebody, post: Post) -> None:
    now = timezone.now() + SOON
    taken = claims.claim(now, limit=100)
    contact = Delivery.objects.get(id=taken[0].id).contact
    assert contact is not None
    contacts.withdraw(alice.actor, contact.id, SAID)
    assert ledger.commit(now=now, intents=taken) == {each.id for each in taken[1:]}
    assert Delivery.objects.get(id=taken[0].id).state == State.preparing


def test_the_ledger_keeps_the_mark_of_who_is_forgotten_and_sends_her_nothing(
    alice: Somebody, post: Post, channel: Channel
) -> None:
    contact = Contact.objects.get(address="886912000001")
    row = Delivery.objects.get(contact=contact)
    contacts.forget(alice.actor, contact.id)
    row.refresh_from_db()
    assert (row.contact, row.recipient) == (None, mark(alice.actor.workspace, "herald", "886912000001"))
    claims.claim(timezone.now() + SOON, limit=100)
    row.refresh_from_db()
    assert row.state == State.cancelled


def test_a_claim_carries_the_person_and_her_window(alice: Somebody, post: Post) -> None:
    taken = claims.claim(timezone.now() + SOON, limit=100)
    people = [each.draft.to for each in taken if each.draft.to]
    assert sorted(each.address for each in people) == [f"88691200000{each}" for each in range(1, 5)]
    assert {each.open_until for each in people} == {None}


def test_after_a_hold_all_messages_of_a_post_go_on_together(
    alice: Somebody, post: Post, channel: Channel
) -> None:
    pause = pauses.hold_all(alice.actor)
    passed = timezone.now() - timedelta(minutes=1)
    Delivery.objects.update(due_at=passed, look_at=passed)
    release = pauses.to_release(pause, timezone.now())
    assert [each.number for each in release] == [4]
    pauses.resume_all(alice.actor)
    assert len(set(Delivery.objects.values_list("due_at", flat=True))) == 1
    assert Delivery.objects.filter(look_at__gt=timezone.now()).count() == 4


def test_after_a_long_hold_all_of_them_are_late_together(alice: Somebody, post: Post) -> None:
    pauses.hold_all(alice.actor)
    Delivery.objects.update(due_at=timezone.now() - timedelta(days=1), look_at=timezone.now())
    pauses.resume_all(alice.actor)
    assert states(post) == ["late"] * 4


def test_one_notice_tells_of_all_that_failed(alice: Somebody, post: Post) -> None:
    now, why = timezone.now(), {"text": "No.", "params": {}, "code": "1", "field": ""}
    set_state(post, State.failed, 2, error=why)
    telling.tell(now)
    set_state(post, State.failed, 1, error=why)
    telling.tell(now)
    assert Notice.objects.count() == 1


def test_a_removed_channel_lets_its_messages_go(alice: Somebody, post: Post, channel: Channel) -> None:
    Channel.objects.update(state="removed")
    sweeping.sweep(timezone.now())
    assert states(post) == ["cancelled"] * 4


def test_five_thousand_people_are_a_few_statements(alice: Somebody, channel: Channel) -> None:
    everybody = lists.open_list(alice.actor, "Everybody")
    now = timezone.now()
    people = Contact.objects.bulk_create(
        Contact(
            workspace_id=alice.actor.workspace,
            platform="herald",
            address=f"8869{number:08}",
            consent="given",
            created_at=now,
        )
        for number in range(5000)
    )
    lists.put_on(alice.actor, everybody.id, [each.id for each in people])
    with CaptureQueriesContext(
        connection,
    ) as told:
        post = actions.compose(alice.actor, letter(channel, everybody), now + SOON)
        actions.hold(alice.actor, post.id)
        actions.resume(alice.actor, post.id)
    assert Delivery.objects.filter(state=State.scheduled).count() == 5000
    assert len([each for each in told.captured_queries if "INSERT" in each["sql"]]) < 150
    with CaptureQueriesContext(connection) as told:
        queries.state_of(queries.posts_on(alice.actor)[0])
        crowds.crowds([post.id])
    assert len(told.captured_queries) < 9
