"""Reading what networks have told. What breaks on one call keeps none behind it from its turn."""

import logging
from datetime import datetime

from hawker.connect.registry import platforms
from hawker.core.hooks import reading
from hawker.core.hooks.reading import Call
from hawker.core.hooks.rules import Broken, Garbled
from hawker.core.problems import DATABASE_AWAY

log = logging.getLogger("hawker.hooks")


def hear(now: datetime) -> datetime | None:
    """Gives when to come again."""
    for call in reading.due(now):
        _hear(call, now)
    return reading.next_look()


def _hear(call: Call, now: datetime) -> None:
    try:
        hears = platforms()[call.platform].hears
        events = hears.read(call.body) if hears else []
    except Exception:  # a connector's own fault, or a folder that is gone; what came stays as it came
        log.exception("hook.unreadable hook=%s platform=%s", call.id, call.platform)
        reading.put_off(call, Garbled(), now)
        return
    try:
        reading.hand_on(call, events, now)
    except DATABASE_AWAY:
        raise
    except Exception:
        log.exception("hook.broken hook=%s platform=%s", call.id, call.platform)
        reading.put_off(call, Broken(), now)
