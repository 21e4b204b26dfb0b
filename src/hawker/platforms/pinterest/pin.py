"""A Pin as Pinterest wants it, and as it tells of one."""

import asyncio
import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, TypeAdapter, ValidationError
from yarl import URL

from hawker.connect.http import Json
from hawker.connect.values import Draft, Media
from hawker.platforms.pinterest import options as opt
from hawker.platforms.pinterest.limits import pictures_of, video_of
from hawker.platforms.pinterest.wire import Word

IMAGE, VIDEO, CAROUSEL = "image", "video", "multiple_images"
_BY_CREATIVE = {"REGULAR": IMAGE, "VIDEO": VIDEO, "MAX_VIDEO": VIDEO, "CAROUSEL": CAROUSEL}
# A Pin of which nothing tells when it came may be just out.
UNTOLD = datetime.max.replace(tzinfo=UTC)
_TIME = TypeAdapter(datetime)


async def body(draft: Draft, board: str, upload: str) -> dict[str, Json]:
    """`upload`: the media_id of the video, where there is one."""
    words = {
        "title": opt.told(draft, opt.TITLE),
        "description": draft.text,
        "link": opt.link(draft),
        "alt_text": alternative(draft),
    }
    said = {name: value for name, value in words.items() if value}
    return {"board_id": board, **said, "media_source": await asyncio.to_thread(_source, draft, upload)}


def alternative(draft: Draft) -> str:
    """A Pin has one alternative text; that of a video is its own, or else its cover's."""
    video = video_of(draft)
    if video and video.alt:
        return video.alt
    return "\n".join(picture.alt for picture in pictures_of(draft) if picture.alt)


def _source(draft: Draft, upload: str) -> dict[str, Json]:
    pictures = pictures_of(draft)
    if video_of(draft):
        return {"source_type": "video_id", "media_id": upload, **_cover(draft)}
    if len(pictures) == 1:
        return {"source_type": "image_base64", **_encoded(pictures[0])}
    return {"source_type": "multiple_image_base64", "items": [_encoded(each) for each in pictures]}


def _cover(draft: Draft) -> dict[str, Json]:
    for picture in pictures_of(draft):
        return {f"cover_image_{name}": value for name, value in _encoded(picture).items()}
    return {"cover_image_key_frame_time": opt.cover(draft) or 0}


def _encoded(picture: Media) -> dict[str, Json]:
    return {"content_type": picture.content_type, "data": base64.b64encode(picture.read()).decode()}


def _time(value: object) -> datetime | None:
    """Some answers have no zone, and mean UTC."""
    try:
        told = _TIME.validate_python(value)
    except ValidationError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


class _Media(BaseModel):
    media_type: Word = ""
    items: Annotated[list[object], BeforeValidator(lambda value: value or [])] = []


class Kept(BaseModel):
    """What the answer to the call that publishes must say."""

    id: Annotated[Word, Field(min_length=1)]


class Pin(Kept):
    title: Word = ""
    description: Word = ""
    link: Word = ""
    creative_type: Word = ""
    created_at: Annotated[datetime | None, BeforeValidator(_time)] = None
    media: Annotated[_Media, BeforeValidator(lambda value: value or {})] = _Media()

    @property
    def at(self) -> datetime:
        return self.created_at or UNTOLD

    @property
    def kind(self) -> str:
        """Empty where Pinterest does not say."""
        return self.media.media_type or _BY_CREATIVE.get(self.creative_type, "")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a Pin is known by. `known`: ids of those that are other drafts'."""

    title: str
    text: str
    link: str
    kind: str
    pictures: int
    known: Collection[str] = ()

    def fits(self, pin: Pin) -> bool:
        """Spaces may differ, and what Pinterest adds to a link; what it leaves out tells nothing."""
        same = pin.title.split() == self.title.split() and pin.description.split() == self.text.split()
        led = not pin.link or page_of(pin.link) == page_of(self.link)
        shown = pin.kind in {"", self.kind} and len(pin.media.items) in {0, self.pictures}
        return pin.id not in self.known and same and led and shown


def wanted_of(draft: Draft, known: Collection[str]) -> Wanted:
    pictures = pictures_of(draft)
    still = CAROUSEL if len(pictures) > 1 else IMAGE
    return Wanted(
        title=opt.told(draft, opt.TITLE),
        text=draft.text,
        link=opt.link(draft),
        kind=VIDEO if video_of(draft) else still,
        pictures=len(pictures),
        known=known,
    )


def page_of(link: str) -> tuple[str, str]:
    """Host and path: trackers are added behind these, and Chinese in them may come escaped."""
    try:
        url = URL(link.lower())
        host = (url.host or "").removeprefix("www.")
    except ValueError:
        return link, ""
    return f"{host}:{url.explicit_port or ''}", url.path.lower().rstrip("/")
