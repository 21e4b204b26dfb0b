"""Publishing on TikTok: videos are uploaded, photos fetched; then TikTok is asked until the post is out."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import CannotLook, Later, NetworkError, OutcomeUnknown, Refused
from hawker.connect.http import Http
from hawker.connect.refusals import forgotten
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Media, Problem, Published
from hawker.platforms.tiktok import photos
from hawker.platforms.tiktok.checks import overfull, problems
from hawker.platforms.tiktok.creator import creator_of
from hawker.platforms.tiktok.limits import limits_of, units
from hawker.platforms.tiktok.lookup import look
from hawker.platforms.tiktok.options import is_public
from hawker.platforms.tiktok.refusals import NAME, failed
from hawker.platforms.tiktok.state import PAUSES, State, settle, state_of
from hawker.platforms.tiktok.upload import FRESH, Dead, Plan, Upload, put, upload
from hawker.platforms.tiktok.wire import Api, api_of

# TikTok is done with 512 MB in about half a minute (Get Post Status, 2026-11-05).
WORKS = timedelta(minutes=10)


class Publish:
    # Of photos, which are fetched and moderated before they are listed: their owner is not asked earlier. The
    # last chunk of a video could be sent at once, as it makes no second post.
    read_delay = timedelta(seconds=30)

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return units(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        return list(problems(draft, limits))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        api = api_of(http, account)
        limits = limits_of(await creator_of(api))
        for problem in (*overfull(draft, limits), *problems(draft, limits)):
            raise Refused(problem.sentence, field=problem.field)
        if video := _video(draft):
            async for step in upload(api, draft, video, done):
                yield step

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        api, video = api_of(http, account), _video(draft)
        if video is None:
            return await self._settled(api, account, draft, await photos.post(api, draft))
        at_work = Upload.kept(done)
        if at_work is None:
            raise _forgotten()
        state = await state_of(api, at_work.publish_id)
        if state and state.has_failed:
            raise failed(state.reason)
        if not (state and state.has_all(video.size)):
            await put(api, at_work, video, Plan(video.size).count - 1)
        return await self._settled(api, account, draft, at_work.publish_id)

    async def _settled(self, api: Api, account: Account, draft: Draft, publish_id: str) -> Published:
        """TikTok has it all by now: only a plain failure says that nothing is out."""
        try:
            state = await settle(api, publish_id, public=is_public(draft), pauses=self._pauses)
        except NetworkError as error:
            raise _at_work(error.code) from error
        if state and state.has_failed:
            raise failed(state.reason)
        if state is None or not state.is_over:
            raise _at_work(state.status if state else "")
        return _published(account, draft, publish_id, state)

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
        api, video = api_of(http, account), _video(draft)
        if video is None:
            post = await look(api, draft, since=since, known=known)
            return Published(remote_id=post.id, url=_address(account, draft, post.id))
        at_work = Upload.kept(done)
        if at_work is None:
            raise forgotten(NAME)
        state = await state_of(api, at_work.publish_id)
        if state and state.is_untold and datetime.now(UTC) - since < WORKS:
            raise _busy(state)
        return _found(account, draft, at_work, state)

    async def delete(self, http: Http, account: Account, published: Published) -> None:  # noqa: ARG002
        sentence = say("TikTok lets no program delete posts. Delete it in the TikTok app.")
        raise Refused(sentence, code="no_delete")


def _found(account: Account, draft: Draft, at_work: Upload, state: State | None) -> Published | None:
    """An upload that failed or lacks its last chunk is no post: preparing begins anew, or goes on.
    Where it can no longer go on, and the ledger is out of a backup, another one may have become the post."""
    if state is None:
        sentence = say("TikTok no longer knows this upload. Look in the TikTok app whether it is there.")
        raise CannotLook(sentence)
    if state.is_over:
        return _published(account, draft, at_work.publish_id, state)
    if state.has_all(sum(medium.size for medium in draft.media)):
        raise _busy(state)
    if at_work.age > FRESH:
        sentence = say(
            "The upload that Hawker remembers came to nothing at TikTok, and is too old to go on. Look in "
            "the TikTok app whether the post is there, and say so here."
        )
        raise CannotLook(sentence, code=state.status)
    return None


def _busy(state: State) -> Later:
    return Later(say("TikTok is still working on the video. Hawker looks again soon."), code=state.status)


def _published(account: Account, draft: Draft, publish_id: str, state: State) -> Published:
    """Without an id of its own, which only public posts have, it goes by its publish_id."""
    detail = {"publish_id": publish_id}
    if not state.posts:
        return Published(remote_id=publish_id, url=account.url, detail=detail)
    post = str(state.posts[0])
    return Published(remote_id=post, url=_address(account, draft, post), detail=detail)


def _address(account: Account, draft: Draft, post: str) -> str:
    return f"{account.url}/{'video' if _video(draft) else 'photo'}/{post}"


def _video(draft: Draft) -> Media | None:
    return next((medium for medium in draft.media if medium.is_video), None)


def _forgotten() -> Later:
    return Dead(say("TikTok has nothing of this video yet. Hawker uploads it again."), code="upload")


def _at_work(code: str) -> OutcomeUnknown:
    sentence = say("TikTok has the post and has not said yet what became of it. Hawker looks again soon.")
    return OutcomeUnknown(sentence, code=code)
