"""Pictures and drafts, uploaded before anything is published."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel

from hawker.connect.abilities import Step
from hawker.connect.errors import Refused
from hawker.connect.http import Json
from hawker.connect.refusals import from_epoch
from hawker.connect.values import Draft, Media
from hawker.platforms.wechat.article import as_article, as_pictures
from hawker.platforms.wechat.refusals import LOST_MEDIA
from hawker.platforms.wechat.wire import Api, Said
from hawker.platforms.wechat.wishes import MESSAGE, PICTURES, kind_of

COVER, DRAFT = "cover", "draft"
# A temporary upload lives for three days (“新增临时素材”, read 2026-11-23).
_FRESH = timedelta(days=2)


class _Address(BaseModel):
    url: str


class _Media(BaseModel):
    media_id: str


class _Passing(BaseModel):
    media_id: str
    created_at: int


async def uploaded(api: Api, draft: Draft, done: Mapping[str, str]) -> AsyncIterator[Step]:
    """What `done` holds is not uploaded again, unless it has run out."""
    kept = dict(done)
    for medium in draft.media:
        if not _lasts(draft, kept.get(medium.id, "")):
            kept[medium.id] = await _picture(api, draft, medium)
            yield Step(name=medium.id, value=kept[medium.id])
    kind = kind_of(draft.options)
    if kind == MESSAGE:
        return
    if kind != PICTURES and COVER not in kept:
        kept[COVER] = await _permanent(api, draft.media[0])
        yield Step(name=COVER, value=kept[COVER])
    if DRAFT not in kept:
        body: Json = {"articles": [_written(draft, kept)]}
        yield Step(name=DRAFT, value=(await api.ask("draft/add", body, _Media)).media_id)


def media_ids(draft: Draft, done: Mapping[str, str]) -> list[str]:
    return [done[medium.id].partition(" ")[0] for medium in draft.media]


async def is_there(api: Api, draft_id: str) -> bool:
    """A draft is gone once it was published or sent, or somebody deleted it."""
    try:
        await api.ask("draft/get", {"media_id": draft_id}, Said)
    except Refused as refused:
        if refused.code == str(LOST_MEDIA):
            return False
        raise
    return True


def _lasts(draft: Draft, value: str) -> bool:
    if kind_of(draft.options) != MESSAGE:
        return bool(value)
    made = from_epoch(value.partition(" ")[2])
    return made is not None and datetime.now(UTC) - made < _FRESH


async def _picture(api: Api, draft: Draft, medium: Media) -> str:
    """Into articles pictures go by an address, into posts of pictures by a permanent id, into messages by a
    passing one, which is kept with the time when it was made."""
    match kind_of(draft.options):
        case "message":
            made = await api.upload("media/upload", medium, _Passing, type="image")
            return f"{made.media_id} {made.created_at}"
        case "pictures":
            return await _permanent(api, medium)
        case _:
            return (await api.upload("media/uploadimg", medium, _Address)).url


async def _permanent(api: Api, medium: Media) -> str:
    return (await api.upload("material/add_material", medium, _Media, type="image")).media_id


def _written(draft: Draft, kept: Mapping[str, str]) -> dict[str, Json]:
    if kind_of(draft.options) == PICTURES:
        return as_pictures(draft, media_ids(draft, kept))
    return as_article(draft, kept[COVER], [kept[medium.id] for medium in draft.media])
