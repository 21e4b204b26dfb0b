"""A video on its way to Pinterest: registered, laid into its store by a form, and waited for."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from hawker.connect.abilities import Step
from hawker.connect.errors import Later, NetworkError, Refused
from hawker.connect.http import Answer
from hawker.connect.pieces import of_medium
from hawker.connect.refusals import Gone, read
from hawker.connect.text import say
from hawker.connect.values import Media
from hawker.platforms.pinterest.refusals import BAD_MEDIA, NAME
from hawker.platforms.pinterest.wire import Api, Word

# Between looks at a video that Pinterest works on; afterwards Hawker comes again by itself.
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)
SUCCEEDED, FAILED, FORGOTTEN = "succeeded", "failed", ""


class _Upload(BaseModel):
    media_id: str
    upload_url: str
    upload_parameters: dict[str, str]


class _State(BaseModel):
    status: Word = ""


async def upload(
    api: Api, video: Media, done: Mapping[str, str], pauses: Sequence[float]
) -> AsyncIterator[Step]:
    """An upload of an earlier attempt is gone on with, unless Pinterest could not use it or forgot it."""
    media_id = done.get(video.id, "")
    if not media_id or await status(api, media_id) in {FAILED, FORGOTTEN}:
        media_id = await _put(api, video)
        yield Step(name=video.id, value=media_id)
    await _wait(api, media_id, pauses)


async def status(api: Api, media_id: str) -> str:
    try:
        return read(NAME, await api.ask(f"media/{media_id}"), _State).status
    except Gone:
        return FORGOTTEN


async def _put(api: Api, video: Media) -> str:
    given = read(NAME, await api.do("media", {"media_type": "video"}), _Upload)
    form = _Form.of(given.upload_parameters, video)
    await api.http.request(
        "POST", given.upload_url, headers=form.headers, data=form.pieces(), explain=_explain_store
    )
    return given.media_id


async def _wait(api: Api, media_id: str, pauses: Sequence[float]) -> None:
    for pause in (*pauses, None):
        state = await status(api, media_id)
        if state == SUCCEEDED:
            return
        if state == FAILED:
            raise BAD_MEDIA(code=FAILED)
        if pause is not None:
            await asyncio.sleep(pause)
    raise Later(say("Pinterest is still working on the video. Hawker goes on by itself."), code=state)


def _explain_store(answer: Answer) -> NetworkError | None:
    """The store is Amazon's, and speaks XML. Its permission ends after some time: the next one is new."""
    if answer.status >= 500 or answer.status == 429:
        return None
    if "EntityTooLarge" in answer.text:
        sentence = say("The video is too large for Pinterest. Save it smaller and add it again.")
        return Refused(sentence, code="EntityTooLarge", field="media")
    sentence = say("Pinterest did not take the video just now. Hawker uploads it again by itself.")
    return Later(sentence, code=str(answer.status))


@dataclass(frozen=True, kw_only=True)
class _Form:
    """A form as Amazon's store wants it: its length told beforehand, and the file as the last field."""

    head: bytes
    video: Media
    tail: bytes
    mark: str

    @classmethod
    def of(cls, fields: Mapping[str, str], video: Media) -> "_Form":
        mark = secrets.token_hex(16)
        shown = "".join(f"{_field(mark, name)}\r\n\r\n{value}\r\n" for name, value in fields.items())
        file = f'{_field(mark, "file")}; filename="video"\r\nContent-Type: {video.content_type}\r\n\r\n'
        tail = f"\r\n--{mark}--\r\n"
        return cls(head=f"{shown}{file}".encode(), video=video, tail=tail.encode(), mark=mark)

    @property
    def headers(self) -> dict[str, str]:
        length = len(self.head) + self.video.size + len(self.tail)
        return {
            "Content-Type": f"multipart/form-data; boundary={self.mark}",
            "Content-Length": str(length),
        }

    async def pieces(self) -> AsyncIterator[bytes]:
        yield self.head
        async for piece in of_medium(self.video):
            yield piece
        yield self.tail


def _field(mark: str, name: str) -> str:
    return f'--{mark}\r\nContent-Disposition: form-data; name="{name}"'
