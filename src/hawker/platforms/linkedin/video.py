"""A video on its way to LinkedIn: in parts, each a step that is kept, and then put together."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping

from pydantic import ValidationError

from hawker.connect.abilities import Step
from hawker.connect.errors import Refused
from hawker.connect.refusals import read
from hawker.connect.values import Media
from hawker.platforms.linkedin.refusals import NoRight, Said, Word
from hawker.platforms.linkedin.wire import Api, escape

# An upload whose addresses end within this time is begun anew.
MARGIN = 600


class _Part(Said):
    upload_url: str
    first_byte: int
    last_byte: int


class Session(Said):
    """As LinkedIn describes it; `last_byte` is within the part. Kept as it is between attempts."""

    video: str
    upload_token: Word = ""
    upload_urls_expire_at: int = 0
    upload_instructions: tuple[_Part, ...]
    thumbnail_upload_url: Word = ""

    @property
    def is_usable(self) -> bool:
        return not self.upload_urls_expire_at or self.upload_urls_expire_at / 1000 > time.time() + MARGIN


class _Begun(Said):
    value: Session


class _Medium(Said):
    status: Word = ""


async def upload_video(
    api: Api, owner: str, video: Media, cover: Media | None, done: Mapping[str, str]
) -> AsyncIterator[Step]:
    """Goes on with the part at which an earlier attempt broke off."""
    session = _kept(done.get(f"{video.id}:begun", ""))
    if session is None:
        session = await _begin(api, owner, video, cover)
        yield Step(name=f"{video.id}:begun", value=session.model_dump_json())
    marks = list[str]()
    for number, part in enumerate(session.upload_instructions):
        name = f"{video.id}:{number}"
        urn, _, mark = done.get(name, "").partition(" ")
        if urn != session.video:
            mark = await _put(api, video, part)
            yield Step(name=name, value=f"{session.video} {mark}")
        marks.append(mark)
    if cover and session.thumbnail_upload_url and done.get(f"{video.id}:cover") != session.video:
        content = await asyncio.to_thread(cover.read)
        await api.put(session.thumbnail_upload_url, content, **{"media-type-family": "STILLIMAGE"})
        yield Step(name=f"{video.id}:cover", value=session.video)
    await _finish(api, session, marks)
    yield Step(name=video.id, value=session.video)


def _kept(value: str) -> Session | None:
    try:
        session = Session.model_validate_json(value)
    except ValidationError:
        return None
    return session if session.is_usable else None


async def _begin(api: Api, owner: str, video: Media, cover: Media | None) -> Session:
    wish = {
        "owner": owner,
        "fileSizeBytes": video.size,
        "uploadCaptions": False,
        "uploadThumbnail": cover is not None,
    }
    answer = await api.do("/rest/videos?action=initializeUpload", {"initializeUploadRequest": wish})
    return read("LinkedIn", answer, _Begun).value


async def _put(api: Api, video: Media, part: _Part) -> str:
    """Gives the mark by which LinkedIn knows the part; of the header only the quotes are taken away."""
    content = await asyncio.to_thread(video.slice, part.first_byte, part.last_byte - part.first_byte + 1)
    return (await api.put(part.upload_url, content)).headers.get("ETag", "").strip('"')


async def _is_whole(api: Api, urn: str) -> bool:
    try:
        return await status(api, urn) not in {"", "WAITING_UPLOAD"}
    except NoRight:
        return False


async def status(api: Api, urn: str) -> str:
    """How far LinkedIn is with a picture, a video or a document."""
    kind = urn.split(":")[2]
    return read("LinkedIn", await api.ask(f"/rest/{kind}s/{escape(urn)}"), _Medium).status


async def _finish(api: Api, session: Session, marks: list[str]) -> None:
    """An earlier attempt may have put it together, and only the answer to that was lost."""
    wish = {"video": session.video, "uploadToken": session.upload_token, "uploadedPartIds": marks}
    try:
        await api.do("/rest/videos?action=finalizeUpload", {"finalizeUploadRequest": wish})
    except Refused:
        if not await _is_whole(api, session.video):
            raise
