"""Looking among a channel's uploads for a video whose session died before it told of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Annotated

from pydantic import BaseModel, Field

from hawker.connect.google import Count, read
from hawker.connect.http import Answer
from hawker.connect.values import Draft, Media
from hawker.platforms.youtube.options import title_of
from hawker.platforms.youtube.wire import Tube

# YouTube tells whole seconds.
SECOND = timedelta(seconds=2)


class _Lists(BaseModel):
    uploads: str = ""


class _Content(BaseModel):
    lists: Annotated[_Lists, Field(alias="relatedPlaylists")] = _Lists()


class _Channel(BaseModel):
    content: Annotated[_Content, Field(alias="contentDetails")] = _Content()


class _Channels(BaseModel):
    items: tuple[_Channel, ...] = ()


class _Entry(BaseModel):
    video: Annotated[str, Field(alias="videoId")] = ""


class _Item(BaseModel):
    content: Annotated[_Entry, Field(alias="contentDetails")] = _Entry()


class _Items(BaseModel):
    items: tuple[_Item, ...] = ()


class _Snippet(BaseModel):
    title: str = ""
    description: str = ""
    published_at: Annotated[datetime, Field(alias="publishedAt")]


class _File(BaseModel):
    size: Annotated[Count, Field(alias="fileSize")] = 0


class _Video(BaseModel):
    id: str
    snippet: _Snippet
    file: Annotated[_File, Field(alias="fileDetails")] = _File()


class _Videos(BaseModel):
    items: tuple[_Video, ...] = ()


async def uploaded(tube: Tube, draft: Draft, video: Media, *, since: datetime) -> str:
    """The id of the newest upload since then that has this title, description and size; empty where there is
    none. YouTube tells a size only once it has looked at the file."""
    ids = [item.content.video for item in (await _newest(tube)).items if item.content.video]
    if not ids:
        return ""
    answer = await tube.ask("videos", {"part": "snippet,fileDetails", "id": ",".join(ids)})
    alike = _alike(read(answer, _Videos), draft, video)
    return next((each.id for each in alike if each.snippet.published_at >= since + ahead(answer) - SECOND), "")


async def _newest(tube: Tube) -> _Items:
    answer = await tube.ask("channels", {"part": "contentDetails", "mine": "true"})
    uploads = [channel.content.lists.uploads for channel in read(answer, _Channels).items]
    if not uploads or not uploads[0]:
        return _Items()
    params = {"part": "contentDetails", "playlistId": uploads[0], "maxResults": "50"}
    return read(await tube.ask("playlistItems", params), _Items)


def _alike(videos: _Videos, draft: Draft, video: Media) -> Iterator[_Video]:
    for each in videos.items:
        same = (each.snippet.title, essence(each.snippet.description)) == (title_of(draft), essence(draft.text))
        if same and each.file.size in {0, video.size}:
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
