"""Holding all, and going on: who may, what waits meanwhile, what comes out of it."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from hawker.connect.values import Published
from hawker.core.channels import actions as channel_actions
from hawker.core.channels.models import Channel
from hawker.core.people import actions as people
from hawker.core.people import queries as log
from hawker.core.people.models import Workspace
from hawker.core.people.rules import LATE_AFTER_CHOICES, Role
from hawker.core.posts.models import Post
from hawker.core.posts.values import Wording, Writing
from hawker.core.problems import Conflict, Invalid, NotAllowed, NotFound
from hawker.core.publishing import actions, claims, ledger, pauses, pausing, queries, rules
from hawker.core.publishing.models import Delivery, Heartbeat, Pause
from hawker.core.publishing.states import Abandoned, Absent, Accepted, AnswerLost, Reason, State
from hawker.web.posts.tests.ledger import intend, settle
from hawker.worker import outcomes
from tests.cast import Somebody, colleague

PLACE = Accepted(Published(remote_id="1", url="https://network.example/1"))
LOST = AnswerLost(Reason(sentence=outcomes.FAULT.sentence))


def write(alice: Somebody, shop: list[Channel], at: datetime | None = None, comment: str = "") -> Post:
    wordings = tuple(Wording(channel=channel.id) for channel in shop)
    writing = Writing(text="Fresh bao", language="en", first_comment=comment, wordings=wordings)
    return actions.compose(alice.actor, writing, at)


def due(now: datetime) -> set[object]:
    return set(queries.due(now).order_by().values_list("channel_id", flat=True))


def ago(**how_long: float) -> None:
    """Everything was due so long ago."""
    at = timezone.now() - timedelta(**how_long)
    Delivery.objects.exclude(look_at=None).update(due_at=at, look_at=at)


def test_nothing_of_a_business_on_hold_is_due(
    alice: Somebody, charlie: Somebody, shop: list[Channel]
) -> None:
    write(alice, shop)
    pauses.hold_all(charlie.actor)
    assert due(timezone.now()) == {channel.id for channel in shop}
    pauses.hold_all(alice.actor)
    assert due(timezone.now()) == set()
    write(alice, shop)
    assert claims.claim(timezone.now(), limit=100) == []


def test_a_channel_on_hold_stops_no_other(alice: Somebody, shop: list[Channel]) -> None:
    write(alice, shop)
    pauses.hold_all(alice.actor, shop[0].id)
    assert due(timezone.now()) == {channel.id for channel in shop[1:]}


@pytest.mark.parametrize("state", [State.preparing, State.ready])
def test_what_is_being_prepared_is_not_sent_once_there_is_a_pause(
    state: State, alice: Somebody, shop: list[Channel]
) -> None:
    write(alice, shop)
    taken = claims.claim(timezone.now(), limit=100)
    Delivery.objects.update(state=state)
    pauses.hold_all(alice.actor)
    assert ledger.commit(intents=taken, now=timezone.now()) == set()
    assert len(taken) == len(shop)
    for claim in taken:
        settle(claim, Abandoned())
    rows = Delivery.objects.values_list("state", "attempt", "lease_token")
    assert set(rows) == {(State.scheduled, 0, None)}


def test_what_is_sending_already_is_finished(alice: Somebody, shop: list[Channel]) -> None:
    write(alice, shop)
    sending = [intend(claim) for claim in claims.claim(timezone.now(), limit=100)]
    pauses.hold_all(alice.actor)
    for claim in sending:
        settle(claim, PLACE)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.published}


def test_what_is_unknown_is_still_looked_for_and_waits_if_it_is_not_there(
    alice: Somebody, shop: list[Channel]
) -> None:
    write(alice, shop)
    for claim in claims.claim(timezone.now(), limit=100):
        settle(intend(claim), LOST)
    pauses.hold_all(alice.actor)
    later = timezone.now() + timedelta(hours=1)
    for claim in claims.claim(later, limit=100):
        settle(claim, Absent(timedelta(hours=1)), later)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.scheduled}
    assert claims.claim(later, limit=100) == []


def test_nothing_becomes_late_or_overdue_while_it_is_on_hold(alice: Somebody, shop: list[Channel]) -> None:
    write(alice, shop)
    ledger.beat("here", timezone.now())
    pauses.hold_all(alice.actor, reason="The tea is recalled")
    ago(hours=5)
    assert claims.claim(timezone.now(), limit=100) == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.scheduled}
    pulse = queries.pulse(timezone.now(), alice.actor.workspace)
    assert (pulse.overdue, pulse.alive) == (0, True)
    (hold,) = pulse.holds
    assert (hold.by, hold.reason, hold.channel, hold.handle) == ("Alice", "The tea is recalled", None, "")


def test_the_pulse_tells_the_holds_of_one_business_only(
    alice: Somebody, charlie: Somebody, shop: list[Channel]
) -> None:
    Heartbeat.objects.all().delete()
    pauses.hold_all(alice.actor, shop[1].id)
    pauses.hold_all(alice.actor)
    now = timezone.now()
    assert queries.pulse(now).holds == queries.pulse(now, charlie.actor.workspace).holds == ()
    holds = queries.pulse(now, alice.actor.workspace).holds
    assert [(hold.channel, hold.handle) for hold in holds] == [(None, ""), (shop[1].id, shop[1].handle)]


def test_holding_twice_changes_nothing_and_keeps_the_first_reason(
    alice: Somebody, bob: Somebody, shop: list[Channel]
) -> None:
    first = pauses.hold_all(bob.actor, reason="A fire")
    again = pauses.hold_all(alice.actor, reason="A flood")
    assert (again.id, again.reason, again.by) == (first.id, "A fire", "Bob")
    assert [each.action for each in log.log(alice.actor)].count("held all") == 1


def test_a_reason_that_is_too_long_is_refused(alice: Somebody) -> None:
    with pytest.raises(Invalid):
        pauses.hold_all(alice.actor, reason="x" * (pauses.REASON_LENGTH + 1))
    assert not Pause.objects.exists()


def test_who_may_hold_and_who_may_go_on(alice: Somebody, bob: Somebody) -> None:
    reader, approver = colleague(alice, "Rita", Role.analyst), colleague(alice, "Ann", Role.approver)
    with pytest.raises(NotAllowed):
        pauses.hold_all(reader.actor)
    pauses.hold_all(bob.actor)
    for somebody in (reader, bob):
        with pytest.raises(NotAllowed):
            pauses.resume_all(somebody.actor)
    pauses.resume_all(approver.actor)
    assert [each.action for each in log.log(alice.actor)][:2] == ["resumed all", "held all"]


def test_a_stranger_holds_and_resumes_nothing(
    alice: Somebody, charlie: Somebody, shop: list[Channel]
) -> None:
    with pytest.raises(NotFound):
        pauses.hold_all(charlie.actor, shop[0].id)
    pauses.hold_all(alice.actor, shop[0].id)
    for channel in (shop[0].id, None):
        with pytest.raises(Conflict):
            pauses.resume_all(charlie.actor, channel)
    assert Pause.objects.get().ended_at is None


def test_resuming_what_is_not_on_hold_is_said(alice: Somebody) -> None:
    with pytest.raises(Conflict):
        pauses.resume_all(alice.actor)
    pauses.hold_all(alice.actor)
    pauses.resume_all(alice.actor)
    with pytest.raises(Conflict):
        pauses.resume_all(alice.actor)
    assert pauses.hold_all(alice.actor).ended_at is None


def test_what_piled_up_is_spread_and_what_is_not_due_stays(alice: Somebody, shop: list[Channel]) -> None:
    (tea,) = channels = shop[:1]
    pauses.hold_all(alice.actor)
    piled_up = [write(alice, channels) for _ in range(3)]
    ago(minutes=30)
    tomorrow = timezone.now() + timedelta(days=1)
    write(alice, channels, tomorrow)
    pause = pauses.open_pause(alice.actor, None)
    shown = [each.delivery.post_id for each in pauses.to_release(pause, timezone.now())]
    before = timezone.now()
    pauses.resume_all(alice.actor)
    rows = list(Delivery.objects.filter(channel=tea).order_by("due_at"))
    assert [row.post_id for row in rows[:3]] == [post.id for post in piled_up] == shown
    assert rows[0].due_at >= before + pausing.FIRST_AFTER
    assert {later.due_at - row.due_at for row, later in pairwise(rows[:3])} == {pausing.APART}
    assert all(row.look_at == row.due_at for row in rows)
    assert rows[3].due_at == tomorrow


def test_what_is_past_the_limit_when_it_goes_on_is_asked_about(
    alice: Somebody, commentable: list[Channel]
) -> None:
    workspace = Workspace.objects.get(id=alice.actor.workspace)
    workspace.late_after = timedelta(minutes=15)
    workspace.save()
    pauses.hold_all(alice.actor)
    post = write(alice, commentable, comment="Until eight.")
    ago(minutes=20)
    rows = Delivery.objects.filter(post=post, part=0)
    Delivery.objects.filter(id=rows[1].id).update(sent_at=timezone.now())
    pauses.resume_all(alice.actor)
    assert set(rows.values_list("state", "look_at")) == {(State.late, None)}
    told = {row.sent_at is not None: queries.reason_of(row) for row in rows}
    assert told == {False: rules.LATE, True: rules.TRIED}
    assert {row.state for row in Delivery.objects.filter(part=1)} == {State.scheduled}
    actions.retry(alice.actor, rows[0].id)
    assert due(timezone.now()) == {rows[0].channel_id}


def test_a_channels_own_pause_outlives_that_of_the_business(alice: Somebody, shop: list[Channel]) -> None:
    write(alice, shop)
    pauses.hold_all(alice.actor)
    pauses.hold_all(alice.actor, shop[0].id)
    ago(minutes=10)
    released = {each.delivery.channel_id for each in pauses.resume_all(alice.actor)}
    assert released == {channel.id for channel in shop[1:]}
    assert due(timezone.now() + timedelta(hours=1)) == released
    (own,) = pauses.resume_all(alice.actor, shop[0].id)
    assert own.delivery.channel_id == shop[0].id


def test_a_channels_pause_that_ends_under_that_of_the_business_releases_nothing(
    alice: Somebody, shop: list[Channel]
) -> None:
    write(alice, shop)
    pauses.hold_all(alice.actor)
    pauses.hold_all(alice.actor, shop[0].id)
    assert pauses.resume_all(alice.actor, shop[0].id) == []
    assert due(timezone.now()) == set()


def test_a_pause_of_a_removed_channel_is_shown_nowhere(alice: Somebody, shop: list[Channel]) -> None:
    pauses.hold_all(alice.actor, shop[0].id)
    channel_actions.remove(alice.actor, shop[0].id)
    assert not queries.pauses(alice.actor).exists()
    assert queries.pulse(timezone.now(), alice.actor.workspace).holds == ()


def test_one_delivery_is_cancelled_with_what_follows_it(alice: Somebody, commentable: list[Channel]) -> None:
    pauses.hold_all(alice.actor)
    post = write(alice, commentable, comment="Until eight.")
    row = Delivery.objects.get(post=post, channel=commentable[0], part=0)
    actions.cancel_delivery(alice.actor, row.id)
    states = Delivery.objects.filter(post=post).order_by().values_list("channel_id", "state").distinct()
    assert set(states) == {
        (commentable[0].id, State.cancelled),
        *((channel.id, State.scheduled) for channel in commentable[1:]),
    }
    with pytest.raises(Conflict):
        actions.cancel_delivery(alice.actor, row.id)


def test_a_comment_is_cancelled_without_its_post(alice: Somebody, commentable: list[Channel]) -> None:
    post = write(alice, commentable, comment="Until eight.")
    actions.cancel_delivery(alice.actor, Delivery.objects.get(post=post, channel=commentable[0], part=1).id)
    assert Delivery.objects.get(post=post, channel=commentable[0], part=0).state == State.scheduled


@pytest.mark.parametrize("late_after", LATE_AFTER_CHOICES)
def test_a_business_says_how_late_is_too_late(
    late_after: timedelta, alice: Somebody, shop: list[Channel]
) -> None:
    shape = people.Business(name="Tea", language="en", time_zone="Asia/Taipei", late_after=late_after)
    people.change_business(alice.actor, shape)
    write(alice, shop)
    at = Delivery.objects.earliest("due_at").due_at + late_after
    assert len(claims.claim(at, limit=1)) == 1
    claims.claim(at + timedelta(minutes=1), limit=100)
    assert State.late in set(Delivery.objects.values_list("state", flat=True))


def test_a_limit_that_is_not_offered_is_refused(alice: Somebody) -> None:
    shape = people.Business(
        name="Tea", language="en", time_zone="Asia/Taipei", late_after=timedelta(minutes=7)
    )
    with pytest.raises(Invalid) as refused:
        people.change_business(alice.actor, shape)
    assert [problem.field for problem in refused.value.problems] == ["late_after_minutes"]
