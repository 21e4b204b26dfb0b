"""Rule books that are right but for one rule, to see whether the trial finds it out."""

from dataclasses import replace
from datetime import datetime, timedelta

from hawker.core.publishing import rules, upkeep
from hawker.core.publishing.commands import commanded
from hawker.core.publishing.states import (
    Abandoned,
    Absent,
    AnswerLost,
    Command,
    Next,
    Outcome,
    Snapshot,
    State,
    Word,
)
from tests.ledger.world import Rulebook

AN_HOUR = timedelta(hours=1)


def _sends_what_was_lost(
    delivery: Snapshot, outcome: Outcome, now: datetime, *, read_delay: timedelta
) -> Next:
    if isinstance(outcome, AnswerLost):
        return rules.again(delivery)
    return rules.after(delivery, outcome, now, read_delay=read_delay)


def _sends_what_a_dead_worker_sent(
    delivery: Snapshot, outcome: Outcome, now: datetime, *, read_delay: timedelta
) -> Next:
    if isinstance(outcome, Abandoned) and delivery.state is State.sending:
        return rules.again(delivery)
    return rules.after(delivery, outcome, now, read_delay=read_delay)


def _believes_every_absence(
    delivery: Snapshot, outcome: Outcome, now: datetime, *, read_delay: timedelta
) -> Next:
    if isinstance(outcome, Absent):
        outcome = Absent(AN_HOUR)
    return rules.after(delivery, outcome, now, read_delay=read_delay)


def _believes_the_wall_clock(
    delivery: Snapshot, outcome: Outcome, now: datetime, *, read_delay: timedelta
) -> Next:
    if isinstance(outcome, Absent) and delivery.sent_at is not None:
        outcome = Absent(now - delivery.sent_at)
    return rules.after(delivery, outcome, now, read_delay=read_delay)


def _tries_again_what_may_be_out(
    delivery: Snapshot, command: Command, now: datetime, *, at: datetime, there: bool
) -> Next | None:
    if command is Command.retry and delivery.state is State.unknown:
        return Next(state=State.scheduled, look_at=now, due_at=now)
    return commanded(delivery, command, now, at=at, there=there)


def _gives_up_in_silence(
    delivery: Snapshot, outcome: Outcome, now: datetime, *, read_delay: timedelta
) -> Next:
    then = rules.after(delivery, outcome, now, read_delay=read_delay)
    return replace(then, look_at=None) if then.state is State.scheduled and then.tries else then


def _knows_only_the_past(now: datetime) -> tuple[datetime, datetime]:
    return now, now + timedelta(days=10_000)


def _waits_for_the_leader(
    follower: Snapshot, leader: State, *, addressed: bool, now: datetime
) -> Next | None:
    return upkeep.followed(follower, leader, addressed=addressed, now=now) if addressed else None


def _believes_what_came_before(delivery: Snapshot, word: Word, *, known: bool) -> Next | None:
    return rules.told(delivery, word, known=False)


def _asks_nobody_what_they_want(delivery: Snapshot, now: datetime) -> Next | None:
    return rules.before(replace(delivery, wanted=True), now)


def _never(*_: object, **__: object) -> None:
    return None


LIES = {
    "sends again what was lost": Rulebook(after=_sends_what_was_lost),
    "sends again what a dead worker sent": Rulebook(after=_sends_what_a_dead_worker_sent),
    "believes every absence": Rulebook(after=_believes_every_absence),
    "believes the wall clock": Rulebook(after=_believes_the_wall_clock),
    "sends however long it was held up": Rulebook(send_within=AN_HOUR),
    "lets people try again what may be out": Rulebook(commanded=_tries_again_what_may_be_out),
    "gives up in silence": Rulebook(after=_gives_up_in_silence),
    "keeps a lease from a clock that was ahead": Rulebook(live_leases=_knows_only_the_past),
    "keeps a time from a clock that was ahead": Rulebook(recalled=_never),
    "leaves what a removed channel holds": Rulebook(orphaned=_never),
    "believes what a network told before": Rulebook(told=_believes_what_came_before),
    "goes on with what nobody wants": Rulebook(before=_asks_nobody_what_they_want),
    "forgets what it has handed over": Rulebook(reminded=_never),
    "lets a follower wait for what has ended": Rulebook(followed=_waits_for_the_leader),
}
