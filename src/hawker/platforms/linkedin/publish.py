"""Publishing at LinkedIn: uploads, the one call that publishes, looking for a lost answer, deleting."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.refusals import Gone, unsaid
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.linkedin import comments
from hawker.platforms.linkedin.checks import problems
from hawker.platforms.linkedin.content import body
from hawker.platforms.linkedin.lookup import look
from hawker.platforms.linkedin.media import PAUSES, upload, urns_of, wait
from hawker.platforms.linkedin.posts import published, sought
from hawker.platforms.linkedin.refusals import Twice
from hawker.platforms.linkedin.text import length
from hawker.platforms.linkedin.twin import settle
from hawker.platforms.linkedin.wire import api_of, escape

BEGUN = "begun"


class Publish:
    # How far LinkedIn's lists lag behind is not documented. Should it be longer, LinkedIn refuses the same
    # post and names the first one.
    read_delay = timedelta(seconds=30)

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return length(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        return list(problems(draft, limits))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        """The last step tells when this draft was first ready: `twin` needs it."""
        if draft.reply_to:
            comments.check_parent(draft.reply_to)
            return
        for problem in problems(draft, account.limits):
            raise Refused(problem.sentence, field=problem.field)
        api, urns = api_of(http, account), dict(done)
        async for step in upload(api, account.remote_id, draft, done):
            urns[step.name] = step.value
            yield step
        if BEGUN not in done:
            await wait(api, urns_of(draft, urns), self._pauses)
            begun = datetime.now(UTC).isoformat(timespec="milliseconds")
            # LinkedIn tells milliseconds: what is sent from here on is later than this one.
            await asyncio.sleep(0.002)
            yield Step(name=BEGUN, value=begun)

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        api = api_of(http, account)
        if draft.reply_to:
            return await comments.write(api, account, draft, draft.reply_to)
        started = datetime.now(UTC)
        try:
            answer = await api.do("/rest/posts", body(account.remote_id, draft, done), irreversible=True)
        except Twice as twice:
            return await settle(api, account, twice, begun=self._begun(done, started), started=started)
        urn = answer.headers.get("x-restli-id", "")
        if not urn:
            raise unsaid("LinkedIn")
        return published(account, urn)

    def _begun(self, done: Mapping[str, str], started: datetime) -> datetime | None:
        """Since when an earlier call may have made a post. None where there was none whose answer was lost:
        after such a one nothing is sent before `read_delay`."""
        begun = datetime.fromisoformat(done[BEGUN]) if BEGUN in done else started
        return begun if begun <= started - self.read_delay else None

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
        api = api_of(http, account)
        if under := draft.reply_to:
            return await comments.look(api, account, draft, under, since=since, known=known)
        post = await look(api, account, sought(draft, done, known), since)
        return published(account, post.id) if post else None

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        api = api_of(http, account)
        try:
            if comments.UNDER in published.detail:
                await comments.delete(api, account, published)
            else:
                await api.remove(f"/rest/posts/{escape(published.remote_id)}")
        except Gone:
            return
