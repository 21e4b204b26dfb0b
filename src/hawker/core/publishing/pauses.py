"""Holding all that a business, or one channel, publishes; and going on without a flood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hawker.connect.text import say
from hawker.core.channels import queries as channels
from hawker.core.people.actions import note, require
from hawker.core.people.rules import Actor, Right
from hawker.core.problems import Conflict, invalid
from hawker.core.publishing import pausing, queries, rules
from hawker.core.publishing.columns import columns
from hawker.core.publishing.models import OF_MESSAGES, OPEN, Delivery, Pause
from hawker.core.publishing.states import State
from hawker.core.rows import Change, change_each

REASON_LENGTH = 300
NOT_ON_HOLD = say("Publishing is not on hold here (any more).")


@dataclass(frozen=True, kw_only=True)
class Release:
    """A delivery that piled up, and when it will go out; None: it is too late, and its owner is asked. Of a
    post's messages to people on one channel one stands for all: `number` of them."""

    delivery: Delivery
    at: datetime | None
    number: int = 1


@transaction.atomic
def hold_all(actor: Actor, channel_id: UUID | None = None, reason: str = "") -> Pause:
    """Stops everything, or all of one channel; what is being sent at this instant still goes out.

    Where it is on hold already, nothing changes: the first one's reason stands. Raises NotFound for a
    channel that is not there, Invalid for a reason that is too long.
    """
    require(actor, Right.publish_posts)
    reason = reason.strip()
    if len(reason) > REASON_LENGTH:
        raise invalid("reason", say("Say it in %(most)s characters at most.", most=REASON_LENGTH))
    channel = channels.channel(actor, channel_id) if channel_id else None
    pause, made = Pause.objects.get_or_create(
        workspace_id=actor.workspace,
        channel=channel,
        ended_at=None,
        defaults={"since": timezone.now(), "by": actor.label, "reason": reason},
    )
    if made:
        _note(actor, "held all", pause, reason=reason or "–")
    return pause


@transaction.atomic
def resume_all(actor: Actor, channel_id: UUID | None = None) -> list[Release]:
    """Ends the pause; what piled up goes out as `to_release` says. Raises Conflict where none is open."""
    require(actor, Right.resume_all)
    pause, now = open_pause(actor, channel_id), timezone.now()
    list(_piled_up(pause, now).order_by("id").select_for_update())
    releases = to_release(pause, now)
    ended = Pause.objects.filter(OPEN, id=pause.id).update(ended_at=now, ended_by=actor.label)
    if not ended:
        raise Conflict(NOT_ON_HOLD)
    _put_late((each.delivery for each in releases if each.at is None), now)
    _plan([each for each in releases if each.at is not None])
    _note(actor, "resumed all", pause)
    return releases


def open_pause(actor: Actor, channel_id: UUID | None) -> Pause:
    """The one of the whole business, or of this channel. Raises Conflict."""
    which = Q(channel_id=channel_id) if channel_id else Q(channel=None)
    found = queries.pauses(actor).filter(which).first()
    if found is None:
        raise Conflict(NOT_ON_HOLD)
    return found


def to_release(pause: Pause, now: datetime) -> list[Release]:
    """What would go out if this pause ended now, and when, in that order; what is too late comes last.

    What another pause holds back stays where it is.
    """
    whole = _piled_up(pause, now).select_related("channel", "post", "workspace")
    numbers = _crowds(whole)
    rows = {row.id: row for row in whole.filter(Q(recipient=None) | Q(id__in=numbers))}
    late_after = next((row.workspace.late_after for row in rows.values()), timedelta())
    planned = _planned(rows.values(), now)
    spread = pausing.spread(map(_waiting, rows.values()), planned, now, late_after=late_after)
    releases = [
        Release(delivery=rows[each.id], at=each.at, number=numbers.get(each.id, 1)) for each in spread
    ]
    return sorted(releases, key=lambda each: (each.at is None, each.at or each.delivery.due_at))


def _piled_up(pause: Pause, now: datetime) -> QuerySet[Delivery]:
    """A first comment whose post is not out has no `look_at` and follows that post by itself."""
    here = Q(channel=None) | Q(channel=OuterRef("channel"))
    others = Pause.objects.filter(OPEN, here, workspace=OuterRef("workspace")).exclude(id=pause.id)
    found = Delivery.objects.filter(workspace_id=pause.workspace_id, state=State.scheduled, due_at__lte=now)
    found = found.filter(~Exists(others), lease_token=None).exclude(look_at=None)
    return found.filter(channel_id=pause.channel_id) if pause.channel_id else found


def _crowds(piled_up: QuerySet[Delivery]) -> dict[UUID, int]:
    """Of messages to people one for each post, channel and time, and how many it stands for."""
    alike = ("post", "channel", "due_at")
    groups = piled_up.filter(OF_MESSAGES).order_by().values(*alike).annotate(number=Count("pk"))
    found = {}
    for group in groups:
        first = piled_up.filter(OF_MESSAGES, **{name: group[name] for name in alike}).order_by(
            "look_at", "id"
        )
        found[first.values_list("id", flat=True)[0]] = group["number"]
    return found


def _beside(rows: Iterable[Delivery]) -> QuerySet[Delivery]:
    """The messages for which these stand, and these."""
    which = Q(pk=None)
    for row in rows:
        which |= Q(OF_MESSAGES, post=row.post_id, channel=row.channel_id, due_at=row.due_at)
    return Delivery.objects.filter(which, state=State.scheduled, lease_token=None)


def _waiting(row: Delivery) -> pausing.Waiting:
    return pausing.Waiting(
        id=row.id,
        channel=row.channel_id,
        due_at=row.due_at,
        not_before=row.look_at or row.due_at,
        follows=row.follows_id is not None,
    )


def _planned(rows: Iterable[Delivery], now: datetime) -> dict[UUID, list[datetime]]:
    """When the rest of these channels' posts go out."""
    found = Delivery.objects.filter(channel_id__in={row.channel_id for row in rows}, follows=None)
    found = found.filter(state=State.scheduled, due_at__gt=now)
    planned: dict[UUID, list[datetime]] = {}
    for channel, at in found.values_list("channel_id", "due_at"):
        planned.setdefault(channel, []).append(at)
    return planned


def _put_late(rows: Iterable[Delivery], now: datetime) -> None:
    every = list(rows)
    messages = _beside(row for row in every if row.recipient)
    for found in (messages, Delivery.objects.filter(id__in=[row.id for row in every])):
        tried = found.filter(sent_at__isnull=False)
        tried.update(**columns(rules.too_late(tried=True), now))
        found.filter(sent_at=None).update(**columns(rules.too_late(tried=False), now))


def _plan(releases: Sequence[Release]) -> None:
    for each in releases:
        if each.delivery.recipient:
            _beside([each.delivery]).update(due_at=each.at, look_at=each.at)
    changes = [Change({"id": each.delivery.id}, {"due_at": each.at, "look_at": each.at}) for each in releases]
    change_each(Delivery, changes)


def _note(actor: Actor, action: str, pause: Pause, **detail: str) -> None:
    if pause.channel is None:
        note(actor, action, "business", pause.workspace_id, **detail)
    else:
        note(actor, action, "channel", pause.channel.id, handle=pause.channel.handle, **detail)
