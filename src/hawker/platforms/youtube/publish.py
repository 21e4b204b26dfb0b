"""Publishing on YouTube: a video is uploaded for nobody to see, then one call lets people in."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from hawker.connect.abilities import Step
from hawker.connect.errors import NetworkError, Refused
from hawker.connect.http import Answer, Http
from hawker.connect.refusals import read_sent
from hawker.connect.values import Account, Draft, Limits, Media, Problem, Published
from hawker.platforms.youtube import comments
from hawker.platforms.youtube.checks import of_media, problems
from hawker.platforms.youtube.extras import add_to_playlist, playlist_of, set_thumbnail
from hawker.platforms.youtube.lookup import uploaded
from hawker.platforms.youtube.options import PLAYLIST, goal_of, is_short
from hawker.platforms.youtube.processing import PAUSES, take_back, wait
from hawker.platforms.youtube.refusals import GONE, LOCKED
from hawker.platforms.youtube.upload import VIDEO, unstamped, upload
from hawker.platforms.youtube.wire import Tube, Video, explain, tube_of, video_of

THUMBNAIL = "thumbnail"


class Publish:
    # Of a video its id is known, and a second sending changes nothing; this is for comments.
    read_delay = timedelta(seconds=30)

    def __init__(self, pauses: Sequence[float] = PAUSES) -> None:
        self._pauses = pauses

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        """YouTube counts bytes: a Chinese letter is three."""
        return len(text.encode())

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        return list(problems(draft, limits))

    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        if draft.reply_to:
            return
        tube, now = tube_of(http, account), dict(done)
        try:
            async for step in self._whole(tube, draft, _video(draft, account.limits), now):
                now[step.name] = step.value
                yield step
        except Refused:
            async for step in take_back(tube, now):
                yield step
            raise

    async def _whole(
        self, tube: Tube, draft: Draft, video: Media, done: dict[str, str]
    ) -> AsyncIterator[Step]:
        """`done` grows with what is yielded."""
        wanted = draft.options.get(PLAYLIST, "").strip()
        listed = bool(done.get(VIDEO)) and done.get(PLAYLIST) == unstamped(done[VIDEO])[1]
        playlist = await playlist_of(tube, wanted) if wanted and not listed else ""
        if not done.get(VIDEO):
            async for step in upload(tube, draft, video, done):
                yield step
        video_id = unstamped(done[VIDEO])[1]
        for picture in draft.media:
            if not picture.is_video and done.get(THUMBNAIL) != video_id:
                await set_thumbnail(tube, video_id, picture)
                yield Step(name=THUMBNAIL, value=video_id)
        if playlist:
            await add_to_playlist(tube, playlist, video_id)
            yield Step(name=PLAYLIST, value=video_id)
        await wait(tube, done[VIDEO], self._pauses)

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        """Sets the video's status; the same again changes nothing."""
        tube = tube_of(http, account)
        if draft.reply_to:
            return await comments.write(tube, account, draft, draft.reply_to)
        goal, video_id = goal_of(draft, datetime.now(UTC)), _uploaded(done)
        body = {"id": video_id, "status": goal.body()}
        params = {"part": "status"}
        answer = await tube.do("PUT", "videos", params, json=body, irreversible=True, explain=_explain)
        status = read_sent("YouTube", answer, Video).status
        if not status.meets(goal):
            raise LOCKED(code="locked")
        return _published(account, draft, video_id)

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
        tube = tube_of(http, account)
        if under := draft.reply_to:
            return await comments.look(tube, account, draft, under, since=since, known=known)
        video_id = await _known(tube, draft, done, since, known)
        video = await video_of(tube, video_id) if video_id else None
        if video is None or not video.status.meets(goal_of(draft, since)):
            return None
        return _published(account, draft, video.id)

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        tube = tube_of(http, account)
        if comments.UNDER in published.detail:
            await comments.delete(tube, published)
            return
        try:
            await tube.do("DELETE", "videos", {"id": published.remote_id})
        except Refused as refused:
            if refused.code not in {"videoNotFound", "notFound", "404"}:
                raise


async def _known(
    tube: Tube, draft: Draft, done: Mapping[str, str], since: datetime, known: Collection[str]
) -> str:
    """The id of its video; empty where it has none."""
    medium = next((each for each in draft.media if each.is_video), None)
    if VIDEO not in done and medium:
        return await uploaded(tube, draft, medium, since=since, known=known)
    return unstamped(done[VIDEO])[1] if done.get(VIDEO) else ""


def _video(draft: Draft, limits: Limits) -> Media:
    """Raises Refused where there is not just one, or what is beside it cannot be its thumbnail."""
    for problem in of_media(draft, limits):
        raise Refused(problem.sentence, field=problem.field)
    return next(medium for medium in draft.media if medium.is_video)


def _uploaded(done: Mapping[str, str]) -> str:
    """The id of the prepared video; raises Refused where there is none any more."""
    if not done.get(VIDEO):
        raise GONE()
    return unstamped(done[VIDEO])[1]


def _explain(answer: Answer) -> NetworkError | None:
    """Whether YouTube refuses to let people in, or takes the call and keeps the video private, is not
    documented."""
    found = explain(answer)
    return LOCKED(code=found.code) if isinstance(found, Refused) and found.code == "forbidden" else found


def _published(account: Account, draft: Draft, video_id: str) -> Published:
    path = f"shorts/{video_id}" if is_short(draft) else f"watch?v={video_id}"
    return Published(remote_id=video_id, url=f"{account.site}/{path}")
