"""Pictures on their way to a server: uploaded, then waited for."""

import asyncio
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import aiohttp

from hawker.connect.errors import NetworkError, Refused
from hawker.connect.http import Answer
from hawker.connect.values import Media
from hawker.platforms.mastodon.entity import entity
from hawker.platforms.mastodon.refusals import bad_picture, in_work, reason_of
from hawker.platforms.mastodon.wire import Server


@dataclass(frozen=True, kw_only=True)
class Upload:
    id: str
    ready: bool


async def upload(server: Server, picture: Media, name: str) -> Upload:
    """Raises Refused(field="media") or (field="alt_text") where the server does not take the picture."""
    content = await asyncio.to_thread(picture.read)
    try:
        answer = await _post(server, "/api/v2/media", _form(picture, content, name))
    except Refused as refused:
        if refused.code not in {"404", "405"}:
            raise
        answer = await _post(server, "/api/v1/media", _form(picture, content, name))
    said = entity(answer.json())
    if not said.text("id"):
        raise bad_picture(server.host, str(answer.status), "")
    return Upload(id=said.text("id"), ready=answer.status != 202)


def _form(picture: Media, content: bytes, name: str) -> aiohttp.FormData:
    """aiohttp sends a form only once."""
    form = aiohttp.FormData()
    file_name = f"{name}{mimetypes.guess_extension(picture.content_type) or ''}"
    form.add_field("file", BytesIO(content), filename=file_name, content_type=picture.content_type)
    if picture.alt:
        form.add_field("description", picture.alt)
    return form


async def _post(server: Server, path: str, form: aiohttp.FormData) -> Answer:
    def explain(answer: Answer) -> NetworkError | None:
        """Mastodon reports a file that it cannot read as a fault of its own (methods/media, 2026-07-02)."""
        reason = reason_of(answer)
        broken = answer.status == 500 and "processing" in reason
        known = bad_picture(server.host, "500", reason) if broken else server.explain(answer)
        return known or (bad_picture(server.host, "422", reason) if answer.status == 422 else None)

    return await server.call("POST", path, data=form, explain=explain)


async def wait(server: Server, upload_id: str, pauses: Sequence[float]) -> None:
    """Asks until the upload can be attached. Raises Refused where it failed or is gone, Later where it takes
    longer than all pauses together."""
    for pause in (0, *pauses):
        await asyncio.sleep(pause)
        if await _is_ready(server, upload_id):
            return
    raise in_work(server.host)


async def is_usable(server: Server, upload_id: str, pauses: Sequence[float]) -> bool:
    """Whether an upload of an earlier attempt can still be attached; servers sweep those that never were."""
    try:
        await wait(server, upload_id, pauses)
    except Refused:
        return False
    return True


async def _is_ready(server: Server, upload_id: str) -> bool:
    def explain(answer: Answer) -> NetworkError | None:
        if answer.status == 422:
            return bad_picture(server.host, "422", reason_of(answer))
        return server.explain(answer)

    answer = await server.call("GET", f"/api/v1/media/{upload_id}", explain=explain)
    return answer.status != 206
