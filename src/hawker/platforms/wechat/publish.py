"""Publishing: articles and pictures on the account's page, or sent to followers."""

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import CannotLook, Later, OnlyByHand, Refused
from hawker.connect.http import Http
from hawker.connect.refusals import Gone, forgotten
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.wechat import checks, jobs, mass
from hawker.platforms.wechat.lookup import look
from hawker.platforms.wechat.refusals import NETWORK
from hawker.platforms.wechat.uploads import DRAFT, is_there, uploaded
from hawker.platforms.wechat.wire import Api, Said, api_of
from hawker.platforms.wechat.wishes import KIND, SENT, kind_of

_MONTH = timedelta(days=30)


class Publish:
    """An article may be examined for some minutes before the list shows it, and before its draft is gone.
    For how long is not documented."""

    read_delay = timedelta(minutes=30)

    def __init__(self) -> None:
        self._jobs = jobs.Jobs()

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return checks.length(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(checks.problems(draft))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        checks.demand(draft, account.limits)
        api = api_of(http, account)
        async for step in uploaded(api, draft, await _left(api, account, draft, done)):
            yield step

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        """Publishing is followed until WeChat says how it ended: only then is there an address. What WeChat
        has examined since is not submitted once more before its owner knows the verdict."""
        api = api_of(http, account)
        if kind_of(draft.options) in SENT:
            return await mass.send(api, draft, done)
        submitted = self._jobs.of(account, draft.key)
        if submitted is None:
            submitted = await api.send("freepublish/submit", {"media_id": done[DRAFT]}, jobs.Submitted)
            self._jobs.keep(account, draft.key, submitted)
        try:
            return await jobs.follow(api, submitted)
        except Refused:
            self._jobs.forget(account, draft.key)
            raise

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
        api, submitted = api_of(http, account), self._jobs.of(account, draft.key)
        if kind_of(draft.options) in SENT:
            return await mass.find(api, draft, done, since)
        try:
            if submitted:
                return await _of_job(api, submitted)
            found = await look(api, draft, done, since, known)
        except OnlyByHand as barred:
            raise CannotLook(_BARRED, code=barred.code) from barred
        if found.own or (DRAFT in done and await is_there(api, done[DRAFT])):
            return found.own
        if not found.alike and DRAFT not in done:
            raise forgotten(NETWORK)
        if not found.alike:
            raise Later(_NOT_YET, code="draft")
        return found.alike

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        """What went to followers stays in their chats; its article can no longer be opened."""
        api = api_of(http, account)
        with suppress(Gone):
            if published.detail.get(KIND) in SENT:
                await mass.delete(api, published)
            else:
                await api.ask("freepublish/delete", {"article_id": published.remote_id, "index": 0}, Said)


async def _left(api: Api, account: Account, draft: Draft, done: Mapping[str, str]) -> Mapping[str, str]:
    """`done` without a draft that is gone. Raises OnlyByHand where the article is out: its owner sees the
    draft at WeChat, and may not have waited for Hawker."""
    if DRAFT not in done or await is_there(api, done[DRAFT]):
        return done
    if kind_of(draft.options) not in SENT and not account.limits.by_hand:
        found = await look(api, draft, done, datetime.now(UTC) - _MONTH, ())
        if found.own:
            raise OnlyByHand(_OUT)
    return {name: value for name, value in done.items() if name != DRAFT}


async def _of_job(api: Api, submitted: jobs.Submitted) -> Published | None:
    """What was taken down since it was out is not published again."""
    job = await jobs.ask(api, submitted)
    if job.publish_status == jobs.UNDER_WAY:
        raise Later(jobs.EXAMINED, code=f"publish_status {job.publish_status}")
    was_out = job.publish_status in {jobs.OUT, *jobs.TAKEN_DOWN}
    return job.published(submitted) if was_out else None


_OUT = say(
    "The draft of this article was published at mp.weixin.qq.com already. Do not publish it again: say here"
    " that it is posted."
)
_BARRED = say(
    "WeChat does not let this account ask what is published, so Hawker cannot see whether the article is out."
    " Look at mp.weixin.qq.com, under published."
)
_NOT_YET = say(
    "The draft of this article is gone, and WeChat does not list the article yet. Hawker goes on looking; you"
    " can look at mp.weixin.qq.com, under published."
)
