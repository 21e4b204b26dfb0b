"""Looking among a channel's uploads for a video whose session died before it told of it."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Annotated

from pydantic import AliasPath, BaseModel, Field

from hawker.connect.google import Count, read
from hawker.connect.http import Answer
from hawker.connect.values import Draft, Media
from hawker.platforms.youtube.options import title_of
from hawker.platforms.youtube.wire import Tube

# YouTube tells whole seconds.
SECOND = timedelta(seconds=2)


class _Channel(BaseModel):
    uploads: Annotated[
        str, Field(validation_alias=AliasPath("contentDetails", "relatedPlaylists", "uploads"))
    ]


class _Channels(BaseModel):
    items: tuple[_Channel, ...] = ()


class _Item(BaseModel):
    video: Annotated[str, Field(validation_alias=AliasPath("contentDetails", "videoId"))]


class _Items(BaseModel):
    items: tuple[_Item, ...] = ()


class _Video(BaseModel):
    id: str
    title: Annotated[str, Field(validation_alias=AliasPath("snippet", "title"))]
    description: Annotated[str, Field(validation_alias=AliasPath("snippet", "description"))] = ""
    published_at: Annotated[datetime, Field(validation_alias=AliasPath("snippet", "publishedAt"))]
    size: Annotated[Count, Field(validation_alias=AliasPath("fileDetails", "fileSize"))] = 0


class _Videos(BaseModel):
    items: tuple[_Video, ...] = ()


async def uploaded(
    tube: Tube, draft: Draft, video: Media, *, since: datetime, known: Collection[str] = ()
) -> str:
    """The id of the newest upload since then that has this title, description and size; empty where there is
    none but those `known` for others. YouTube tells a size only once it has looked at the file."""
    ids = await _newest(tube)
    if not ids:
        return ""
    answer = await tube.ask("videos", {"part": "snippet,fileDetails", "id": ",".join(ids)})
    alike = [each for each in _alike(read(answer, _Videos), draft, video) if each.id not in known]
    return next((each.id for each in alike if each.published_at >= since + ahead(answer) - SECOND), "")


async def _newest(tube: Tube) -> list[str]:
    answer = await tube.ask("channels", {"part": "contentDetails", "mine": "true"})
    channel = next(iter(read(answer, _Channels).items), None)
    if channel is None:
        return []
    params = {"part": "contentDetails", "playlistId": channel.uploads, "maxResults": "50"}
    return [item.video for item in read(await tube.ask("playlistItems", params), _Items).items]


def _alike(videos: _Videos, draft: Draft, video: Media) -> Iterator[_Video]:
    for each in videos.items:
        same = (each.title, essence(each.description)) == (
            title_of(draft),
            essence(draft.text),
        )
        if same and each.size in {0, video.size}:
            yield each


def essence(text: str) -> str:
    """YouTube may trim a text and change its line breaks."""
    return " ".join(text.split())


def ahead(answer: Answer) -> timedelta:
    """How far YouTube's clock is before ours."""
    try:
        return parsedate_to_datetime(answer.headers.get("Date", "")).astimezone(UTC) - datetime.now(UTC)
    except ValueError:
        return timedelta(0)
