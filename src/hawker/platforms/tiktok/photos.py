"""Photos, which TikTok fetches from an address: the one call that posts them is the first and the last."""

import asyncio
from typing import Annotated

from pydantic import BaseModel, Field

from hawker.connect.http import Json
from hawker.connect.values import Draft
from hawker.platforms.tiktok.options import is_direct, of_photos
from hawker.platforms.tiktok.wire import Api


class _Begun(BaseModel):
    publish_id: Annotated[str, Field(min_length=1)]


class _Answer(BaseModel):
    data: _Begun


async def post(api: Api, draft: Draft) -> str:
    """Irreversible; gives the publish_id."""
    addresses = [await asyncio.to_thread(medium.address) for medium in draft.media]
    body: dict[str, Json] = {
        "media_type": "PHOTO",
        "post_mode": "DIRECT_POST" if is_direct(draft) else "MEDIA_UPLOAD",
        "post_info": of_photos(draft),
        "source_info": {"source": "PULL_FROM_URL", "photo_cover_index": 0, "photo_images": [*addresses]},
    }
    answer = await api.call("post/publish/content/init", _Answer, body, irreversible=True)
    return answer.data.publish_id
