"""What workers write: finished steps, intents, results. Called from one thread, outside any network call.

Every write of a worker is fenced by the lease token that its claim was given: who has lost the lease, or
whose delivery was cancelled meanwhile, changes nothing. Writes come in groups, one commit for each group:
a commit waits for the disk, and many network calls should wait for few of those.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import F

from hawker.connect.registry import platform
from hawker.core.publishing import chains, queries, rules
from hawker.core.publishing.claims import Claim
from hawker.core.publishing.columns import columns
from hawker.core.publishing.models import Delivery, Heartbeat
from hawker.core.publishing.states import (
    Intended,
    Next,
    Outcome,
    Prepared,
    State,
)
from hawker.core.rows import Change, change_each

FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Result:
    """What a delivery becomes; with it the delivery is given out of hand."""

    claim: Claim
    then: Next


def result(held: Claim, outcome: Outcome, now: datetime) -> Result:
    """What the rules make of an outcome; nothing is written yet."""
    read_delay = platform(held.platform).publishes.read_delay
    then = rules.after(held.seen, outcome, now, read_delay=read_delay, late_after=held.late_after)
    return Result(held, then)


def with_step(held: Claim, name: str, value: str) -> Claim:
    """The claim with a finished piece of preparation; nothing is written yet."""
    return replace(held, steps={**held.steps, name: value})


def sending(held: Claim, now: datetime) -> Claim:
    """The claim as it is once its intent is committed."""
    ready = rules.after(held.seen, Prepared(), now, read_delay=rules.FIRST_LOOK)
    seen = replace(held.seen, state=ready.state)
    then = rules.after(seen, Intended(), now, read_delay=rules.FIRST_LOOK)
    return replace(held, seen=replace(seen, state=then.state, attempt=seen.attempt + 1, sent_at=now))


@transaction.atomic
def commit(
    *,
    now: datetime,
    steps: Sequence[Claim] = (),
    intents: Sequence[Claim] = (),
    results: Sequence[Result] = (),
) -> set[UUID]:
    """Writes a group down. Gives the ids of those that were written; the others have lost their lease, or
    may not be sent: cancelled or put on hold meanwhile.

    An intent is the last write before the irreversible call, and nothing else depends on its transaction.
    """
    written = _keep(steps) | _intend(intents, now) | _end(results, now)
    chains.call([each.claim.id for each in results if each.claim.leads and each.then.published], now)
    return written


def beat(worker: str, now: datetime) -> None:
    """The sign of life that pages and /healthz look for."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"beat_at": now})
    Heartbeat.objects.filter(beat_at__lt=now - FORGOTTEN_AFTER).delete()


def leave(worker: str) -> None:
    """Nobody is to wait for this worker's next sign of life."""
    Heartbeat.objects.filter(worker=worker).delete()


def _keep(claims: Sequence[Claim]) -> set[UUID]:
    return _change(claims, lambda held: {"steps": dict(held.steps)})


def _intend(claims: Sequence[Claim], now: datetime) -> set[UUID]:
    """One statement for each batch that was claimed together: intents differ in nothing but their ids."""
    written = set[UUID]()
    # Most of the time nothing is on hold anywhere, and asking so costs a third of asking it of each.
    held_back = [~queries.paused()] if claims and queries.is_anything_paused() else []
    for token, group in groupby(sorted(claims, key=_token), key=_token):
        found = list(group)
        ids = [held.id for held in found]
        mine = Delivery.objects.filter(id__in=ids, lease_token=token)
        waiting = mine.filter(*held_back, state__in=[State.preparing, State.ready])
        if any(held.draft.to for held in found):
            waiting = waiting.filter(queries.wanted())
        sent = waiting.update(state=State.sending, attempt=F("attempt") + 1, sent_at=now)
        written |= set(ids) if sent == len(ids) else _in_state(ids, token, State.sending)
    return written


def _in_state(ids: list[UUID], token: UUID, state: State) -> set[UUID]:
    found = Delivery.objects.filter(id__in=ids, lease_token=token, state=state)
    return set(found.values_list("id", flat=True))


def _end(results: Sequence[Result], now: datetime) -> set[UUID]:
    """What went out, and what did not, have different columns to write."""
    out = [each for each in results if each.then.published]
    back = [each for each in results if not each.then.published]
    then = {each.claim.id: each.then for each in results}
    ended = set[UUID]()
    for group in (out, back):
        claims = [each.claim for each in group]
        ended |= _change(
            claims, lambda held: {**columns(then[held.id], now), "sent_text": _sent(held, then[held.id])}
        )
    return ended


def _sent(held: Claim, then: Next) -> str:
    return held.draft.text if held.seen.attempt or then.state is State.handed else ""


def _change(claims: Sequence[Claim], values: Callable[[Claim], dict[str, object]]) -> set[UUID]:
    changes = [Change({"id": held.id, "lease_token": held.token}, values(held)) for held in claims]
    done = change_each(Delivery, changes)
    return {held.id for held, changed in zip(claims, done, strict=True) if changed}


def _token(held: Claim) -> UUID:
    return held.token
