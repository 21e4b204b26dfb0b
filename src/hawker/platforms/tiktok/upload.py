"""A video on its way to TikTok in chunks. With the last, which `send` sends, the post goes out by itself."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import BaseModel, Field

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused
from hawker.connect.http import Answer, Json
from hawker.connect.refusals import Stranger
from hawker.connect.text import say
from hawker.connect.values import Draft, Media
from hawker.platforms.tiktok.options import is_direct, of_video
from hawker.platforms.tiktok.refusals import MINUTE, NAME, explain
from hawker.platforms.tiktok.state import State, state_of
from hawker.platforms.tiktok.wire import Api

UPLOAD, SENT = "upload", "sent"
# Media Transfer Guide, 2026-11-05: chunks of 5 to 64 MB, the last one up to 128 MB, floor(size / chunk) of
# them, 1,000 at most; less than 5 MB in one. In which MB is not said: this stays inside by either.
CHUNK, READ = 10_000_000, 512 * 1024
# An upload's address works for an hour.
FRESH, LOST = timedelta(minutes=50), timedelta(hours=2)


@dataclass(frozen=True)
class Plan:
    size: int

    @property
    def chunk(self) -> int:
        return self.size if self.size < 2 * CHUNK else CHUNK

    @property
    def count(self) -> int:
        return self.size // self.chunk

    def piece(self, number: int) -> tuple[int, int]:
        """Where a chunk begins and how long it is; the last one takes what is left over."""
        start = number * self.chunk
        return start, (self.size - start if number == self.count - 1 else self.chunk)

    def source(self) -> dict[str, str | int]:
        return {
            "source": "FILE_UPLOAD",
            "video_size": self.size,
            "chunk_size": self.chunk,
            "total_chunk_count": self.count,
        }


@dataclass(frozen=True, kw_only=True)
class Upload:
    """As the step `UPLOAD` keeps it. `mark`: of the wishes it was begun with, which TikTok takes but once."""

    at: datetime
    mark: str
    publish_id: str
    address: str

    @classmethod
    def kept(cls, done: Mapping[str, str]) -> "Upload | None":
        if UPLOAD not in done:
            return None
        at, mark, publish_id, address = done[UPLOAD].split(" ", 3)
        return cls(at=datetime.fromisoformat(at), mark=mark, publish_id=publish_id, address=address)

    @property
    def step(self) -> Step:
        return Step(name=UPLOAD, value=f"{self.at.isoformat()} {self.mark} {self.publish_id} {self.address}")

    @property
    def age(self) -> timedelta:
        return datetime.now(UTC) - self.at


class _Begun(BaseModel):
    publish_id: Annotated[str, Field(min_length=1)]
    upload_url: Annotated[str, Field(min_length=1)]


class _Answer(BaseModel):
    data: _Begun


class Dead(Later):
    """The address of an upload works no more; without its last chunk nothing was posted."""


async def upload(api: Api, draft: Draft, video: Media, done: Mapping[str, str]) -> AsyncIterator[Step]:
    """All chunks but the last."""
    plan = Plan(video.size)
    at_work, state = await _going_on(api, draft, plan, done)
    sent = _stored(plan, state, done, at_work) if at_work else 0
    if at_work is None:
        at_work = await begin(api, draft, plan)
        yield at_work.step
    for number in range(sent, plan.count - 1):
        await _put_or_wait(api, at_work, video, number)
        yield Step(name=SENT, value=f"{at_work.publish_id} {number + 1}")


async def _going_on(
    api: Api, draft: Draft, plan: Plan, done: Mapping[str, str]
) -> tuple[Upload | None, State | None]:
    """The upload that was begun for just this, unless it is lost, and how far it is."""
    at_work = Upload.kept(done)
    if at_work is None or at_work.mark != _mark(_body(draft, plan)):
        return None, None
    state = await state_of(api, at_work.publish_id)
    return (None, None) if _is_lost(at_work, state, plan.size) else (at_work, state)


async def _put_or_wait(api: Api, at_work: Upload, video: Media, number: int) -> None:
    try:
        await put(api, at_work, video, number)
    except OutcomeUnknown as lost:
        sentence = say("A part of the video got lost on its way to TikTok. Hawker goes on by itself.")
        raise Later(sentence, code=lost.code) from lost


def _is_lost(at_work: Upload, state: State | None, size: int) -> bool:
    """Whether it can never become a post any more: what failed was told of as it was sent. Where TikTok does
    not tell how much it has, an hour after the address died is waited."""
    if state is None:
        return at_work.age > FRESH
    if state.has_failed:
        return True
    if state.has_all(size):
        return False
    return at_work.age > (FRESH if state.uploaded is not None else LOST)


def _stored(plan: Plan, state: State | None, done: Mapping[str, str], at_work: Upload) -> int:
    """How many chunks are there: TikTok may tell more than was kept, as an answer was lost, or less, as it
    may be slow to count."""
    if state and state.has_all(plan.size):
        return plan.count
    publish_id, _, number = done.get(SENT, "").partition(" ")
    kept = int(number) if publish_id == at_work.publish_id else 0
    return max(kept, ((state and state.uploaded) or 0) // plan.chunk)


async def begin(api: Api, draft: Draft, plan: Plan) -> Upload:
    """Nothing is posted by this: what is never uploaded whole comes to nothing."""
    path = "post/publish/video/init" if is_direct(draft) else "post/publish/inbox/video/init"
    body = _body(draft, plan)
    begun = (await api.call(path, _Answer, body)).data
    return Upload(
        at=datetime.now(UTC), mark=_mark(body), publish_id=begun.publish_id, address=begun.upload_url
    )


def _body(draft: Draft, plan: Plan) -> dict[str, Json]:
    source: dict[str, Json] = {"source_info": {**plan.source()}}
    return {**source, "post_info": of_video(draft)} if is_direct(draft) else source


def _mark(body: Mapping[str, Json]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]


async def put(api: Api, at_work: Upload, video: Media, number: int) -> None:
    """One chunk, once: a second one would be none that TikTok waits for. Raises OutcomeUnknown where its
    answer was lost."""
    start, length = Plan(video.size).piece(number)
    await api.http.request(
        "PUT",
        at_work.address,
        headers={
            "Content-Type": video.content_type,
            "Content-Length": str(length),
            "Content-Range": f"bytes {start}-{start + length - 1}/{video.size}",
        },
        data=_read(video, start, start + length),
        irreversible=True,
        explain=_explain,
        hidden=at_work.address.partition("?")[2],
    )


async def _read(video: Media, start: int, end: int) -> AsyncIterator[bytes]:
    for place in range(start, end, READ):
        yield await asyncio.to_thread(video.slice, place, min(READ, end - place))


def _explain(answer: Answer) -> NetworkError | None:
    """403: its time is over; 404: never heard of; 416: another chunk comes next, which the state tells."""
    code = str(answer.status)
    if answer.status in {403, 404, 416}:
        sentence = say("TikTok takes no more of this upload. Hawker looks how far it is, and goes on.")
        return Dead(sentence, code=code, at=datetime.now(UTC) + MINUTE)
    found = explain(answer)
    if answer.status == 400 and isinstance(found, Stranger):
        sentence = say(
            "TikTok does not take this video as it is: “%(reason)s”. Save it as MP4 and add it again.",
            reason=answer.text[:200] or NAME,
        )
        return Refused(sentence, code=code, field="media")
    return found
