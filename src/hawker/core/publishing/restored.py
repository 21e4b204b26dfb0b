"""What a ledger out of a backup may still be trusted with: nothing that may have gone out since."""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from hawker.connect.text import say
from hawker.core.publishing.models import Delivery, Heartbeat
from hawker.core.publishing.states import Reason, State
from hawker.core.publishing.written import written

RESTORED = Reason(
    sentence=say("Hawker was restored from a backup. It is looking whether this went out meanwhile."),
    code="restored",
)
# How far the clocks of networks may be off.
MARGIN = timedelta(minutes=1)
UNSENT = (State.scheduled, State.needs_sign_in, State.preparing, State.ready)


def look_again(taken_at: datetime, now: datetime, *, database: str) -> int:
    """Makes unknown whatever was due by now and unsent when the backup was taken; gives how many that are.

    What follows another delivery waits for that one, and is looked for then. Nobody may be at work on
    `database` meanwhile.
    """
    rows = Delivery.objects.using(database)
    doubtful = rows.filter(state__in=UNSENT, due_at__lte=now)
    waiting = rows.filter(state=State.scheduled, look_at=None, follows__in=doubtful.values("id"))
    followers = list(waiting.values_list("id", flat=True))
    unsure = {"state": State.unknown, "error": written(RESTORED), "sent_at": taken_at - MARGIN, "tries": 0}
    found = doubtful.exclude(id__in=followers).exclude(look_at=None, state=State.scheduled)
    count = found.update(**unsure, look_at=now) + rows.filter(id__in=followers).update(**unsure, look_at=None)
    count += _in_flight(rows, now)
    rows.exclude(lease_token=None).update(lease_token=None, lease_until=None)
    Heartbeat.objects.using(database).all().delete()
    return count


def _in_flight(rows: QuerySet[Delivery], now: datetime) -> int:
    sending = rows.filter(state=State.sending)
    rows.filter(state=State.unknown).exclude(look_at=None).update(look_at=now)
    return sending.update(state=State.unknown, error=written(RESTORED), look_at=now, sent_at=F("sent_at"))
