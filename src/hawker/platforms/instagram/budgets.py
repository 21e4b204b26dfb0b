"""What Instagram lets an account publish in a day, and an app and an account call: as its answers tell it."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from pydantic import BaseModel, ValidationError

from hawker.connect.budgets import Budget, Budgets, Reading, Rolling, Scope
from hawker.connect.errors import Later, NetworkError
from hawker.connect.http import Heard
from hawker.connect.meta import Graph
from hawker.connect.meta_refusals import Number
from hawker.connect.meta_usage import APP_CALLS, CALLS, usage
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.instagram.refusals import SPENT

EDGE = "content_publishing_limit"
# "Content publishing" says 100 posts in 24 hours in one place and 50 in another (read 2026-11-22): what the
# edge says goes before this.
POSTS = Budget(
    name="posts",
    title=say("posts in 24 hours"),
    scope=Scope.channel,
    limit=50,
    window=Rolling(timedelta(hours=24)),
    post=1,
    told=True,
    timed=False,
)


class _Config(BaseModel):
    quota_total: Number = 0


class _Use(BaseModel):
    quota_usage: Number = 0
    config: _Config = _Config()

    @property
    def limit(self) -> int:
        return self.config.quota_total if self.config.quota_total > 0 else POSTS.limit

    @property
    def left(self) -> int:
        return max(0, self.limit - max(0, self.quota_usage))


class _Answer(BaseModel):
    data: tuple[_Use, ...]


async def check(api: Graph, owner: str) -> None:
    """Raises Later where nothing more can be published now. Not knowing is no reason to wait."""
    answer = await api.ask(f"{owner}/{EDGE}", {"fields": "config,quota_usage"})
    if any(use.left <= 0 for use in api.parse(answer, _Answer).data):
        raise Later(SPENT.sentence, code="quota")


async def tell(api: Graph, owner: str) -> None:
    """Asks after a post was published, so that the answer is heard; nothing depends on it."""
    try:
        await api.ask(f"{owner}/{EDGE}", {"fields": "config,quota_usage"})
    except NetworkError:
        return


def _read(heard: Heard) -> Iterable[Reading]:
    yield from usage(heard, {"instagram"})
    if heard.path.endswith(f"/{EDGE}"):
        yield from _of_posts(heard)


def _of_posts(heard: Heard) -> Iterator[Reading]:
    try:
        data = _Answer.model_validate_json(heard.answer.body).data
    except ValidationError:
        return
    for use in data[:1]:
        yield Reading(budget=POSTS.name, left=use.left, limit=use.limit)


def _app(account: Account) -> str:
    return account.app.get("client_id", "")


BUDGETS = Budgets(each=(POSTS, APP_CALLS, CALLS), read=_read, app=_app)
