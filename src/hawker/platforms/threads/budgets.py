"""What Threads lets an account publish, answer and delete in a day, as its publishing limit tells it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from pydantic import BaseModel, ValidationError

from hawker.connect.budgets import Budget, Budgets, Reading, Rolling, Scope
from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Heard
from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Number
from hawker.connect.meta_usage import APP_CALLS, CALLS, usage
from hawker.connect.text import say
from hawker.connect.values import Account, Draft
from hawker.platforms.threads.refusals import SPENT

EDGE = "threads_publishing_limit"
DAY = Rolling(timedelta(hours=24))
# How the edge names what is about posts, replies and deletions.
POSTS, REPLIES, DELETES = "", "reply_", "delete_"
# "Overview", updated 2025-12-22, read 2026-11-22. A reply counts among the replies only; the 100 deletions
# are asked about before each, as nobody plans them.
POST_BUDGET = Budget(
    name="posts",
    title=say("posts in 24 hours"),
    scope=Scope.channel,
    limit=250,
    window=DAY,
    post=1,
    reply=0,
    told=True,
    timed=False,
)
REPLY_BUDGET = replace(
    POST_BUDGET, name="replies", title=say("replies in 24 hours"), limit=1000, post=0, reply=1
)


class _Config(BaseModel):
    quota_total: Number = 0


class _Uses(BaseModel):
    """What was not asked for does not come back."""

    quota_usage: Number | None = None
    config: _Config = _Config()
    reply_quota_usage: Number | None = None
    reply_config: _Config = _Config()
    delete_quota_usage: Number | None = None
    delete_config: _Config = _Config()

    def left(self, kind: str) -> tuple[int, int] | None:
        """What is left, and of how much."""
        told = {
            POSTS: (self.quota_usage, self.config),
            REPLIES: (self.reply_quota_usage, self.reply_config),
            DELETES: (self.delete_quota_usage, self.delete_config),
        }
        used, config = told[kind]
        if used is None or config.quota_total <= 0:
            return None
        return max(0, config.quota_total - max(0, used)), config.quota_total


class _Answer(BaseModel):
    data: tuple[_Uses, ...]


def kind_of(draft: Draft) -> str:
    return REPLIES if draft.reply_to else POSTS


async def check(api: Graph, owner: str, kind: str) -> None:
    """Raises Later where nothing more can be done now. A key without the right to ask may still do it."""
    try:
        answer = await api.ask(f"{owner}/{EDGE}", _asked(kind))
    except (Refused, SignInAgain):
        return
    for uses in api.parse(answer, _Answer).data:
        left = uses.left(kind)
        if left and left[0] <= 0:
            raise Later(SPENT.sentence, code="quota")


async def tell(api: Graph, owner: str, kind: str) -> None:
    """Asks after a post was published, so that the answer is heard; nothing depends on it."""
    try:
        await api.ask(f"{owner}/{EDGE}", _asked(kind))
    except NetworkError:
        return


def _asked(kind: str) -> dict[str, str]:
    return {"fields": f"{kind}quota_usage,{kind}config"}


def _read(heard: Heard) -> Iterable[Reading]:
    yield from usage(heard, ())
    if heard.path.endswith(f"/{EDGE}"):
        yield from _of_limit(heard)


def _of_limit(heard: Heard) -> Iterator[Reading]:
    try:
        data = _Answer.model_validate_json(heard.answer.body).data
    except ValidationError:
        return
    for uses in data[:1]:
        for kind, budget in ((POSTS, POST_BUDGET), (REPLIES, REPLY_BUDGET)):
            left = uses.left(kind)
            if left:
                yield Reading(budget=budget.name, left=left[0], limit=left[1])


def _app(account: Account) -> str:
    return account.app.get("client_id", "")


BUDGETS = Budgets(each=(POST_BUDGET, REPLY_BUDGET, APP_CALLS, CALLS), read=_read, app=_app)
