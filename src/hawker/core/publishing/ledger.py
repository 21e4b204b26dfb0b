"""What workers write: claims, intents, results. Called from one thread, outside any network call.

Every write of a worker is fenced by the lease token that its claim was given: who has lost the lease, or
whose delivery was cancelled meanwhile, changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from hawker.connect.errors import SignInAgain
from hawker.connect.registry import platform
from hawker.connect.values import Account, Draft
from hawker.core.channels import queries as channels
from hawker.core.channels.actions import mark_signed_out
from hawker.core.channels.rules import State as ChannelState
from hawker.core.posts import queries as posts
from hawker.core.publishing import queries, rules
from hawker.core.publishing.models import Delivery, Heartbeat
from hawker.core.publishing.states import (
    IN_HAND,
    WAITING,
    Abandoned,
    Intended,
    KeyDead,
    Next,
    Outcome,
    Prepared,
    Reason,
    Snapshot,
    State,
)
from hawker.core.rows import row_id

A_CHANNEL_AT_ONCE = 10
NEARBY = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A delivery that this worker has in hand, as values: no row is touched while networks are asked."""

    id: UUID
    token: UUID
    workspace: UUID
    channel: UUID
    platform: str
    checked_at: datetime
    seen: Snapshot
    steps: Mapping[str, str]
    known: frozenset[str]
    draft: Draft
    account: Account = field(repr=False)


def sweep(now: datetime) -> int:
    """Puts right what no worker has in hand any more; gives how many deliveries it moved."""
    moved = sum(_free(row, now) for row in Delivery.objects.filter(lease_until__lt=now))
    waiting = Delivery.objects.filter(state=State.needs_sign_in, channel__state=ChannelState.connected)
    moved += waiting.update(state=State.scheduled, look_at=now, error=None)
    orphans = Delivery.objects.filter(state__in=WAITING, channel__state=ChannelState.removed)
    # Nobody can look at a channel that is gone: whether its lost posts are there, only the owner can say.
    moved += orphans.filter(state=State.unknown, lease_token=None).exclude(look_at=None).update(look_at=None)
    return moved + orphans.filter(state=State.scheduled).update(state=State.cancelled, look_at=None)


def claim(now: datetime, *, limit: int) -> list[Claim]:
    """Takes up to `limit` due deliveries in hand, each channel's oldest first and at most a few of each."""
    token = row_id()
    with transaction.atomic():
        ids = [row.id for row in _lock(_in_turn(now, limit)) if not _stopped(row, now)]
        taken = Delivery.objects.filter(id__in=ids)
        lease = {"lease_token": token, "lease_until": now + rules.LEASE}
        taken.filter(state=State.unknown).update(**lease)
        taken.filter(state=State.scheduled).update(**lease, state=State.preparing)
    rows = Delivery.objects.filter(lease_token=token).select_related("channel", "follows", "post")
    found = rows.prefetch_related("post__attachments__media", "post__variants").order_by(
        "due_at", "part", "id"
    )
    return [each for row in found if (each := _claim(row, token, now))]


def renew(claims: Iterable[Claim], now: datetime) -> None:
    """Says that this worker still has these in hand."""
    held = Delivery.objects.filter(lease_token__in={each.token for each in claims})
    held.filter(id__in=[each.id for each in claims]).update(lease_until=now + rules.LEASE)


def keep_step(held: Claim, name: str, value: str) -> Claim | None:
    """Remembers a finished piece of preparation; None where the lease is lost."""
    steps = {**held.steps, name: value}
    return replace(held, steps=steps) if _fenced(held).update(steps=steps) else None


def intend(held: Claim, now: datetime) -> Claim | None:
    """Commits the intent to send; None where it must not be sent: cancelled, or the lease is lost."""
    ready = rules.after(held.seen, Prepared(), now, read_delay=rules.FIRST_LOOK)
    seen = replace(held.seen, state=ready.state)
    sending = rules.after(seen, Intended(), now, read_delay=rules.FIRST_LOOK)
    committed = (
        _fenced(held)
        .filter(state__in=[State.preparing, State.ready])
        .update(
            state=sending.state,
            attempt=F("attempt") + 1,
            sent_at=now,
            sent_text=held.draft.text,
            fingerprint=rules.fingerprint(held.draft),
        )
    )
    if not committed:
        return None
    return replace(held, seen=replace(seen, state=sending.state, attempt=seen.attempt + 1, sent_at=now))


def settle(held: Claim, outcome: Outcome, now: datetime) -> Next | None:
    """Writes down what came of it, and gives the delivery out of hand; None where the lease was lost."""
    read_delay = platform(held.platform).publishes.read_delay
    then = rules.after(held.seen, outcome, now, read_delay=read_delay)
    with transaction.atomic():
        if not _fenced(held).update(**_columns(then, now)):
            return None
        if then.state is State.published:
            _call_followers(held.id, now)
    return then


def beat(worker: str, now: datetime) -> None:
    """The sign of life that pages and /healthz look for."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"beat_at": now})
    Heartbeat.objects.filter(beat_at__lt=now - FORGOTTEN_AFTER).delete()


def leave(worker: str) -> None:
    """Nobody is to wait for this worker's next sign of life."""
    Heartbeat.objects.filter(worker=worker).delete()


def _in_turn(now: datetime, limit: int) -> list[UUID]:
    turn = Window(RowNumber(), partition_by=F("channel"), order_by=[F("due_at"), F("part"), F("id")])
    found = queries.due(now).annotate(turn=turn).filter(turn__lte=A_CHANNEL_AT_ONCE)
    return list(found.order_by("turn", "due_at").values_list("id", flat=True)[:limit])


def _lock(ids: list[UUID]) -> QuerySet[Delivery]:
    """Those of `ids` that still wait and that no other worker is about to take."""
    skip = connection.features.has_select_for_update_skip_locked
    found = Delivery.objects.select_for_update(skip_locked=skip)
    return found.filter(id__in=ids, state__in=WAITING, lease_token=None)


def _stopped(row: Delivery, now: datetime) -> bool:
    stop = rules.before(queries.snapshot(row), now)
    if stop is None:
        return False
    Delivery.objects.filter(id=row.id).update(**_columns(stop, now))
    return True


def _claim(row: Delivery, token: UUID, now: datetime) -> Claim | None:
    """None for a channel whose secrets cannot be opened: it must not keep the others from their turn."""
    try:
        account = channels.account_of(row.channel)
    except SignInAgain as error:
        mark_signed_out(row.channel_id)
        dead = KeyDead(Reason(sentence=error.sentence, code=error.code))
        then = rules.after(queries.snapshot(row), dead, now, read_delay=rules.FIRST_LOOK)
        Delivery.objects.filter(id=row.id, lease_token=token).update(**_columns(then, now))
        return None
    return Claim(
        id=row.id,
        token=token,
        workspace=row.workspace_id,
        channel=row.channel_id,
        platform=row.channel.platform,
        checked_at=row.channel.checked_at,
        seen=queries.snapshot(row),
        steps=row.steps,
        known=_others(row) if row.state == State.unknown else frozenset(),
        draft=_draft(row),
        account=account,
    )


def _others(row: Delivery) -> frozenset[str]:
    """What the channel's other deliveries have at the network: a look must not take it for this one."""
    others = Delivery.objects.filter(channel_id=row.channel_id).exclude(remote_id="").exclude(id=row.id)
    since = (row.sent_at or row.due_at) - NEARBY
    return frozenset(others.filter(published_at__gte=since).values_list("remote_id", flat=True))


def _draft(row: Delivery) -> Draft:
    variant = next((each for each in row.post.variants.all() if each.channel_id == row.channel_id), None)
    options = variant.options if variant else {}
    if row.follows is not None:
        leader = queries.published_of(row.follows)
        text = row.post.first_comment
        return Draft(key=row.key, text=text, language=row.post.language, options=options, reply_to=leader)
    text = row.post.text if variant is None or variant.text is None else variant.text
    pictures = posts.pictures_of(row.post)
    return Draft(key=row.key, text=text, language=row.post.language, options=options, media=pictures)


def _fenced(held: Claim) -> QuerySet[Delivery]:
    return Delivery.objects.filter(id=held.id, lease_token=held.token)


def _free(row: Delivery, now: datetime) -> int:
    """A delivery whose worker is gone: by its state it was not sent, or nobody knows."""
    if row.state not in IN_HAND | {State.unknown}:
        return Delivery.objects.filter(id=row.id).update(lease_token=None, lease_until=None)
    then = rules.after(queries.snapshot(row), Abandoned(), now, read_delay=rules.FIRST_LOOK)
    fenced = Delivery.objects.filter(id=row.id, lease_token=row.lease_token, lease_until__lt=now)
    return fenced.update(**_columns(then, now))


def _call_followers(leader: UUID, now: datetime) -> None:
    Delivery.objects.filter(follows=leader, state=State.scheduled).update(due_at=now, look_at=now)


def _columns(then: Next, now: datetime) -> dict[str, object]:
    columns: dict[str, object] = {
        "state": then.state,
        "look_at": then.look_at,
        "tries": then.tries,
        "error": _written(then.reason),
        "lease_token": None,
        "lease_until": None,
    }
    if then.published is not None:
        columns |= {
            "remote_id": then.published.remote_id,
            "remote_detail": dict(then.published.detail),
            "url": then.published.url,
            "published_at": now,
        }
    return columns


def _written(reason: Reason | None) -> dict[str, object] | None:
    if reason is None:
        return None
    said = reason.sentence
    return {
        "text": said.text,
        "params": dict(said.params),
        "code": reason.code,
        "field": reason.field,
    }
