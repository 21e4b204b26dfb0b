"""What a ledger out of a backup may still be trusted with: nothing that may have gone out since."""

from datetime import datetime, timedelta

from django.db.models import Q

from hawker.core.publishing import queries, upkeep
from hawker.core.publishing.columns import columns
from hawker.core.publishing.models import Delivery, Heartbeat
from hawker.core.publishing.states import State

# How far the clocks of networks may be off.
MARGIN = timedelta(minutes=1)


def look_again(taken_at: datetime, now: datetime, *, database: str) -> int:
    """Makes unknown whatever was due by now and not published when the backup was taken; gives how many.

    Nobody may be at work on `database` meanwhile.
    """
    rows = Delivery.objects.using(database)
    count = 0
    due = rows.filter(Q(due_at__lte=now) | Q(state=State.sending), state__in=upkeep.DOUBTFUL)
    for row in list(due.select_related("follows")):
        leader = State(row.follows.state) if row.follows else None
        then = upkeep.doubted(queries.snapshot(row), leader, now)
        if then is not None:
            since = row.sent_at if row.state == State.sending else taken_at - MARGIN
            count += rows.filter(id=row.id).update(**columns(then, now), sent_at=since)
    rows.filter(state=State.unknown).exclude(look_at=None).update(look_at=now)
    rows.exclude(lease_token=None).update(lease_token=None, lease_until=None)
    Heartbeat.objects.using(database).all().delete()
    return count
