"""What the worker writes: a notice for everything that needs somebody, once; the line of each week.

That a delivery or a channel was told of is kept on its own row (`told_for`), in the transaction that writes
its notice: whoever dies in between has told of nothing, and whoever comes second finds it told.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, time
from typing import TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hawker.core.channels import queries as channels
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import KEY_WARNING, Ending
from hawker.core.channels.rules import State as ChannelState
from hawker.core.notices import queries, rules
from hawker.core.notices.models import Copy, Letter, Notice, Preference
from hawker.core.notices.rules import Kind
from hawker.core.people import clock
from hawker.core.people.models import Membership, Workspace
from hawker.core.people.rules import Role
from hawker.core.publishing import queries as publishing
from hawker.core.publishing.models import UNTOLD, Delivery
from hawker.core.publishing.states import State

M = TypeVar("M", Delivery, Channel)
AT_ONCE = 500
NINE = time(9)
KIND_OF = {
    State.failed: Kind.failed,
    State.handed: Kind.handed,
    State.late: Kind.late,
    State.unknown: Kind.asked,
}
UNTOLD_CHANNEL = Q(state=ChannelState.needs_sign_in, signed_out_at__isnull=False) & (
    Q(told_for__isnull=True) | ~Q(told_for=F("signed_out_at"))
)


def tell(now: datetime) -> int:
    """Writes what nobody was told of yet; gives how many notices that made."""
    return _tell_of_deliveries(now) + _tell_of_channels(now)


def tell_of_weeks(now: datetime) -> int:
    """Tells every business in which it is Monday, nine o'clock, how its last week went."""
    zones = Workspace.objects.order_by().values_list("time_zone", flat=True).distinct()
    mondays = {zone: clock.monday(now, zone, NINE) for zone in zones}
    return sum(
        _tell_of_week(workspace, monday.date(), now)
        for zone, monday in mondays.items()
        if rules.monday_told(monday, now)
        for workspace in _untold_weeks(zone, monday.date())
    )


def tell_of_endings(now: datetime) -> int:
    """Tells every business with channels at a network whose API ends, in the edition that Hawker speaks."""
    ending = channels.endings(now.date())
    return sum(_tell_of_ending(name, each, now) for name, each in ending.items())


@transaction.atomic
def tell_of_keys(now: datetime) -> int:
    """Tells whoever manages channels of keys that end soon and that only she can renew; once for each key."""
    told = Notice.objects.filter(kind=Kind.key_ends, channel=OuterRef("pk"))
    lately = told.filter(made_at__gt=now - 2 * KEY_WARNING)
    rows = _locked(channels.keys_ending(now).exclude(Exists(lately))).order_by("expires_at")[:AT_ONCE]
    return _write(
        [
            _of_channel(Kind.key_ends, row, row.expires_at, now)
            for row in rows
            if row.expires_at and not channels.is_renewed(row)
        ]
    )


def tidy(now: datetime) -> None:
    """Forgets what is old; `told_for` stays, so that nothing is told again."""
    Notice.objects.filter(made_at__lt=now - rules.KEPT).delete()


def _tell_of_deliveries(now: datetime) -> int:
    """While publishing is on hold nobody is told to post anything herself."""
    untold = Delivery.objects.filter(UNTOLD).exclude(publishing.paused(), state=State.handed)
    found = list(untold.order_by().values_list("id", flat=True)[:AT_ONCE])
    if not found:
        return 0
    with transaction.atomic():
        rows = list(_locked(Delivery.objects.filter(UNTOLD, id__in=found)).order_by("due_at", "part", "id"))
        Delivery.objects.filter(id__in=[row.id for row in rows]).update(told_for=F("due_at"))
        return _write([_of_delivery(row, now) for row in rows])


def _tell_of_channels(now: datetime) -> int:
    found = list(Channel.objects.filter(UNTOLD_CHANNEL).order_by().values_list("id", flat=True)[:AT_ONCE])
    if not found:
        return 0
    with transaction.atomic():
        rows = list(_locked(Channel.objects.filter(UNTOLD_CHANNEL, id__in=found)))
        Channel.objects.filter(id__in=[row.id for row in rows]).update(told_for=F("signed_out_at"))
        return _write(
            [_of_channel(Kind.signed_out, row, since, now) for row in rows if (since := row.signed_out_at)]
        )


@transaction.atomic
def _tell_of_ending(network: str, ending: Ending, now: datetime) -> int:
    """Once for each business, whatever channels it connects later."""
    there = Channel.objects.filter(platform=network).exclude(told_sunset=ending.day)
    rows = list(_locked(there.exclude(state=ChannelState.removed)).order_by("id")[:AT_ONCE])
    places = {row.workspace_id: row for row in reversed(rows)}
    told = Channel.objects.filter(platform=network, told_sunset=ending.day, workspace__in=places)
    for place in set(told.values_list("workspace_id", flat=True)):
        del places[place]
    Channel.objects.filter(id__in=[row.id for row in rows]).update(told_sunset=ending.day)
    return _write([_of_ending(row, ending, now) for row in places.values()])


def _of_ending(row: Channel, ending: Ending, now: datetime) -> Notice:
    return Notice(
        workspace_id=row.workspace_id,
        kind=Kind.sunset,
        subject=uuid5(row.workspace_id, row.platform),
        occurrence=rules.first_instant(ending.day),
        channel_id=row.id,
        detail={"version": ending.version},
        made_at=now,
    )


def _untold_weeks(zone: str, monday: date) -> QuerySet[Workspace]:
    return Workspace.objects.filter(time_zone=zone).exclude(week_told=monday)


@transaction.atomic
def _tell_of_week(workspace: Workspace, monday: date, now: datetime) -> int:
    """A week for which nothing was planned is counted, and not told."""
    untold = Workspace.objects.filter(id=workspace.id).exclude(week_told=monday)
    if not untold.update(week_told=monday):
        return 0
    end = datetime.combine(monday, time(0), tzinfo=ZoneInfo(workspace.time_zone))
    figures = queries.figures(workspace.id, end - rules.WEEK, end)
    if not figures.planned:
        return 0
    notice = Notice(
        workspace=workspace,
        kind=Kind.week,
        subject=workspace.id,
        occurrence=rules.first_instant(monday),
        detail=asdict(figures),
        made_at=now,
    )
    return _write([notice])


def _of_delivery(row: Delivery, now: datetime) -> Notice:
    """Of a post's messages to people on one channel, however many it befell, one is told."""
    crowd = uuid5(row.post_id, str(row.channel_id)) if row.recipient else None
    return Notice(
        workspace_id=row.workspace_id,
        kind=_kind_of(row),
        subject=crowd or row.id,
        occurrence=row.due_at,
        delivery_id=row.id,
        channel_id=row.channel_id,
        detail=row.error,
        made_at=now,
    )


def _kind_of(row: Delivery) -> Kind:
    """What was handed to its owner, and waits past the limit of lateness, has missed its time."""
    state = State(row.state)
    return Kind.late if state is State.handed and row.look_at is None else KIND_OF[state]


def _of_channel(kind: Kind, row: Channel, occurrence: datetime, now: datetime) -> Notice:
    return Notice(
        workspace_id=row.workspace_id,
        kind=kind,
        subject=row.id,
        occurrence=occurrence,
        channel_id=row.id,
        made_at=now,
    )


def _write(notices: list[Notice]) -> int:
    """A clock that went back can bring an occurrence up again; it is not told twice."""
    once = {(each.kind, each.subject, each.occurrence): each for each in reversed(notices)}
    fresh = [each for each in reversed(once.values()) if not _is_there(each)]
    Notice.objects.bulk_create(fresh)
    _hand_out(fresh)
    return len(fresh)


def _is_there(notice: Notice) -> bool:
    told = Notice.objects.filter(kind=notice.kind, subject=notice.subject, occurrence=notice.occurrence)
    return told.exists()


def _hand_out(notices: list[Notice]) -> None:
    places = {notice.workspace_id for notice in notices}
    people = _members(places)
    wishes = {
        (wish.workspace_id, wish.user_id, wish.kind): wish
        for wish in Preference.objects.filter(workspace_id__in=places)
    }
    copies, letters = [], []
    for notice in notices:
        for member in people:
            if member.workspace_id != notice.workspace_id or not _concerns(member, notice):
                continue
            wish = wishes.get((notice.workspace_id, member.user_id, notice.kind)) or Preference()
            common = {"workspace_id": notice.workspace_id, "notice": notice, "user_id": member.user_id}
            if wish.in_app:
                copies.append(Copy(**common))
            if wish.by_mail:
                times = {"made_at": notice.made_at, "send_at": notice.made_at + rules.BUNDLE}
                letters.append(Letter(**common, **times))
    Copy.objects.bulk_create(copies)
    Letter.objects.bulk_create(letters)


def _members(places: Iterable[UUID]) -> list[Membership]:
    return list(Membership.objects.filter(workspace_id__in=places, user__is_active=True))


def _concerns(member: Membership, notice: Notice) -> bool:
    return notice.kind in rules.kinds_of(Role(member.role))


def _locked(found: QuerySet[M]) -> QuerySet[M]:
    return found.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
