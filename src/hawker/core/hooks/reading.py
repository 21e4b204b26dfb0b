"""What the worker does with what networks have told: reads it, hands it on, marks it done.

All in one transaction for each call, whose row is locked meanwhile: whoever dies in between has done nothing,
and two workers never read the same call at once. What is done again, as after a replay in another batch, does
no harm.
"""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Min

from hawker.connect.hooks import Event
from hawker.connect.registry import platforms
from hawker.core.hooks import handing, rules
from hawker.core.hooks.models import Hook
from hawker.core.hooks.rules import Broken, Garbled, Outcome, Understood
from hawker.core.problems import DATABASE_AWAY

log = logging.getLogger("hawker.hooks")
AT_ONCE = 100


def read(now: datetime) -> datetime | None:
    """Reads what is due, the oldest first; gives when to come again."""
    due = Hook.objects.filter(look_at__lte=now).order_by("look_at", "id")
    for each in list(due.values_list("id", flat=True)[:AT_ONCE]):
        _read(each, now)
    first: datetime | None = Hook.objects.aggregate(first=Min("look_at"))["first"]
    return first


def tidy(now: datetime) -> None:
    Hook.objects.filter(received_at__lt=now - rules.KEPT).delete()


def _read(hook_id: UUID, now: datetime) -> None:
    """What breaks on one call keeps none behind it from its turn."""
    try:
        _read_once(hook_id, now)
    except DATABASE_AWAY:
        raise
    except Exception:
        log.exception("hook.broken hook=%s", hook_id)
        _settle(hook_id, Broken(), now)


@transaction.atomic
def _read_once(hook_id: UUID, now: datetime) -> None:
    skip = connection.features.has_select_for_update_skip_locked
    locked = Hook.objects.select_for_update(skip_locked=skip)
    hook = locked.filter(id=hook_id, look_at__lte=now).first()
    if hook is None:
        return
    events = _events(hook)
    if events is None:
        _settle(hook.id, Garbled(), now)
        return
    claimed = [handing.hand_on(hook.platform, event, now) for event in events]
    _settle(hook.id, Understood(unclaimed=not all(claimed)), now)


def _events(hook: Hook) -> Sequence[Event] | None:
    """None where the network's folder cannot read it, or is gone."""
    found = platforms().get(hook.platform)
    if found is None or found.hears is None:
        return None
    try:
        return found.hears.read(bytes(hook.body))
    except Exception:  # a connector's own fault; what came stays as it came
        log.exception("hook.unreadable hook=%s platform=%s", hook.id, hook.platform)
        return None


@transaction.atomic
def _settle(hook_id: UUID, outcome: Outcome, now: datetime) -> None:
    hook = Hook.objects.select_for_update().filter(id=hook_id).first()
    if hook is not None:
        then = rules.after(outcome, hook.tries)
        hook.state, hook.tries = then.state, then.tries
        hook.look_at = None if then.after is None else now + then.after
        hook.save(update_fields=["state", "tries", "look_at"])
