"""What a ledger out of a backup may still be trusted with: nothing that may have gone out since."""

from datetime import datetime, timedelta

from hawker.connect.text import say
from hawker.core.publishing.columns import said
from hawker.core.publishing.models import Delivery, Heartbeat
from hawker.core.publishing.states import Reason, State

RESTORED = Reason(
    sentence=say("Hawker was restored from a backup. It is looking whether this went out meanwhile."),
    code="restored",
)
DOUBTFUL = (State.scheduled, State.needs_sign_in, State.preparing, State.ready)
# How far the clocks of networks may be off.
MARGIN = timedelta(minutes=1)


def look_again(taken_at: datetime, now: datetime, *, database: str) -> int:
    """Makes unknown whatever was due by now and not published when the backup was taken; gives how many.

    What follows another delivery waits for that one, and is looked for then. Nobody may be at work on
    `database` meanwhile.
    """
    rows = Delivery.objects.using(database)
    unknown = {"state": State.unknown, "error": said(RESTORED), "tries": 0}
    doubtful = rows.filter(state__in=DOUBTFUL, due_at__lte=now)
    waiting = doubtful.filter(state=State.scheduled, look_at=None).exclude(follows=None)
    leaders = [*DOUBTFUL, State.sending, State.unknown]
    followers = list(waiting.filter(follows__state__in=leaders).values_list("id", flat=True))
    alone = doubtful.exclude(state=State.scheduled, look_at=None)
    count = rows.filter(state=State.sending).update(**unknown, look_at=now)
    rows.filter(state=State.unknown).exclude(look_at=None).update(look_at=now)
    count += alone.update(**unknown, look_at=now, sent_at=taken_at - MARGIN)
    count += rows.filter(id__in=followers).update(**unknown, look_at=None, sent_at=taken_at - MARGIN)
    rows.exclude(lease_token=None).update(lease_token=None, lease_until=None)
    Heartbeat.objects.using(database).all().delete()
    return count
