"""Reels (Reels Publishing, read 2026-11-22): at most thirty a day for each page."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime

from hawker.connect.abilities import Step
from hawker.connect.values import Published
from hawker.platforms.facebook import session, video
from hawker.platforms.facebook.film import words
from hawker.platforms.facebook.job import Job
from hawker.platforms.facebook.kinds import REEL

EDGE = "video_reels"


class Reel:
    def __init__(self, pauses: Sequence[float]) -> None:
        self._pauses = pauses

    async def prepare(self, job: Job) -> AsyncIterator[Step]:
        async for step in session.upload(job, EDGE, upper=False, pauses=self._pauses):
            yield step

    async def send(self, job: Job) -> Published:
        await session.finish(job, EDGE, {"video_state": "PUBLISHED", **words(job)}, upper=False)
        return _published(job, session.video_of(job))

    async def find(self, job: Job, since: datetime, known: Collection[str]) -> Published | None:  # noqa: ARG002
        video_id = session.video_told(job)
        public = bool(video_id) and await video.is_public(job.api, video_id)
        return _published(job, video_id) if public else None


def _published(job: Job, video_id: str) -> Published:
    return job.published(video_id, REEL, f"reel/{video_id}")
