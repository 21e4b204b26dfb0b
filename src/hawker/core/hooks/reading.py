"""What networks have told, on its way to whom it concerns.

What one call says is done and marked as done in one transaction, its row locked meanwhile: whoever dies in
between has done nothing, and two workers never do the same at once. What is done again, as after a replay in
another batch, does no harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Min, QuerySet

from hawker.connect.hooks import Event
from hawker.core.hooks import handing, rules
from hawker.core.hooks.models import Hook
from hawker.core.hooks.rules import Outcome, Understood

AT_ONCE = 100


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a network told, in its own bytes."""

    id: UUID
    platform: str
    body: bytes


def due(now: datetime) -> list[Call]:
    """The oldest first."""
    found = Hook.objects.filter(look_at__lte=now).order_by("look_at", "id")[:AT_ONCE]
    return [Call(id=hook.id, platform=hook.platform, body=bytes(hook.body)) for hook in found]


def next_look() -> datetime | None:
    first: datetime | None = Hook.objects.aggregate(first=Min("look_at"))["first"]
    return first


@transaction.atomic
def hand_on(call: Call, events: Sequence[Event], now: datetime) -> None:
    """Does what a call says, unless somebody else has done so."""
    hook = _locked().filter(id=call.id, look_at__lte=now).first()
    if hook is not None:
        claimed = [handing.hand_on(hook.platform, event, now) for event in events]
        _settle(hook, Understood(unclaimed=not all(claimed)), now)


@transaction.atomic
def put_off(call: Call, outcome: Outcome, now: datetime) -> None:
    """For what could not be read, or not be done."""
    hook = _locked().filter(id=call.id, look_at__lte=now).first()
    if hook is not None:
        _settle(hook, outcome, now)


def tidy(now: datetime) -> None:
    Hook.objects.filter(received_at__lt=now - rules.KEPT).delete()


def _locked() -> QuerySet[Hook]:
    skip = connection.features.has_select_for_update_skip_locked
    return Hook.objects.select_for_update(skip_locked=skip)


def _settle(hook: Hook, outcome: Outcome, now: datetime) -> None:
    then = rules.after(outcome, hook.tries)
    hook.state, hook.tries = then.state, then.tries
    hook.look_at = None if then.after is None else now + then.after
    hook.save(update_fields=["state", "tries", "look_at"])
