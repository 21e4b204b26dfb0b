"""Publishing on a page: each kind of post has a road of its own; deleting is one for all."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.meta import graph
from hawker.connect.meta_posts import take_down
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.facebook.comment import Comment
from hawker.platforms.facebook.feed import Feed
from hawker.platforms.facebook.film import Film
from hawker.platforms.facebook.job import Job, Road
from hawker.platforms.facebook.kinds import POST, REEL, STORY, kind_of, problems, videos
from hawker.platforms.facebook.reel import Reel
from hawker.platforms.facebook.refusals import REFUSALS
from hawker.platforms.facebook.story import Story
from hawker.platforms.facebook.video import PAUSES


class Publish:
    # How far the feed lags behind is not documented.
    read_delay = timedelta(seconds=15)

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._film, self._feed, self._comment = Film(), Feed(), Comment()
        self._others: Mapping[str, Road] = {REEL: Reel(pauses), STORY: Story(pauses)}

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return len(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(problems(draft))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        """Refuses what `check` does: a draft may have been checked before its kind was changed."""
        for problem in problems(draft):
            raise Refused(problem.sentence, field=problem.field)
        if len(draft.media) > account.limits.media:
            raise Refused(_MANY, field="media")
        async for step in self._road(draft).prepare(_job(http, account, draft, done)):
            yield step

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        return await self._road(draft).send(_job(http, account, draft, done))

    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],
        *,
        since: datetime,
        known: Collection[str] = (),
    ) -> Published | None:
        return await self._road(draft).find(_job(http, account, draft, done), since, known)

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        await take_down(graph(http, account, REFUSALS), published.remote_id)

    def _road(self, draft: Draft) -> Road:
        kind = kind_of(draft.options)
        if draft.reply_to:
            return self._comment
        if kind != POST:
            return self._others[kind]
        return self._film if videos(draft) else self._feed


_MANY = say("Facebook takes at most ten pictures in a post. Take some out.")


def _job(http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Job:
    return Job(api=graph(http, account, REFUSALS), account=account, draft=draft, done=done)
