"""Figures of the whole installation, for whoever runs it: never of one business or channel."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, FloatField, Min, Q, QuerySet, Value
from django.db.models.functions import Cast

from hawker.connect.budgets import Scope
from hawker.core.channels.models import AppBudget, Channel, ChannelBudget
from hawker.core.channels.rules import State as ChannelState
from hawker.core.publishing import lateness, queries
from hawker.core.publishing.lateness import Bucket, Tally
from hawker.core.publishing.models import Delivery, Heartbeat
from hawker.core.publishing.states import State

# Of what has ended there are too many rows to count each time; lateness counts what went out.
COUNTED = frozenset(State) - {State.published, State.cancelled, State.removed}


@dataclass(frozen=True, kw_only=True)
class Queue:
    """What a worker may take in hand now; `overdue`: a minute ago already; `oldest`: since when."""

    due: int
    overdue: int
    oldest: datetime | None


@dataclass(frozen=True)
class Purse:
    platform: str
    scope: str
    budget: str


@dataclass(frozen=True, kw_only=True)
class Share:
    """Of all budgets of one kind that are known: the smallest share that is left, and how many have less than
    a tenth."""

    least: float
    low: int


@dataclass(frozen=True, kw_only=True)
class Workers:
    """`beat_at`: when the one that gave no sign of life for longest of those alive, did so."""

    alive: int
    beat_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Figures:
    lateness: Mapping[Bucket, Tally]
    deliveries: Mapping[State, int]
    queue: Queue
    budgets: Mapping[Purse, Share]
    workers: Workers
    channels: Mapping[tuple[str, ChannelState], int]


def figures(now: datetime) -> Figures:
    """Six queries, however much there is."""
    return Figures(
        lateness=lateness.known(),
        deliveries=_deliveries(),
        queue=_queue(now),
        budgets=_budgets(now),
        workers=_workers(now),
        channels=_channels(),
    )


def _deliveries() -> dict[State, int]:
    found = Delivery.objects.filter(state__in=COUNTED).order_by().values_list("state")
    counted = dict(found.annotate(number=Count("pk")).values_list("state", "number"))
    return {state: counted.get(state, 0) for state in sorted(COUNTED)}


def _queue(now: datetime) -> Queue:
    overdue = Q(look_at__lte=now - queries.ALIVE_FOR)
    counted = queries.due(now).aggregate(
        due=Count("pk"), overdue=Count("pk", filter=overdue), oldest=Min("look_at")
    )
    return Queue(**counted)


def _budgets(now: datetime) -> dict[Purse, Share]:
    rows = _shares(ChannelBudget.objects.filter(resets_at__gt=now), Scope.channel).union(
        _shares(AppBudget.objects.filter(resets_at__gt=now), Scope.app), all=True
    )
    return {
        Purse(platform, scope, name): Share(least=least, low=low)
        for platform, scope, name, least, low in sorted(rows)
    }


def _shares(found: QuerySet[ChannelBudget] | QuerySet[AppBudget], scope: Scope) -> QuerySet[Any, Any]:
    share = Cast(F("left"), FloatField()) / F("limit")
    grouped = found.filter(limit__gt=0).annotate(scope=Value(scope.value)).values("platform", "scope", "name")
    counted = grouped.annotate(least=Min(share), low=Count("pk", filter=Q(left__lt=F("limit") / 10)))
    return counted.values_list("platform", "scope", "name", "least", "low")


def _workers(now: datetime) -> Workers:
    alive = Heartbeat.objects.filter(beat_at__gt=now - queries.ALIVE_FOR)
    return Workers(**alive.aggregate(alive=Count("pk"), beat_at=Min("beat_at")))


def _channels() -> dict[tuple[str, ChannelState], int]:
    found = Channel.objects.exclude(state=ChannelState.removed).order_by().values("platform", "state")
    counted = found.annotate(number=Count("pk")).values_list("platform", "state", "number")
    return {(platform, ChannelState(state)): number for platform, state, number in sorted(counted)}
