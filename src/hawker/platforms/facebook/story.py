"""Stories (Page Stories, read 2026-11-22): one picture or one video, seen for a day. Media that were in a
story are not taken for a second one."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime

from pydantic import BaseModel

from hawker.connect.abilities import Step
from hawker.connect.errors import Refused
from hawker.connect.meta import Success
from hawker.connect.values import Published
from hawker.platforms.facebook import photos, session
from hawker.platforms.facebook.film import words
from hawker.platforms.facebook.job import Job
from hawker.platforms.facebook.kinds import STORY, videos

EDGE = "video_stories"


class _Posted(Success):
    post_id: str = ""


class _Story(BaseModel):
    """Ids may come as numbers."""

    post_id: str | int = ""
    media_id: str | int = ""


class Story:
    def __init__(self, pauses: Sequence[float]) -> None:
        self._pauses = pauses

    async def prepare(self, job: Job) -> AsyncIterator[Step]:
        steps = (
            session.upload(job, EDGE, upper=True, pauses=self._pauses)
            if videos(job.draft)
            else photos.upload(job)
        )
        async for step in steps:
            yield step

    async def send(self, job: Job) -> Published:
        try:
            post_id = await _send(job)
        except Refused:
            found = await _listed(job)
            if not found:
                raise
            return found
        return _published(job, post_id) if post_id else await _named(job)

    async def find(self, job: Job, since: datetime, known: Collection[str]) -> Published | None:  # noqa: ARG002
        return await _listed(job)


async def _send(job: Job) -> str:
    if videos(job.draft):
        more = {name: value for name, value in words(job).items() if name == "is_ai_generated"}
        return await session.finish(job, EDGE, more, upper=True)
    answer = await job.api.do(f"{job.page}/photo_stories", {"photo_id": _medium(job)}, irreversible=True)
    return job.api.parse_sent(answer, _Posted).post_id


async def _listed(job: Job) -> Published | None:
    """The story that holds our picture or video."""
    medium = session.video_told(job) if videos(job.draft) else job.told(job.draft.media[0].id)
    params = {"fields": "post_id,media_id,status", "limit": "100"}
    async for story in job.page_api.listed(f"{job.page}/stories", _Story, params):
        if medium and str(story.media_id) == medium:
            return _published(job, str(story.post_id))
    return None


async def _named(job: Job) -> Published:
    """Where Facebook took it without telling its id, the list does; else the medium stands for it."""
    return await _listed(job) or _published(job, _medium(job))


def _medium(job: Job) -> str:
    return session.video_of(job) if videos(job.draft) else photos.photo_id(job, job.draft.media[0])


def _published(job: Job, post_id: str) -> Published:
    return job.published(post_id, STORY, f"stories/{job.page}/{post_id}")
