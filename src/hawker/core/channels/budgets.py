"""What workers use and learn of budgets, as rows that all of them share."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from hawker.connect.budgets import NONE, WAIT, Budget, Budgets, Reading, Scope, named, read
from hawker.connect.http import Heard
from hawker.connect.platform import Platform
from hawker.connect.registry import platforms
from hawker.connect.values import Account
from hawker.core.channels.models import AppBudget, Channel, ChannelBudget
from hawker.core.channels.rules import Level, level_after_reading, level_after_use
from hawker.core.rows import Change, change_each

Row = ChannelBudget | AppBudget


@dataclass(frozen=True, kw_only=True)
class Purse:
    """One budget of one channel or app. `workspace` is the channel's."""

    holder: UUID
    platform: str
    budget: str
    workspace: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class News:
    """What came to a purse since it was last written: what the network said, and what was used after that."""

    used: int = 0
    reading: Reading | None = None


@dataclass(frozen=True, kw_only=True)
class Remaining:
    """What is left to a channel of a budget, its own or that of its app."""

    budget: Budget
    level: Level

    @property
    def used(self) -> int:
        return max(self.level.limit - self.level.left, 0)

    @property
    def tight(self) -> int:
        """As much used leaves a tenth."""
        return self.level.limit * 9 // 10


Levels = Mapping[tuple[UUID, str], Level]


def app_of(platform: Platform, account: Account) -> UUID | None:
    """Stands for the app through which the account comes, where its network has budgets for apps."""
    if not any(each.scope is Scope.app for each in platform.budgets.each):
        return None
    return uuid5(NAMESPACE_URL, " ".join((platform.name, account.server, platform.budgets.app(account))))


def budgets_of(platform: str) -> Budgets:
    """None for a network whose folder is gone: its channels must not stop the others."""
    found = platforms().get(platform)
    return found.budgets if found else NONE


def budget_of(purse: Purse) -> Budget | None:
    """None: its network has no such budget any more."""
    return named(budgets_of(purse.platform), purse.budget)


def purses(platform: str, workspace: UUID, channel: UUID, app: UUID | None) -> Iterator[Purse]:
    """Every budget that a post on this channel may use."""
    for budget in (*budgets_of(platform).each, WAIT):
        if budget.scope is Scope.channel:
            yield Purse(holder=channel, platform=platform, budget=budget.name, workspace=workspace)
        elif app:
            yield Purse(holder=app, platform=platform, budget=budget.name)


def levels(channels: Iterable[UUID], apps: Iterable[UUID], now: datetime) -> Levels:
    """What is known to be left, of these; what is not known is not listed."""
    found: dict[tuple[UUID, str], Level] = {}
    for model, holders in ((ChannelBudget, set(channels)), (AppBudget, set(apps))):
        if holders:
            rows = model.objects.filter(holder__in=holders, resets_at__gt=now)
            values = rows.values_list("holder", "name", "left", "limit", "resets_at")
            found |= {
                (holder, name): Level(left=left, limit=limit, resets_at=resets_at)
                for holder, name, left, limit, resets_at in values
            }
    return found


def left_for_prices(channel: str, now: datetime) -> Subquery:
    """For rows whose column `channel` names a channel: what is left of its budget that prices name."""
    priced = {each.name for platform in platforms().values() for each in platform.budgets.each if each.priced}
    rows = ChannelBudget.objects.filter(holder=OuterRef(channel), name__in=priced, resets_at__gt=now)
    return Subquery(rows.values("left")[:1])


def remaining(channels: Sequence[Channel], now: datetime) -> dict[UUID, list[Remaining]]:
    """What is known to be left to each of these."""
    known = levels([each.id for each in channels], [each.app for each in channels if each.app], now)
    return {each.id: list(_remaining(each, known)) for each in channels}


def _remaining(channel: Channel, known: Levels) -> Iterator[Remaining]:
    for purse in purses(channel.platform, channel.workspace_id, channel.id, channel.app):
        budget, level = budget_of(purse), known.get((purse.holder, purse.budget))
        if budget and level:
            yield Remaining(budget=budget, level=level)


@transaction.atomic
def learn(news: Mapping[Purse, News], now: datetime) -> dict[Purse, Level]:
    """Writes down what was used and heard; gives what is left as all workers know it."""
    learnt = {}
    for model, purses in _by_table(news).items():
        known = _known(model, purses)
        for purse in purses:
            if budget := budget_of(purse):
                before = _level(known.get((purse.holder, purse.budget)))
                learnt[purse] = after(before, news[purse], budget, now)
        _write(model, {purse: learnt[purse] for purse in purses if purse in learnt}, known, now)
    return learnt


def learn_prices(channel: UUID, platform: Platform, heard: Iterable[Heard], now: datetime) -> None:
    """Of the channel's own budgets, those that prices name."""
    priced = {each.name for each in platform.budgets.each if each.priced}
    told = [reading for each in heard for reading in read(platform.budgets, each) if reading.budget in priced]
    workspace = (
        Channel.objects.filter(id=channel).values_list("workspace", flat=True).first() if told else None
    )
    if workspace:
        purse = Purse(holder=channel, platform=platform.name, budget="", workspace=workspace)
        learn({replace(purse, budget=each.budget): News(reading=each) for each in told}, now)


def learnt_after(instant: datetime) -> set[UUID]:
    """Whose budgets were learnt then: by a clock that was ahead, where `instant` is still to come."""
    found = [model.objects.filter(learnt_at__gt=instant) for model in (ChannelBudget, AppBudget)]
    return {holder for rows in found for holder in rows.values_list("holder", flat=True)}


def forget(holder: UUID, instant: datetime) -> None:
    """What was learnt of these budgets after `instant`."""
    for model in (ChannelBudget, AppBudget):
        model.objects.filter(holder=holder, learnt_at__gt=instant).delete()


def after(level: Level | None, news: News, budget: Budget, now: datetime) -> Level:
    if news.reading:
        level = level_after_reading(level, news.reading, budget, now)
    return level_after_use(level, news.used, budget, now) if news.used or level is None else level


def _by_table(purses: Iterable[Purse]) -> dict[type[Row], list[Purse]]:
    """In one order everywhere, so that no two workers wait for each other."""
    tables: dict[type[Row], list[Purse]] = defaultdict(list)
    for purse in sorted(purses, key=lambda each: (each.holder.int, each.budget)):
        tables[ChannelBudget if purse.workspace else AppBudget].append(purse)
    return tables


def _known(model: type[Row], purses: list[Purse]) -> dict[tuple[UUID, str], Row]:
    rows = model.objects.filter(holder__in={purse.holder for purse in purses}).order_by("holder", "name")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    return {(row.holder, row.name): row for row in rows}


def _write(
    model: type[Row], learnt: Mapping[Purse, Level], known: Mapping[tuple[UUID, str], Row], now: datetime
) -> None:
    missing = [purse for purse in learnt if (purse.holder, purse.budget) not in known]
    rows: list[Any] = [_row(purse, learnt[purse], now) for purse in missing]
    model.objects.bulk_create(rows, ignore_conflicts=True)
    changes = [
        Change({"holder": purse.holder, "name": purse.budget}, {**vars(level), "learnt_at": now})
        for purse, level in learnt.items()
        if (purse.holder, purse.budget) in known
    ]
    change_each(model, changes)


def _row(purse: Purse, level: Level, now: datetime) -> Row:
    whose = {"holder": purse.holder, "platform": purse.platform, "name": purse.budget}
    left = {**whose, **vars(level), "learnt_at": now}
    if purse.workspace:
        return ChannelBudget(**left, workspace_id=purse.workspace)
    return AppBudget(**left)


def _level(row: Row | None) -> Level | None:
    return Level(left=row.left, limit=row.limit, resets_at=row.resets_at) if row else None
