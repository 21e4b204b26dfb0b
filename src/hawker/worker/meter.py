"""What this process uses of budgets, and what networks tell of them while it does."""

from datetime import datetime
from functools import partial

from hawker.connect.budgets import WAIT, Budget, Reading, Scope, named, read
from hawker.connect.http import Heard, Http
from hawker.core.channels import budgets as purses
from hawker.core.channels import rules
from hawker.core.channels.budgets import News, Purse
from hawker.core.channels.rules import Level
from hawker.core.problems import DATABASE_AWAY
from hawker.core.publishing import budgets
from hawker.core.publishing import rules as publishing
from hawker.core.publishing.claims import Claim
from hawker.core.publishing.states import Postponed
from hawker.worker.tools import Tools, now


class Meter:
    """Nothing is written while calls are made: `keep` writes for all of them, one row for each budget."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._news: dict[Purse, News] = {}
        self._levels: dict[Purse, Level] = {}

    def http(self, claim: Claim) -> Http:
        """A client whose answers are listened to."""
        return self._tools.http.heard_by(partial(self._hear, claim))

    def wall(self, claim: Claim) -> Postponed | None:
        """What this process knows by now that keeps a post from going out."""
        if not self._levels:
            return None
        at = now()
        for budget in (*purses.budgets_of(claim.platform).each, WAIT):
            level = self._level(claim, budget, at)
            if level and _cost(claim, budget) > level.left:
                late = publishing.comes_late(claim.seen.due_at, level.resets_at, claim.late_after)
                reason = budgets.reason_for(claim.platform, budget.scope, late=late)
                return Postponed(reason=reason, at=level.resets_at)
        return None

    def use(self, claim: Claim) -> None:
        """A post is about to be sent. What the network's answers tell of is not counted."""
        for budget in purses.budgets_of(claim.platform).each:
            cost, purse = _cost(claim, budget), _purse(claim, budget)
            if purse and cost and not budget.told:
                before = self._news.get(purse, News())
                self._news[purse] = News(used=before.used + cost, reading=before.reading)
                self._apply(purse, budget, News(used=cost))

    async def keep(self) -> None:
        """Writes down what came, and takes over what other workers know."""
        news, self._news = self._news, {}
        if not news:
            return
        try:
            learnt = await self._tools.rows(budgets.keep, news, now())
        except DATABASE_AWAY:
            self._news = {**news, **self._news}
            raise
        at = now()
        self._levels = {purse: level for purse, level in self._levels.items() if level.resets_at > at}
        self._levels |= learnt

    def _hear(self, claim: Claim, heard: Heard) -> None:
        known = purses.budgets_of(claim.platform)
        for reading in read(known, heard):
            budget = named(known, reading.budget)
            purse = _purse(claim, budget) if budget else None
            if budget and purse:
                self._take(purse, budget, reading)

    def _take(self, purse: Purse, budget: Budget, reading: Reading) -> None:
        """An answer counts what was used before it. Of plenty nobody need be told."""
        plenty = rules.is_plenty(reading, budget) and not budget.priced
        if plenty and purse not in self._levels:
            return
        before = self._news.get(purse, News())
        self._news[purse] = News(reading=rules.stronger(before.reading, reading))
        self._apply(purse, budget, News(reading=reading))

    def _apply(self, purse: Purse, budget: Budget, news: News) -> None:
        self._levels[purse] = purses.after(self._levels.get(purse), news, budget, now())

    def _level(self, claim: Claim, budget: Budget, at: datetime) -> Level | None:
        purse = _purse(claim, budget)
        level = self._levels.get(purse) if purse else None
        return level if level and level.resets_at > at else None


def _cost(claim: Claim, budget: Budget) -> int:
    draft = claim.draft
    return budget.cost(len(draft.media), reply=draft.reply_to is not None, message=draft.to is not None)


def _purse(claim: Claim, budget: Budget) -> Purse | None:
    """None for a channel of which it is not known through which app it comes."""
    if budget.scope is Scope.channel:
        return Purse(
            holder=claim.channel, platform=claim.platform, budget=budget.name, workspace=claim.workspace
        )
    return Purse(holder=claim.app, platform=claim.platform, budget=budget.name) if claim.app else None
