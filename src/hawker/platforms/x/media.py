"""Pictures and videos on their way to X, in steps that are kept: nothing is uploaded twice."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO

import aiohttp
from pydantic import BaseModel

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, NetworkError, Refused
from hawker.connect.http import Answer
from hawker.connect.refusals import read
from hawker.connect.text import say
from hawker.connect.values import Media
from hawker.platforms.x.problem import read_trouble
from hawker.platforms.x.refusals import BAD_MEDIA, explain
from hawker.platforms.x.wire import Api

# Seconds between looks at a video that X works on; X itself names how long to wait, in whole seconds.
PAUSES = (1, 2, 3, 5, 10, 20, 30)
# The samples send 1 MB; 5 MB was the most in the edition before (media/quickstart, 2026-08-22).
PART = 4 * 2**20
# An upload that dies within this time is made anew rather than sent.
MARGIN = 600
DAY = 86_400
CATEGORIES = {"image/gif": "tweet_gif"}
# Kept of an upload that X works on, so that it is asked about before it is attached.
WORKING = "working"


class _Work(BaseModel):
    state: str = ""
    check_after_secs: float = 0


class _Upload(BaseModel):
    id: str
    expires_after_secs: int = DAY
    processing_info: _Work | None = None

    def kept(self) -> str:
        told = f"{self.id} {int(time.time()) + self.expires_after_secs}"
        return f"{told} {WORKING}" if self.processing_info else told


class _Answer(BaseModel):
    data: _Upload


def upload_id(kept: str) -> str:
    return kept.partition(" ")[0]


def is_usable(kept: str) -> bool:
    """Uploads live for a day (`expires_after_secs`)."""
    expires = kept.removesuffix(f" {WORKING}").partition(" ")[2]
    return expires.isdecimal() and int(expires) > time.time() + MARGIN


async def upload(
    api: Api, medium: Media, done: Mapping[str, str], pauses: Sequence[float]
) -> AsyncIterator[Step]:
    """Raises Refused(field="media") where X does not take it."""
    kept = done.get(medium.id, "")
    if not is_usable(kept):
        steps = _at_once if _is_still(medium) else _in_parts
        async for step in steps(api, medium, done):
            kept = step.value if step.name == medium.id else kept
            yield step
    if kept.endswith(WORKING):
        await _wait(api, upload_id(kept), pauses)
    if medium.alt and done.get(f"{medium.id}:alt") != upload_id(kept):
        await _describe(api, upload_id(kept), medium)
        yield Step(name=f"{medium.id}:alt", value=upload_id(kept))


def _is_still(medium: Media) -> bool:
    return medium.content_type.startswith("image/") and medium.content_type not in CATEGORIES


async def _at_once(
    api: Api,
    medium: Media,
    done: Mapping[str, str],  # noqa: ARG001
) -> AsyncIterator[Step]:
    form = aiohttp.FormData()
    form.add_field("media_category", "tweet_image")
    content = await asyncio.to_thread(medium.read)
    form.add_field("media", BytesIO(content), filename="picture", content_type=medium.content_type)
    given = read("X", await api.do("/2/media/upload", data=form, explain=_refusal), _Answer).data
    yield Step(name=medium.id, value=given.kept())


async def _in_parts(api: Api, medium: Media, done: Mapping[str, str]) -> AsyncIterator[Step]:
    """Goes on with the part at which an earlier attempt broke off. What X takes up no more is made anew."""
    begun, name = done.get(f"{medium.id}:begun", ""), f"{medium.id}:begun"
    if is_usable(begun):
        with suppress(Refused):
            async for step in _go_on(api, medium, done, upload_id(begun)):
                yield step
            return
    begun = await _begin(api, medium)
    yield Step(name=name, value=begun)
    async for step in _go_on(api, medium, done, upload_id(begun)):
        yield step


async def _go_on(api: Api, medium: Media, done: Mapping[str, str], session: str) -> AsyncIterator[Step]:
    for number, start in enumerate(range(0, medium.size, PART)):
        part = f"{medium.id}:{number}"
        if done.get(part) == session:
            continue
        await _append(api, session, number, await asyncio.to_thread(medium.slice, start, PART))
        yield Step(name=part, value=session)
    answer = await api.do(f"/2/media/upload/{session}/finalize", explain=_refusal)
    yield Step(name=medium.id, value=read("X", answer, _Answer).data.kept())


async def _begin(api: Api, medium: Media) -> str:
    wish = {
        "media_type": medium.content_type,
        "total_bytes": medium.size,
        "media_category": CATEGORIES.get(medium.content_type, "tweet_video"),
    }
    answer = await api.do("/2/media/upload/initialize", json=wish, explain=_refusal)
    return read("X", answer, _Answer).data.kept()


async def _append(api: Api, session: str, number: int, content: bytes) -> None:
    form = aiohttp.FormData()
    form.add_field("segment_index", str(number))
    form.add_field("media", BytesIO(content), filename="part", content_type="application/octet-stream")
    await api.do(f"/2/media/upload/{session}/append", data=form, explain=_refusal)


async def _describe(api: Api, media_id: str, medium: Media) -> None:
    """API 1.1 took words for pictures and GIFs only; of v2 the documents leave it open (2026-08-22). A video
    whose words are refused goes out without them."""
    wish = {"id": media_id, "metadata": {"alt_text": {"text": medium.alt}}}
    try:
        await api.do("/2/media/metadata", json=wish, explain=_refusal_of_text)
    except Refused:
        if not medium.is_video:
            raise


async def _wait(api: Api, session: str, pauses: Sequence[float]) -> None:
    """Asks until it can be attached. Raises Refused where X cannot read it, Later where it takes long."""
    for pause in pauses:
        params = {"command": "STATUS", "media_id": session}
        answer = await api.ask("/2/media/upload", params, explain=_refusal)
        work = read("X", answer, _Answer).data.processing_info
        if work is None or work.state == "succeeded":
            return
        if work.state == "failed":
            raise BAD_MEDIA(code="failed")
        await asyncio.sleep(min(pause, work.check_after_secs or pause))
    raise Later(say("X is still working on the video. Hawker asks again soon."))


def _refusal(answer: Answer) -> NetworkError | None:
    """X's words about files are not documented: whatever it refuses here is about the file."""
    found = explain(answer)
    trouble = read_trouble(answer)
    return BAD_MEDIA(code=found.code) if trouble and isinstance(found, Refused) else found


def _refusal_of_text(answer: Answer) -> NetworkError | None:
    found = explain(answer)
    if not isinstance(found, Refused):
        return found
    sentence = say("X does not take the alternative text of a picture. Shorten it and try again.")
    return Refused(sentence, code=found.code, field="alt_text")
