"""A video among the posts of a page: uploaded in chunks, published by the call that ends the upload."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from datetime import datetime
from io import BytesIO

import aiohttp
from pydantic import BaseModel

from hawker.connect.abilities import Step
from hawker.connect.errors import Refused
from hawker.connect.meta import Success
from hawker.connect.values import Media, Published
from hawker.platforms.facebook import photos, video
from hawker.platforms.facebook.job import Job, dated
from hawker.platforms.facebook.kinds import AI, TITLE, YES, pictures, videos
from hawker.platforms.facebook.session import video_told

# Facebook names the next chunk; of a larger one only so much is sent, and it names the next again.
CHUNK = 32 * 2**20
OUT_OF_ORDER = "1363037"


class _Chunk(BaseModel):
    """Offsets come as text."""

    start_offset: int
    end_offset: int

    @property
    def is_last(self) -> bool:
        return self.start_offset >= self.end_offset


class _Session(_Chunk):
    upload_session_id: str
    video_id: str


class _Astray(Refused):
    """An upload session is where nobody expects it."""


class Film:
    async def prepare(self, job: Job) -> AsyncIterator[Step]:
        """Goes on with the chunk at which an earlier attempt broke off."""
        medium, fresh = videos(job.draft)[0], False
        session, chunk = _kept(job, medium)
        while not session or not chunk.is_last:
            if not session:
                begun, fresh = await _start(job, medium), True
                session, chunk = f"{begun.video_id} {begun.upload_session_id} {begun.end_offset}", begun
                yield dated(medium.id, session)
            try:
                chunk = await _transfer(job, medium, session, chunk)
            except _Astray:
                if fresh:
                    raise
                session = ""
                continue
            yield Step(
                name=f"{medium.id}:offsets", value=f"{session} {chunk.start_offset} {chunk.end_offset}"
            )

    async def send(self, job: Job) -> Published:
        video_id, session, _ = job.kept(videos(job.draft)[0].id).split()
        data = await _with_cover(job, {"upload_session_id": session, **words(job)})
        try:
            answer = await job.api.do(
                f"{job.page}/videos",
                data=data,
                params={"upload_phase": "finish"},
                irreversible=True,
                server=job.video_server,
            )
        except Refused:
            if not await video.was_heard(job.api, video_id):
                raise
            return _published(job, video_id)
        job.api.parse_sent(answer, Success)
        return _published(job, video_id)

    async def find(self, job: Job, since: datetime, known: Collection[str]) -> Published | None:  # noqa: ARG002
        """A session makes one video, whose id is known from the start, however often it is ended."""
        video_id = video_told(job)
        public = bool(video_id) and await video.is_public(job.api, video_id)
        return _published(job, video_id) if public else None


def words(job: Job) -> Mapping[str, str]:
    """What is said of a video or a reel; what is empty is left out."""
    told = {"description": job.draft.text, "title": job.draft.options.get(TITLE, "").strip()}
    ai = {"is_ai_generated": "true"} if job.draft.options.get(AI) == YES else {}
    return {**{name: value for name, value in told.items() if value}, **ai}


def _published(job: Job, video_id: str) -> Published:
    return job.published(video_id, "video", f"{job.page}/videos/{video_id}")


def _kept(job: Job, medium: Media) -> tuple[str, _Chunk]:
    """The session of an earlier attempt, empty where there is none, and the chunk that is next."""
    session = job.kept(medium.id)
    _, _, offsets = job.done.get(f"{medium.id}:offsets", "").partition(f"{session} ")
    start, _, end = (offsets or f"0 {session.rpartition(' ')[2] or 1}").partition(" ")
    return session, _Chunk(start_offset=int(start), end_offset=int(end))


async def _start(job: Job, medium: Media) -> _Session:
    form = {"upload_phase": "start", "file_size": str(medium.size)}
    answer = await job.api.do(f"{job.page}/videos", form, server=job.video_server)
    return job.api.parse(answer, _Session)


async def _transfer(job: Job, medium: Media, session: str, chunk: _Chunk) -> _Chunk:
    """Gives the next chunk. Raises _Astray where nobody knows which that is."""
    video_id, session_id, _ = session.split()
    length = min(chunk.end_offset - chunk.start_offset, CHUNK)
    content = await asyncio.to_thread(medium.slice, chunk.start_offset, length)
    place = {"upload_session_id": session_id, "start_offset": str(chunk.start_offset)}
    form = aiohttp.FormData({"upload_phase": "transfer", **place})
    form.add_field("video_file_chunk", BytesIO(content), filename="chunk", content_type=medium.content_type)
    try:
        answer = await job.api.do(f"{job.page}/videos", data=form, server=job.video_server)
    except Refused as refused:
        if not refused.code.endswith(OUT_OF_ORDER):
            raise
        return await _find_place(job, medium, video_id, chunk, refused)
    return job.api.parse(answer, _Chunk)


async def _find_place(job: Job, medium: Media, video_id: str, chunk: _Chunk, refused: Refused) -> _Chunk:
    """The answer to a chunk was lost: the video's status tells how far it got, where it has one."""
    arrived = (await video.read(job.api, video_id)).status.uploading_phase.bytes_transferred
    if arrived is None or arrived == chunk.start_offset:
        raise _Astray(refused.sentence, code=refused.code, field="media") from refused
    return _Chunk(start_offset=arrived, end_offset=medium.size)


async def _with_cover(job: Job, fields: Mapping[str, str]) -> aiohttp.FormData:
    form = aiohttp.FormData(dict(fields))
    for medium in pictures(job.draft):
        await photos.attach(form, "thumb", medium)
    return form
