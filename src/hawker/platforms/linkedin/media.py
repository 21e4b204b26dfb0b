"""Pictures and documents on their way to LinkedIn, in steps that are kept, and waiting for them."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence

from pydantic import AliasChoices, Field

from hawker.connect.abilities import Step
from hawker.connect.refusals import Gone, read
from hawker.connect.values import Draft, Media
from hawker.platforms.linkedin.options import DOCUMENT, is_document
from hawker.platforms.linkedin.pdf import pdf
from hawker.platforms.linkedin.refusals import BAD_MEDIA, WORKING, NoRight, Said
from hawker.platforms.linkedin.video import status, upload_video
from hawker.platforms.linkedin.wire import Api

# Seconds between looks; a video of half an hour takes longer than all of them.
PAUSES = (1, 2, 3, 5, 10, 20, 30)
DONE, FAILED = "AVAILABLE", "PROCESSING_FAILED"


class _Room(Said):
    upload_url: str
    urn: str = Field(validation_alias=AliasChoices("image", "document"))


class _Begun(Said):
    value: _Room


async def upload(api: Api, owner: str, draft: Draft, done: Mapping[str, str]) -> AsyncIterator[Step]:
    """Raises Refused(field="media") where LinkedIn does not take something."""
    if is_document(draft):
        if DOCUMENT not in done:
            yield Step(name=DOCUMENT, value=await _store(api, "document", owner, await _bound(draft)))
        return
    for medium in draft.media:
        if medium.id in done or _is_cover(medium, draft):
            continue
        if medium.is_video:
            cover = next((each for each in draft.media if not each.is_video), None)
            async for step in upload_video(api, owner, medium, cover, done):
                yield step
        else:
            content = await asyncio.to_thread(medium.read)
            yield Step(name=medium.id, value=await _store(api, "image", owner, content))


def urns_of(draft: Draft, done: Mapping[str, str]) -> list[str]:
    """Of all that was uploaded for a draft."""
    return [done[name] for name in (DOCUMENT, *(medium.id for medium in draft.media)) if name in done]


def _is_cover(medium: Media, draft: Draft) -> bool:
    return not medium.is_video and any(each.is_video for each in draft.media)


async def _bound(draft: Draft) -> bytes:
    pictures = [await asyncio.to_thread(medium.read) for medium in draft.media]
    try:
        return await asyncio.to_thread(pdf, pictures)
    except ValueError as error:
        raise BAD_MEDIA(code="pdf") from error


async def _store(api: Api, kind: str, owner: str, content: bytes) -> str:
    """The URN of a picture or a document that lies there now."""
    wish = {"initializeUploadRequest": {"owner": owner}}
    answer = await api.do(f"/rest/{kind}s?action=initializeUpload", wish)
    room = read("LinkedIn", answer, _Begun).value
    await api.put(room.upload_url, content)
    return room.urn


async def wait(api: Api, urns: Iterable[str], pauses: Sequence[float]) -> None:
    """Until all can be shown. Raises Refused where LinkedIn cannot read one, Later where it takes long.

    A member's token may not ask for pictures and documents (Images API): then the post itself tells."""
    waiting = list(urns)
    for pause in (0.0, *pauses):
        await asyncio.sleep(pause)
        waiting = [urn for urn in waiting if not await _is_ready(api, urn)]
        if not waiting:
            return
    raise WORKING(code="waiting")


async def _is_ready(api: Api, urn: str) -> bool:
    try:
        state = await status(api, urn)
    except NoRight:
        return True
    except Gone:  # not yet there
        return False
    if state == FAILED:
        raise BAD_MEDIA(code=FAILED)
    return state == DONE
