"""Deliveries that wait for a budget: they go out when it is full again, and say so."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest

from hawker.connect.budgets import Budget, Scope
from hawker.connect.registry import platforms
from hawker.connect.text import say
from hawker.core.channels import budgets
from hawker.core.channels.budgets import Levels, News, Purse
from hawker.core.channels.models import Channel
from hawker.core.channels.rules import Level, is_used_up
from hawker.core.people.models import Workspace
from hawker.core.posts.models import Attachment
from hawker.core.publishing import rules, upkeep
from hawker.core.publishing.columns import columns
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import Reason, State

CODE = "budget"
AT_ONCE = 5000


def keep(news: Mapping[Purse, News], now: datetime) -> dict[Purse, Level]:
    """Writes down what was used and heard of budgets. What waits for one that is used up is moved, all of it
    at once, so that none has to try by itself."""
    unlearn(now)
    learnt = budgets.learn(news, now)
    for purse, level in learnt.items():
        budget = budgets.budget_of(purse)
        if budget and is_used_up(level, budget):
            put_off(purse, budget, level.resets_at, now)
    return learnt


def unlearn(now: datetime) -> None:
    """Forgets what was learnt by a clock that was ahead, and lets go on whatever waits for it."""
    ahead = now + upkeep.SKEW
    for holder in budgets.learnt_after(ahead):
        whose = Q(channel=holder) | Q(channel__app=holder)
        waiting = Delivery.objects.filter(whose, state=State.scheduled, lease_token=None, error__code=CODE)
        waiting.filter(look_at__gt=ahead).update(look_at=Greatest(F("due_at"), Value(now)))
        budgets.forget(holder, ahead)


def within(rows: list[Delivery], now: datetime) -> list[Delivery]:
    """Those of due `rows` for which something is left, in their order; the others are moved."""
    apps = {row.channel.app for row in rows if row.channel.app}
    known = budgets.levels({row.channel_id for row in rows}, apps, now)
    if not known:
        return rows
    short = _short(rows, known)
    for (purse, until), some in _by_purse(short).items():
        _move(Delivery.objects.filter(id__in=some), purse, until, now)
        budget = budgets.budget_of(purse)
        if budget and is_used_up(known[purse.holder, purse.budget], budget):
            put_off(purse, budget, until, now)
    return [row for row in rows if row.id not in short]


def put_off(purse: Purse, budget: Budget, until: datetime, now: datetime) -> None:
    """Moves whatever else waits for the same."""
    channels = Channel.objects.filter(app=purse.holder)
    whose = {"channel": purse.holder} if purse.workspace else {"channel__in": channels}
    waiting = Delivery.objects.filter(**whose, look_at__lt=until)
    if budget.message == 0:
        waiting = waiting.filter(recipient=None)
    if budget.reply is not None:
        waiting = waiting.filter(part__gt=0) if budget.reply else waiting.filter(part=0)
    elif not budget.cost(pictures=0):
        pictures = Attachment.objects.filter(post=OuterRef("post"), part=OuterRef("part"))
        waiting = waiting.filter(Exists(pictures))
    _move(waiting, purse, until, now)


def reason_for(platform: str, scope: Scope, *, late: bool) -> Reason:
    sentence = _SENTENCES[scope, late]
    title = platforms()[platform].title
    return Reason(sentence=replace(sentence, params={"network": title}), code=CODE)


_SENTENCES = {
    (Scope.channel, False): say(
        "%(network)s takes no more from this channel for now: what it allows is used up. This goes out by"
        " itself as soon as there is room again."
    ),
    (Scope.app, False): say(
        "%(network)s takes no more through this app for now: what it allows is used up. This goes out by"
        " itself as soon as there is room again."
    ),
    (Scope.channel, True): say(
        "%(network)s takes no more from this channel for now: what it allows is used up, and will be for"
        " longer than this may be late. Choose another time for it, or cancel it."
    ),
    (Scope.app, True): say(
        "%(network)s takes no more through this app for now: what it allows is used up, and will be for"
        " longer than this may be late. Choose another time for it, or cancel it."
    ),
}


def _short(rows: list[Delivery], known: Levels) -> dict[UUID, tuple[Purse, datetime]]:
    """For which of these too little is left, and until when. Channels that share a budget take turns."""
    left, short = {key: level.left for key, level in known.items()}, {}
    pictures = _pictures(rows)
    for row in _in_turn(rows):
        costs = list(_costs(row, pictures[row.post_id, row.part], known))
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


def _pictures(rows: list[Delivery]) -> Counter[tuple[UUID, int]]:
    posts = {row.post_id for row in rows}
    return Counter(Attachment.objects.filter(post__in=posts).values_list("post_id", "part"))


def _costs(row: Delivery, pictures: int, known: Levels) -> Iterator[tuple[tuple[UUID, str], int, Purse]]:
    """What sending this costs, of budgets that are known. Looking for a lost post is never put off."""
    if row.state == State.unknown:
        return
    for purse in budgets.purses(row.channel.platform, row.workspace_id, row.channel_id, row.channel.app):
        key, budget = (purse.holder, purse.budget), budgets.budget_of(purse)
        if key in known and budget:
            by_name = row.recipient is not None
            yield key, budget.cost(pictures, reply=row.part > 0, message=by_name), purse


def _by_purse(short: Mapping[UUID, tuple[Purse, datetime]]) -> Mapping[tuple[Purse, datetime], list[UUID]]:
    grouped = defaultdict(list)
    for delivery, where in short.items():
        grouped[where].append(delivery)
    return grouped


@transaction.atomic
def _move(waiting: QuerySet[Delivery], purse: Purse, until: datetime, now: datetime) -> None:
    """Waits for nobody: what another worker has in its hands comes to the same wall by itself."""
    free = waiting.filter(state=State.scheduled, lease_token=None).order_by()
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True)
    rows = list(free.values_list("id", "due_at", "workspace_id")[:AT_ONCE])
    late_after = _late_after({workspace for _, _, workspace in rows})
    scope = Scope.channel if purse.workspace else Scope.app
    waits, too_late = (reason_for(purse.platform, scope, late=late) for late in (False, True))
    thens = {
        row: rules.barred(due_at, until, late_after[of], waits=waits, too_late=too_late)
        for row, due_at, of in rows
    }
    for state in {then.state for then in thens.values()}:
        alike = [row for row, then in thens.items() if then.state is state]
        Delivery.objects.filter(id__in=alike).update(**columns(thens[alike[0]], now))


def _late_after(workspaces: set[UUID]) -> dict[UUID, timedelta]:
    return dict(Workspace.objects.filter(id__in=workspaces).values_list("id", "late_after"))
