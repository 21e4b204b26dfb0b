"""Pictures and videos, uploaded before the message that shows them."""

import asyncio
import time
from dataclasses import dataclass, field
from io import BytesIO
from uuid import UUID

import aiohttp

from hawker.connect.meta import Graph, Id
from hawker.connect.refusals import Gone
from hawker.connect.values import Draft, Media

# Of some thousand messages with the same picture each has a key of its own.
MOST, FRESH_SECONDS = 200, 3600


def kind_of(medium: Media) -> str:
    return "video" if medium.is_video else "image"


@dataclass(kw_only=True)
class Depot:
    """What was uploaded for other messages of late, so that a list of thousands uploads it once. Whoever
    comes back with the same message does not trust it, but uploads anew."""

    _kept: dict[tuple[str, str, str, int], tuple[str, UUID, float]] = field(default_factory=dict)

    async def upload(self, api: Graph, phone: str, medium: Media, draft: Draft, *, dead: str = "") -> str:
        """`dead`: an id of an upload that is known to be gone."""
        place, now = (api.server, phone, medium.id, medium.size), time.monotonic()
        media_id, key, at = self._kept.get(place, (dead, draft.key, now))
        if media_id != dead and key != draft.key and now - at < FRESH_SECONDS:
            return media_id
        media_id = await _upload(api, phone, medium)
        while len(self._kept) >= MOST:
            self._kept.pop(next(iter(self._kept)))
        self._kept[place] = media_id, draft.key, now
        return media_id


async def is_there(api: Graph, media_id: str) -> bool:
    """Uploads live for 30 days (Cloud API, "Media", read 2026-11-22), and may be deleted before."""
    try:
        await api.read(media_id, Id)
    except Gone:
        return False
    return True


async def _upload(api: Graph, phone: str, medium: Media) -> str:
    form = aiohttp.FormData()
    form.add_field("messaging_product", "whatsapp")
    form.add_field("type", medium.content_type)
    content = await asyncio.to_thread(medium.read)
    name = f"{kind_of(medium)}.{medium.content_type.rpartition('/')[2]}"
    form.add_field("file", BytesIO(content), filename=name, content_type=medium.content_type)
    return api.parse(await api.do(f"{phone}/media", data=form), Id).id
