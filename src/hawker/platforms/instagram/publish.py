"""Publishing on Instagram: containers, the one call that publishes, looking for a lost answer, deleting."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, NetworkError, Refused
from hawker.connect.http import Http
from hawker.connect.meta import Graph, Id
from hawker.connect.meta_containers import PAUSES, whole_of
from hawker.connect.meta_posts import take_down
from hawker.connect.refusals import Gone, forgotten, no_parent
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.instagram import budgets
from hawker.platforms.instagram.containers import Yard
from hawker.platforms.instagram.hosts import api_of, is_of_instagram
from hawker.platforms.instagram.kinds import STORY, kind_of, problems
from hawker.platforms.instagram.lookup import MEDIA_FIELDS, Medium, Search
from hawker.platforms.instagram.refusals import EXPIRED, NUMBER
from hawker.platforms.instagram.wishes import parts, whole


class Publish:
    # How long a call may be under way behind an answer that never came. Should it be longer, the container is
    # published only once all the same.
    read_delay = timedelta(seconds=30)

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return len(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(problems(draft))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        wrong = next(problems(draft), None)
        if wrong:
            raise Refused(wrong.sentence, field=wrong.field)
        if len(draft.media) > account.limits.media:
            raise Refused(NUMBER.sentence, field=NUMBER.field)
        if draft.reply_to:
            return
        api, owner = api_of(http, account), account.remote_id
        await _check_room(api, owner)
        async for step in self._yard(api, account).steps(whole(draft), parts(draft), done):
            yield step

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        api = api_of(http, account)
        if draft.reply_to:
            return await _comment(api, draft, draft.reply_to)
        container = whole_of(done)
        if not container:
            raise Later(EXPIRED.sentence)
        media_id = await self._yard(api, account).publish(container)
        await budgets.tell(api, account.remote_id)
        return (await _shown(api, media_id)).published(account)

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
        search = Search(api=api, account=account, draft=draft, since=since, known=known)
        if draft.reply_to:
            return await search.comment(draft.reply_to)
        container = whole_of(done)
        if container:
            return await self._yard(api, account).settle(container, search.post, since)
        if kind_of(draft) == STORY:
            raise forgotten("Instagram")
        return await search.post()

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        """The reference of v26.0 lists a DELETE, the guides say there is none."""
        await take_down(api_of(http, account), published.remote_id)

    def _yard(self, api: Graph, account: Account) -> Yard:
        own = is_of_instagram(account)
        return Yard(api=api, owner=account.remote_id, bytes_first=not own, pauses=self._pauses)


async def _check_room(api: Graph, owner: str) -> None:
    """An account whose limit cannot be read publishes all the same."""
    try:
        await budgets.check(api, owner)
    except Refused:
        return


async def _shown(api: Graph, media_id: str) -> Medium:
    """Without its own address where Instagram does not tell that now: it is published."""
    try:
        return await api.read(media_id, Medium, {"fields": MEDIA_FIELDS})
    except NetworkError:
        return Medium(id=media_id)


async def _comment(api: Graph, draft: Draft, parent: Published) -> Published:
    try:
        answer = await api.do(f"{parent.remote_id}/comments", {"message": draft.text}, irreversible=True)
    except Gone as gone:
        raise no_parent("Instagram", gone.code) from gone
    return Published(remote_id=api.parse_sent(answer, Id).id, url=parent.url)
