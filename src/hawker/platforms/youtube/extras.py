"""What belongs to a video and can be settled only when it is there: its thumbnail and its playlist."""

import asyncio
import re
from typing import Annotated

from pydantic import AliasPath, BaseModel, Field

from hawker.connect.errors import NetworkError, Refused
from hawker.connect.google import Paged, read
from hawker.connect.http import Answer
from hawker.connect.values import Media
from hawker.platforms.youtube.refusals import BAD_THUMBNAIL, NO_PLAYLIST, NO_THUMBNAIL
from hawker.platforms.youtube.wire import Tube, explain

_ID = re.compile(r"(?:PL|OL|FL|UU|LL)[\w-]{10,}")
_ADDRESS = re.compile(r"[?&]list=([\w-]+)")


class _Playlist(BaseModel):
    id: str
    title: Annotated[str, Field(validation_alias=AliasPath("snippet", "title"))] = ""


class _Playlists(Paged):
    items: tuple[_Playlist, ...] = ()


class _Items(BaseModel):
    items: tuple[object, ...] = ()


async def set_thumbnail(tube: Tube, video_id: str, picture: Media) -> None:
    content = await asyncio.to_thread(picture.read)
    await tube.upload(
        "thumbnails/set",
        {"videoId": video_id, "uploadType": "media"},
        data=content,
        headers={"Content-Type": picture.content_type},
        explain=_explain_thumbnail,
    )


def _explain_thumbnail(answer: Answer) -> NetworkError | None:
    found = explain(answer)
    if isinstance(found, Refused) and found.code == "forbidden":
        return NO_THUMBNAIL(code=found.code)
    if isinstance(found, Refused) and found.code not in {"videoNotFound", "notFound"}:
        return BAD_THUMBNAIL(code=found.code)
    return found


async def playlist_of(tube: Tube, typed: str) -> str:
    """The id of a playlist by its name, its id or its address. Raises Refused where the channel has none
    such."""
    if address := _ADDRESS.search(typed):
        return address[1]
    if _ID.fullmatch(typed):
        return typed
    params = {"part": "snippet", "mine": "true", "maxResults": "50"}
    async for page in tube.pages("playlists", params, _Playlists):
        for playlist in page.items:
            if playlist.title.strip().casefold() == typed.casefold():
                return playlist.id
    raise NO_PLAYLIST(code="playlistNotFound")


async def add_to_playlist(tube: Tube, playlist: str, video_id: str) -> None:
    """YouTube would list a video twice."""
    params = {"part": "contentDetails", "playlistId": playlist, "videoId": video_id}
    if read(await tube.ask("playlistItems", params), _Items).items:
        return
    resource = {"kind": "youtube#video", "videoId": video_id}
    body = {"snippet": {"playlistId": playlist, "resourceId": resource}}
    await tube.do("POST", "playlistItems", {"part": "snippet"}, json=body)
