"""Deliveries that wait for a budget: they go out when it is full again, and say so."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from hawker.connect.budgets import Budget, Scope
from hawker.connect.registry import platforms
from hawker.connect.text import say
from hawker.core.channels import budgets
from hawker.core.channels.budgets import Levels, News, Purse
from hawker.core.channels.rules import Level, is_used_up
from hawker.core.posts.models import Attachment
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import Reason, State
from hawker.core.publishing.written import reason_column

CODE = "budget"
AT_ONCE = 5000


def keep(news: Mapping[Purse, News], now: datetime) -> dict[Purse, Level]:
    """Writes down what was used and heard of budgets. What waits for one that is used up is moved, all of it
    at once, so that none has to try by itself."""
    learnt = budgets.learn(news, now)
    for purse, level in learnt.items():
        budget = budgets.budget_of(purse)
        if budget and is_used_up(level, budget):
            put_off(purse, budget, level.resets_at)
    return learnt


def within(rows: list[Delivery], now: datetime) -> list[Delivery]:
    """Those of due `rows` for which something is left, in their order; the others are moved."""
    apps = {row.channel.app for row in rows if row.channel.app}
    known = budgets.levels({row.channel_id for row in rows}, apps, now)
    if not known:
        return rows
    short = _short(rows, known)
    for (purse, until), some in _by_purse(short).items():
        _move(Delivery.objects.filter(id__in=some), reason_for(purse.platform, _scope(purse)), until)
        budget = budgets.budget_of(purse)
        if budget and is_used_up(known[purse.holder, purse.budget], budget):
            put_off(purse, budget, until)
    return [row for row in rows if row.id not in short]


def put_off(purse: Purse, budget: Budget, until: datetime) -> None:
    """Moves whatever else waits for the same."""
    whose = {"channel": purse.holder} if purse.workspace else {"channel__app": purse.holder}
    waiting = Delivery.objects.filter(**whose, look_at__lt=until)
    if not budget.cost(pictures=0):
        waiting = waiting.filter(Exists(Attachment.objects.filter(post=OuterRef("post"))))
    _move(waiting, reason_for(purse.platform, budget.scope), until)


def reason_for(platform: str, scope: Scope) -> Reason:
    title = platforms()[platform].title
    if scope is Scope.app:
        return Reason(
            sentence=say(
                "%(network)s takes no more through this app for now: what it allows is used up. This goes out"
                " by itself as soon as there is room again.",
                network=title,
            ),
            code=CODE,
        )
    return Reason(
        sentence=say(
            "%(network)s takes no more from this channel for now: what it allows is used up. This goes out by"
            " itself as soon as there is room again.",
            network=title,
        ),
        code=CODE,
    )


def _short(rows: list[Delivery], known: Levels) -> dict[UUID, tuple[Purse, datetime]]:
    """For which of these too little is left, and until when. Channels that share a budget take turns."""
    left, short = {key: level.left for key, level in known.items()}, {}
    pictures = _pictures(rows)
    for row in _in_turn(rows):
        costs = list(_costs(row, pictures[row.post_id], known))
        lacking = [(known[key].resets_at, purse) for key, cost, purse in costs if cost > left[key]]
        if lacking:
            until, purse = max(lacking, key=lambda each: each[0])
            short[row.id] = (purse, until)
        else:
            left |= {key: left[key] - cost for key, cost, _ in costs}
    return short


def _in_turn(rows: list[Delivery]) -> list[Delivery]:
    turns, order = Counter[UUID](), {}
    for row in rows:
        turns[row.channel_id] += 1
        order[row.id] = turns[row.channel_id]
    return sorted(rows, key=lambda row: order[row.id])


def _pictures(rows: list[Delivery]) -> Counter[UUID]:
    posts = {row.post_id for row in rows}
    return Counter(Attachment.objects.filter(post__in=posts).values_list("post_id", flat=True))


def _costs(row: Delivery, pictures: int, known: Levels) -> Iterator[tuple[tuple[UUID, str], int, Purse]]:
    """What sending this costs, of budgets that are known. Looking for a lost post is never put off."""
    if row.state == State.unknown:
        return
    for purse in budgets.purses(row.channel.platform, row.workspace_id, row.channel_id, row.channel.app):
        key, budget = (purse.holder, purse.budget), budgets.budget_of(purse)
        if key in known and budget:
            yield key, budget.cost(0 if row.part else pictures), purse


def _by_purse(short: Mapping[UUID, tuple[Purse, datetime]]) -> Mapping[tuple[Purse, datetime], list[UUID]]:
    grouped = defaultdict(list)
    for delivery, where in short.items():
        grouped[where].append(delivery)
    return grouped


def _scope(purse: Purse) -> Scope:
    return Scope.channel if purse.workspace else Scope.app


@transaction.atomic
def _move(waiting: QuerySet[Delivery], reason: Reason, until: datetime) -> None:
    """Waits for nobody: what another worker has in its hands comes to the same wall by itself."""
    free = waiting.filter(state=State.scheduled, lease_token=None).order_by()
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True, of=("self",))
    ids = list(free.values_list("id", flat=True)[:AT_ONCE])
    Delivery.objects.filter(id__in=ids).update(look_at=until, error=reason_column(reason))
