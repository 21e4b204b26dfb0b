"""Upload sessions, as reels and stories have them: first the video, then one call that makes it public."""

from collections.abc import AsyncIterator, Mapping, Sequence

import aiohttp
from pydantic import BaseModel

from hawker.connect.abilities import Step
from hawker.connect.errors import Refused
from hawker.connect.meta import Success
from hawker.connect.refusals import Gone
from hawker.connect.values import Media
from hawker.platforms.facebook import photos, video
from hawker.platforms.facebook.job import Job, dated
from hawker.platforms.facebook.kinds import pictures, videos


class _Begun(BaseModel):
    video_id: str
    upload_url: str


class _Finished(Success):
    post_id: str = ""


async def upload(job: Job, edge: str, *, upper: bool, pauses: Sequence[float]) -> AsyncIterator[Step]:
    """`upper`: how this edge spells the phases. Goes on from where an earlier attempt broke off."""
    medium = videos(job.draft)[0]
    whole, start = f"{medium.id}:whole", 0
    kept = job.kept(medium.id)
    if kept and job.done.get(whole) != kept.split()[0]:
        kept, start = await _stand(job, kept)
    if not kept:
        answer = await job.api.do(f"{job.page}/{edge}", {"upload_phase": _phase("start", upper=upper)})
        begun = job.api.parse(answer, _Begun)
        kept = f"{begun.video_id} {begun.upload_url}"
        yield dated(medium.id, kept)
    video_id, _, address = kept.partition(" ")
    if job.done.get(whole) != video_id:
        await _send(job, medium, address, start)
        await video.wait(job.api, video_id, pauses)
        yield Step(name=whole, value=video_id)
    for cover in pictures(job.draft):
        if job.done.get(cover.id) != video_id:
            await _show_first(job, video_id, cover)
            yield Step(name=cover.id, value=video_id)


def video_of(job: Job) -> str:
    return job.kept(videos(job.draft)[0].id).partition(" ")[0]


def video_told(job: Job) -> str:
    """For a look, however old the session is by then. Raises CannotLook as `Job.told` does."""
    return job.told(videos(job.draft)[0].id).partition(" ")[0]


async def finish(job: Job, edge: str, more: Mapping[str, str], *, upper: bool) -> str:
    """The irreversible call; a session makes one post, however often it is ended. Gives the post's id, where
    Facebook tells it."""
    phase, form = {"upload_phase": _phase("finish", upper=upper)}, {"video_id": video_of(job), **more}
    try:
        answer = await job.api.do(f"{job.page}/{edge}", form, params=phase, irreversible=True)
    except Refused:
        if not await video.was_heard(job.api, video_of(job)):
            raise
        return ""
    return job.api.parse_sent(answer, _Finished).post_id


def _phase(phase: str, *, upper: bool) -> str:
    return phase.upper() if upper else phase


async def _stand(job: Job, kept: str) -> tuple[str, int]:
    """A session of an earlier attempt and how much of it arrived; nothing of one that is gone or broken."""
    try:
        found = await video.read(job.api, kept.split(maxsplit=1)[0])
    except Gone:
        return "", 0
    return ("", 0) if found.is_broken else (kept, found.status.uploading_phase.bytes_transferred or 0)


async def _send(job: Job, medium: Media, address: str, start: int) -> None:
    if start < medium.size:
        await job.api.upload(address, medium, start=start)


async def _show_first(job: Job, video_id: str, cover: Media) -> None:
    form = aiohttp.FormData({"is_preferred": "true"})
    await photos.attach(form, "source", cover)
    await job.api.do(f"{video_id}/thumbnails", data=form)
