"""A video on its way to YouTube: chunk after chunk, and never from the beginning where it can go on.

A session makes one video at most, and keeps its address for about a week. Only where it is dead is another
one begun, and where it may have ended with a video, this one is looked for first.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ValidationError

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, NetworkError
from hawker.connect.http import Answer
from hawker.connect.text import say
from hawker.connect.values import Draft, Media
from hawker.platforms.youtube.lookup import uploaded
from hawker.platforms.youtube.options import NO, NOTIFY, goal_of, snippet_of
from hawker.platforms.youtube.wire import Tube, explain, odd

# All chunks but the last are multiples of 256 KiB (“Resumable uploads”, 2026-11); at 30 kB a second this one
# takes as long as a call may.
CHUNK = 32 * 256 * 1024
SESSION, STORED, VIDEO = "session", "stored", "video"
# How long a video may be missing from the list of uploads is not documented.
LAG = timedelta(hours=1)


class _Dead(Later):
    """YouTube knows this session no more."""


class _Made(BaseModel):
    id: str


@dataclass(frozen=True)
class _Place:
    """How far an upload is: so many bytes are stored, or the video is there."""

    stored: int = 0
    video: str = ""


def stamped(value: str) -> str:
    """With the time before it, as steps keep both."""
    return f"{datetime.now(UTC).isoformat(timespec='seconds')} {value}"


def unstamped(kept: str) -> tuple[datetime, str]:
    at, _, value = kept.partition(" ")
    return datetime.fromisoformat(at), value


async def upload(tube: Tube, draft: Draft, video: Media, done: Mapping[str, str]) -> AsyncIterator[Step]:
    """Ends with the step `VIDEO`; the video is private."""
    place, session = _Place(), unstamped(done[SESSION])[1] if done.get(SESSION) else ""
    if session:
        try:
            place = await _ask(tube, session, video.size)
        except _Dead:
            place, session = _Place(video=await _left_behind(tube, draft, video, done)), ""
    if not session and not place.video:
        session = await _begin(tube, draft, video)
        yield Step(name=SESSION, value=stamped(session))
    elif place.stored > _stored(done)[1]:
        # Whoever finds the session dead must know that the next chunk may have been the last.
        yield Step(name=STORED, value=stamped(str(place.stored)))
    while not place.video:
        place = await _put(tube, session, video, place.stored)
        if not place.video:
            yield Step(name=STORED, value=stamped(str(place.stored)))
    yield Step(name=VIDEO, value=stamped(place.video))


async def _left_behind(tube: Tube, draft: Draft, video: Media, done: Mapping[str, str]) -> str:
    """The video of a session that died; empty where there certainly is none. Raises Later where that cannot
    be known yet."""
    last, stored = _stored(done)
    if video.size - stored > CHUNK:
        return ""
    found = await uploaded(tube, draft, video, since=unstamped(done[SESSION])[0])
    if not found and datetime.now(UTC) < last + LAG:
        sentence = say(
            "YouTube forgot the upload just before its end. Hawker waits until it can be sure that the video "
            "is not there, and uploads it again."
        )
        raise Later(sentence, code="session", at=last + LAG)
    return found


def _stored(done: Mapping[str, str]) -> tuple[datetime, int]:
    """Since when how much is known to be stored of the session; what is older is about another one."""
    begun, _ = unstamped(done[SESSION])
    last, stored = unstamped(done[STORED]) if done.get(STORED) else (begun, "0")
    return (last, int(stored)) if last >= begun else (begun, 0)


async def _begin(tube: Tube, draft: Draft, video: Media) -> str:
    """The address of a session. Nothing is on the channel until its last byte has come."""
    body = {"snippet": snippet_of(draft), "status": goal_of(draft, datetime.now(UTC)).body(held=True)}
    params = {"uploadType": "resumable", "part": "snippet,status"}
    if draft.options.get(NOTIFY) == NO:
        params["notifySubscribers"] = "false"
    headers = {"X-Upload-Content-Length": str(video.size), "X-Upload-Content-Type": video.content_type}
    answer = await tube.upload("videos", params, json=body, headers=headers)
    address = answer.headers.get("Location", "")
    if not address:
        raise odd(answer)
    return address


async def _ask(tube: Tube, session: str, size: int) -> _Place:
    return _place(await _call(tube, session, b"", f"bytes */{size}"))


async def _put(tube: Tube, session: str, video: Media, start: int) -> _Place:
    """One chunk. A second one at the same address is the same to YouTube: aiohttp may repeat it."""
    chunk = await asyncio.to_thread(video.slice, start, CHUNK)
    end = start + len(chunk)
    place = _place(await _call(tube, session, chunk, f"bytes {start}-{end - 1}/{video.size}"))
    if not place.video and place.stored <= start:
        raise Later(say("YouTube kept nothing of what was sent. Hawker tries again by itself."), code="308")
    return place


async def _call(tube: Tube, session: str, chunk: bytes, place: str) -> Answer:
    return await tube.api.http.request(
        "PUT",
        session,
        token=tube.api.token,
        headers={"Content-Range": place},
        data=chunk,
        explain=_explain,
        hidden=session.partition("?")[2],
    )


def _explain(answer: Answer) -> NetworkError | None:
    if answer.status in {404, 410}:
        return _Dead(say("YouTube forgot this upload. Hawker begins it again."), code=str(answer.status))
    return explain(answer)


def _place(answer: Answer) -> _Place:
    """Of 308 without a range nothing is stored yet."""
    if answer.status == 308:
        stored = re.fullmatch(r"bytes=0-(\d+)", answer.headers.get("Range", ""))
        return _Place(stored=int(stored[1]) + 1 if stored else 0)
    try:
        return _Place(video=_Made.model_validate_json(answer.body).id)
    except ValidationError as error:
        raise odd(answer) from error
