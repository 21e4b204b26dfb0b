"""Publishing on X: uploads, the one call that publishes, looking for a lost answer, deleting."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel

from hawker.connect.abilities import Step
from hawker.connect.errors import NetworkError, OutcomeUnknown, Refused
from hawker.connect.http import Answer, Http
from hawker.connect.refusals import Gone, read, read_sent
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.x import refusals
from hawker.platforms.x.body import body
from hawker.platforms.x.checks import problems
from hawker.platforms.x.lookup import look, recent, sought
from hawker.platforms.x.media import PAUSES, upload
from hawker.platforms.x.post import Post, published
from hawker.platforms.x.problem import read_trouble
from hawker.platforms.x.text import weight
from hawker.platforms.x.wire import Api, api_of

BEGUN = "begun"
# How long X remembers a text is not documented; longer ago it is looked for no more, as each post costs.
REMEMBERS = timedelta(hours=24)
# So long X's lists are given to show a post whose answer was lost, while X refuses its words.
SETTLED = timedelta(minutes=10)


class _Id(BaseModel):
    id: str


class _Created(BaseModel):
    data: _Id


class _Deletion(BaseModel):
    deleted: bool = True


class _Deleted(BaseModel):
    data: _Deletion = _Deletion()


class _Duplicate(OutcomeUnknown):
    """X took nothing now, but has these words in a post of this account already."""


class Publish:
    # X does not say how far its lists lag behind (x-api/posts, 2026-08-22). Should it be longer, X refuses
    # the same words: only a post of nothing but pictures could then be doubled.
    read_delay = timedelta(seconds=10)

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return weight(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(problems(draft))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        """The last step tells when this draft was first ready: X's refusal of equal words needs it."""
        api = api_of(http, account)
        for medium in draft.media:
            async for step in upload(api, medium, done, self._pauses):
                yield step
        if BEGUN not in done:
            begun = datetime.now(UTC).isoformat(timespec="milliseconds")
            # X tells milliseconds: what is sent from here on is later than this one.
            await asyncio.sleep(0.002)
            yield Step(name=BEGUN, value=begun)

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        api = api_of(http, account)
        try:
            answer = await api.do(
                "/2/tweets",
                json=body(draft, done),
                irreversible=True,
                explain=lambda answer: _refusal(draft, account.limits, answer),
            )
        except _Duplicate as twice:
            raise (await _of_earlier(api, account, draft, done) or twice) from twice
        return published(account, read_sent("X", answer, _Created).data.id)

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
        wanted = sought(draft, done, known)
        post = await look(api_of(http, account), account.remote_id, wanted, since=since, begun=_begun(done))
        return post.published(account) if post else None

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        try:
            answer = await api_of(http, account).remove(f"/2/tweets/{published.remote_id}")
        except Gone:
            return
        if not read("X", answer, _Deleted).data.deleted:
            raise Refused(say("X did not delete this post. Delete it in the X app."))


def _begun(done: Mapping[str, str]) -> datetime | None:
    return datetime.fromisoformat(done[BEGUN]) if BEGUN in done else None


async def _of_earlier(api: Api, account: Account, draft: Draft, done: Mapping[str, str]) -> Refused | None:
    """None where the words may stand in this draft's own post, whose answer was lost: a look then finds it,
    and one that is there for long and was not taken for this draft is another's."""
    now = datetime.now(UTC)
    begun, wanted = _begun(done) or now, sought(draft, done)
    try:
        ahead, posts = await recent(api, account.remote_id, begun - REMEMBERS)
    except NetworkError:
        return None
    alike = [post for post in posts if wanted.text in post.essences()]
    own = (post for post in alike if wanted.fits(post) and post.created_at > begun + ahead)
    if any(post.created_at > now + ahead - SETTLED for post in own):
        return None
    return _in_another(account, alike) if alike or begun < now - SETTLED else None


def _in_another(account: Account, alike: Sequence[Post]) -> Refused:
    if alike:
        sentence = say(
            "X takes the same words only once, and they are in an earlier post: %(url)s. Change the text.",
            url=published(account, alike[0].id).url,
        )
    else:
        sentence = say(
            "X says that it has these words in a post already, and shows Hawker none. Look at X whether this "
            "post is out; if it is not, change the text."
        )
    return Refused(sentence, code="duplicate", field="text")


def _refusal(draft: Draft, limits: Limits, answer: Answer) -> NetworkError | None:
    """A 403 of X's names neither field nor reason: what the draft shows tells."""
    trouble = read_trouble(answer)
    if trouble and answer.status == 403 and trouble.says("duplicate content"):
        sentence = say("X says that it has these words in a post already. Hawker looks for it.")
        return _Duplicate(sentence, code="duplicate")
    if trouble and answer.status in {400, 403} and weight(draft.text) > limits.text:
        return refusals.LONG(code=str(answer.status))
    if trouble and answer.status in {400, 403} and len(draft.media) > limits.media:
        return refusals.MANY(code=str(answer.status))
    if draft.reply_to and (answer.status == 404 or (trouble and trouble.says("deleted or not visible"))):
        return refusals.NO_PARENT(code=str(answer.status))
    if (
        draft.reply_to
        and trouble
        and answer.status == 403
        and trouble.says("not permitted to perform", "summon")
    ):
        return refusals.NOT_SUMMONED(code="403")
    return refusals.explain(answer)
