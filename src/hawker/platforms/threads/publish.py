"""Publishing at Threads: containers, the one call that publishes, looking for a lost answer, deleting."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, NetworkError, Refused
from hawker.connect.http import Http
from hawker.connect.meta import Graph
from hawker.connect.meta_containers import PAUSES, Yard, whole_of
from hawker.connect.meta_posts import is_there, take_down
from hawker.connect.refusals import no_parent
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.threads import budgets, wishes
from hawker.platforms.threads.account import api_of
from hawker.platforms.threads.lookup import Search
from hawker.platforms.threads.options import QUOTE, chosen, problems
from hawker.platforms.threads.posts import AT, FIELDS, Post
from hawker.platforms.threads.quotes import quoted
from hawker.platforms.threads.refusals import NUMBER
from hawker.platforms.threads.text import length

# So long a post may be unseen after it was published; what is unseen after that is gone.
FRESH = timedelta(hours=1)


class Publish:
    # How long a call may be under way behind an answer that never came. Should it be longer, the container is
    # published only once all the same.
    read_delay = timedelta(seconds=30)

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return length(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(problems(draft))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        _demand(draft, account.limits)
        api = api_of(http, account)
        await budgets.check(api, account.remote_id, budgets.kind_of(draft))
        if draft.reply_to:
            await self._await_parent(api, draft.reply_to)
        to_quote = done.get(QUOTE, "")
        if chosen(draft, QUOTE) and not to_quote:
            to_quote = await quoted(api, account, chosen(draft, QUOTE))
            yield Step(name=QUOTE, value=to_quote)
        whole, children = wishes.whole(draft, to_quote), wishes.children(draft)
        async for step in self._yard(api, account).steps(whole, children, done):
            yield step

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        api, container = api_of(http, account), whole_of(done)
        if not container:
            raise Later(_UNPREPARED)
        post_id = await self._yard(api, account).publish(container)
        await budgets.tell(api, account.remote_id, budgets.kind_of(draft))
        return (await _shown(api, post_id)).published(account)

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
        api, container = api_of(http, account), whole_of(done)
        search = Search(api=api, account=account, draft=draft, since=since, known=known)
        if container:
            return await self._yard(api, account).settle(container, search.look, since)
        return await search.look()

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        api = api_of(http, account)
        await budgets.check(api, account.remote_id, budgets.DELETES)
        await take_down(api, published.remote_id)

    def _yard(self, api: Graph, account: Account) -> Yard:
        return Yard(api=api, owner=account.remote_id, habits=wishes.HABITS, pauses=self._pauses)

    async def _await_parent(self, api: Graph, parent: Published) -> None:
        """A post is not seen, and cannot be answered, right after it was published."""
        for pause in (*self._pauses, 0):
            if await is_there(api, parent.remote_id):
                return
            if _is_old(parent):
                raise no_parent("Threads")
            await asyncio.sleep(pause)
        sentence = say(
            "Threads does not show the post that this one answers yet. Hawker tries again by itself."
        )
        raise Later(sentence)


def _demand(draft: Draft, limits: Limits) -> None:
    wrong = next(problems(draft), None)
    if wrong:
        raise Refused(wrong.sentence, field=wrong.field)
    if len(draft.media) > limits.media:
        raise Refused(NUMBER.sentence, field=NUMBER.field)


def _is_old(post: Published) -> bool:
    published = post.detail.get(AT, "")
    return published.isdecimal() and int(published) < (datetime.now(UTC) - FRESH).timestamp()


async def _shown(api: Graph, post_id: str) -> Post:
    """Without its own address where Threads does not tell that now: it is published."""
    try:
        return await api.read(post_id, Post, {"fields": FIELDS})
    except NetworkError:
        return Post(id=post_id)


_UNPREPARED = say("Nothing is uploaded to Threads for this post yet. Hawker prepares it anew.")
