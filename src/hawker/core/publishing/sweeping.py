"""Puts right what no worker has in hand, as `upkeep` decides: nothing is left that no rule moves."""

from datetime import datetime

from django.db.models import Q

from hawker.core.channels.rules import State as ChannelState
from hawker.core.publishing import budgets, drafts, queries, rules, upkeep
from hawker.core.publishing.columns import columns
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import IN_HAND, WAITING, Abandoned, Next, Snapshot, State

LED = (State.published, State.cancelled, State.removed)
WITHOUT_CHANNEL = (*WAITING, State.handed, State.held, State.needs_sign_in, State.late)


def sweep(now: datetime) -> int:
    """Gives how many deliveries it moved."""
    budgets.unlearn(now)
    mended = _free(now) + _heal(now) + _orphan(now) + _recall(now) + _follow(now) + _call_again(now)
    return mended + _remind(now)


def _free(now: datetime) -> int:
    """What a worker had in hand that is gone: by its state it was not sent, or nobody knows."""
    first, last = upkeep.live_leases(now)
    over = Q(lease_until__lt=first) | Q(lease_until__gt=last)
    rows = list(drafts.related(Delivery.objects.filter(over)))
    sent = drafts.drafts_of([row for row in rows if row.attempt])
    texts = {row.id: sent[row.id].text if row.attempt else "" for row in rows}
    return sum(
        _change(row, _abandoned(queries.snapshot(row), now), now, sent_text=texts[row.id]) for row in rows
    )


def _abandoned(left: Snapshot, now: datetime) -> Next:
    if left.state not in IN_HAND | {State.unknown}:
        return Next(state=left.state, look_at=left.look_at, tries=left.tries)
    return rules.after(left, Abandoned(), now, read_delay=rules.FIRST_LOOK)


def _heal(now: datetime) -> int:
    waiting = Q(state=State.needs_sign_in) | Q(state=State.late, due_at__gt=now)
    rows = Delivery.objects.filter(waiting, channel__state=ChannelState.connected)
    healed = ((row, upkeep.healed(queries.snapshot(row), now)) for row in rows)
    return sum(_change(row, then, now) for row, then in healed if then)


def _orphan(now: datetime) -> int:
    rows = Delivery.objects.filter(state__in=WITHOUT_CHANNEL, channel__state=ChannelState.removed)
    orphaned = ((row, upkeep.orphaned(queries.snapshot(row))) for row in rows)
    return sum(_change(row, then, now) for row, then in orphaned if then)


def _recall(now: datetime) -> int:
    """What waits for an instant that a wrong clock has set."""
    ahead = Q(tries__gt=0) | Q(sent_at__gt=now + upkeep.SKEW)
    chosen = Q(state=State.unknown) | Q(ahead, state=State.scheduled)
    rows = Delivery.objects.filter(chosen, lease_token=None, look_at__gt=now + upkeep.SKEW)
    moved = 0
    for row in rows:
        look_at = upkeep.recalled(queries.snapshot(row), now)
        if look_at is not None:
            moved += Delivery.objects.filter(id=row.id, look_at=row.look_at).update(look_at=look_at)
    return moved


def _follow(now: datetime) -> int:
    """What waits for a call that it missed: it was brought back just as what it follows went out."""
    waiting = Delivery.objects.filter(state=State.scheduled, look_at=None, follows__state__in=LED)
    moved = 0
    for row in waiting.select_related("follows"):
        leader = row.follows
        if leader is not None:
            then = upkeep.followed(
                queries.snapshot(row), State(leader.state), addressed=bool(leader.remote_id), now=now
            )
            moved += _change(row, then, now) if then else 0
    return moved


def _call_again(now: datetime) -> int:
    """What a clock that was ahead has called."""
    ahead = Delivery.objects.filter(follows__published_at__gt=now + upkeep.SKEW, state=State.scheduled)
    moved = 0
    for row in ahead.select_related("follows"):
        called_at = row.follows.published_at if row.follows else None
        then = upkeep.misled(queries.snapshot(row), called_at, now)
        moved += _change(row, then, now) if then else 0
    return moved


def _remind(now: datetime) -> int:
    """What its owner was told of already is to be told once more."""
    rows = Delivery.objects.filter(state=State.handed, look_at__lte=now)
    waited = ((row, upkeep.reminded(queries.snapshot(row), now)) for row in rows)
    return sum(_change(row, then, now, told_for=None) for row, then in waited if then)


def _change(row: Delivery, then: Next, now: datetime, **more: str | None) -> int:
    """Unless somebody else was faster, or its worker has just said that it lives."""
    same = Delivery.objects.filter(
        id=row.id, state=row.state, lease_token=row.lease_token, lease_until=row.lease_until
    )
    return same.update(**columns(then, now), **more)
