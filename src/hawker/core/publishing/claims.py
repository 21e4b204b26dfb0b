"""Taking due deliveries in hand, many at once, under a lease and a fencing token."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from hawker.connect.errors import SignInAgain
from hawker.connect.values import Account, Draft
from hawker.core.channels import queries as channels
from hawker.core.channels.actions import mark_signed_out
from hawker.core.channels.queries import Apps
from hawker.core.contacts import queries as contacts
from hawker.core.publishing import budgets, drafts, queries, rules
from hawker.core.publishing.columns import columns
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import IN_HAND, WAITING, KeyDead, Reason, Snapshot, State
from hawker.core.rows import row_id

A_CHANNEL_AT_ONCE = 10
NEARBY = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A delivery that this worker has in hand, as values: no row is touched while networks are asked.

    `leads`: others may follow it.
    """

    id: UUID
    token: UUID
    workspace: UUID
    channel: UUID
    platform: str
    checked_at: datetime
    seen: Snapshot
    late_after: timedelta
    steps: Mapping[str, str]
    known: frozenset[str]
    draft: Draft
    leads: bool
    account: Account = field(repr=False)
    app: UUID | None = None


def claim(now: datetime, *, limit: int, shards: Sequence[int] | None = None) -> list[Claim]:
    """Takes up to `limit` due deliveries in hand, each channel's oldest first and at most a few of each.

    `shards`: only of channels in these; None: of all.
    """
    due = _in_turn(now, limit, shards)
    if not due:
        return []
    token = row_id()
    rows = _take(due, token, now)
    written, apps = drafts.drafts_of(rows), channels.apps(row.channel.platform for row in rows)
    return [each for row in rows if (each := _claim(row, written[row.id], apps, token, now))]


@transaction.atomic
def _take(ids: list[UUID], token: UUID, now: datetime) -> list[Delivery]:
    """What must be one transaction, and no more: while it lasts, others wait to write."""
    found = _lock(ids)
    wanted = _wanted(found)
    rows = budgets.within([row for row in found if not _stopped(row, now, wanted)], now)
    taken = Delivery.objects.filter(id__in=[row.id for row in rows])
    lease = {"lease_token": token, "lease_until": now + rules.LEASE}
    if any(row.state == State.unknown for row in rows):
        taken.filter(state=State.unknown).update(**lease)
    taken.filter(state=State.scheduled).update(**lease, state=State.preparing)
    return rows


def renew(claims: Iterable[Claim], now: datetime) -> None:
    """Says that this worker still has these in hand."""
    held = Delivery.objects.filter(lease_token__in={each.token for each in claims})
    held.filter(id__in=[each.id for each in claims]).update(lease_until=now + rules.LEASE)


def _in_turn(now: datetime, limit: int, shards: Sequence[int] | None) -> list[UUID]:
    turn = Window(RowNumber(), partition_by=F("channel"), order_by=[F("due_at"), F("part"), F("id")])
    found = queries.due(now, shards).annotate(turn=turn).filter(turn__lte=A_CHANNEL_AT_ONCE)
    return list(found.order_by("turn", "due_at").values_list("id", flat=True)[:limit])


def _lock(ids: list[UUID]) -> list[Delivery]:
    """Those of `ids` that still wait, in their order, with their channels locked: of one channel only one
    worker takes deliveries at a time, so that none overtakes another."""
    found = _locking(Delivery.objects.all()).filter(id__in=ids, state__in=WAITING, lease_token=None)
    rows = list(drafts.related(found).order_by("due_at", "part", "id"))
    # Only a statement that begins after the locks were taken sees what another worker has just taken.
    at_work = Delivery.objects.filter(channel__in={row.channel_id for row in rows}, state__in=IN_HAND)
    busy = set(at_work.values_list("channel_id", flat=True))
    return [row for row in rows if row.channel_id not in busy]


def _locking(found: QuerySet[Delivery]) -> QuerySet[Delivery]:
    if not connection.features.has_select_for_update_skip_locked:
        return found  # SQLite: the transaction that has begun is the only one that writes
    return found.select_for_update(skip_locked=True, of=("self", "channel"))


def _wanted(rows: Iterable[Delivery]) -> set[UUID]:
    """Of the people whom these are for, those who agree to be written to."""
    people = {row.contact_id for row in rows if row.contact_id}
    return contacts.wanted(people) if people else set()


def _stopped(row: Delivery, now: datetime, wanted: Collection[UUID]) -> bool:
    seen = replace(queries.snapshot(row), wanted=row.recipient is None or row.contact_id in wanted)
    stop = rules.before(seen, now, drafts.late_after(row))
    if stop is None:
        return False
    Delivery.objects.filter(id=row.id).update(**columns(stop, now))
    return True


def _claim(row: Delivery, draft: Draft, apps: Apps, token: UUID, now: datetime) -> Claim | None:
    """None for a channel whose secrets cannot be opened: it must not keep the others from their turn."""
    waiting = queries.snapshot(row)
    seen = replace(waiting, state=rules.taken(waiting), leased=True)
    try:
        account = channels.account_of(row.channel, apps)
    except SignInAgain as error:
        mark_signed_out(row.channel_id)
        dead = KeyDead(Reason(sentence=error.sentence, code=error.code))
        then = rules.after(seen, dead, now, read_delay=rules.FIRST_LOOK)
        Delivery.objects.filter(id=row.id, lease_token=token).update(**columns(then, now))
        return None
    return Claim(
        id=row.id,
        token=token,
        workspace=row.workspace_id,
        channel=row.channel_id,
        app=row.channel.app,
        platform=row.channel.platform,
        checked_at=row.channel.checked_at,
        seen=seen,
        late_after=drafts.late_after(row),
        steps=row.steps,
        known=_others(row, now) if seen.state is State.unknown else frozenset(),
        draft=draft,
        leads=bool(row.post.thread or row.post.first_comment),
        account=account,
    )


def _others(row: Delivery, now: datetime) -> frozenset[str]:
    """What the channel's other deliveries have at the network: a look must not take it for this one."""
    others = Delivery.objects.filter(channel_id=row.channel_id).exclude(remote_id="").exclude(id=row.id)
    since = rules.since(queries.snapshot(row), now) - NEARBY
    return frozenset(others.filter(published_at__gte=since).values_list("remote_id", flat=True))
