"""Comments under a video: written by the channel itself, and looked for where the answer was lost."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated

from pydantic import AliasPath, BaseModel, Field

from hawker.connect.errors import Later, Refused
from hawker.connect.google import Paged, read
from hawker.connect.refusals import read_sent
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Published
from hawker.platforms.youtube.lookup import SECOND, ahead, essence
from hawker.platforms.youtube.wire import Tube

UNDER = "video"
PAGES = 10
TOP = ("snippet", "topLevelComment")


class _Thread(BaseModel):
    id: Annotated[str, Field(validation_alias=AliasPath(*TOP, "id"))]
    text: Annotated[str, Field(validation_alias=AliasPath(*TOP, "snippet", "textOriginal"))] = ""
    author: Annotated[str, Field(validation_alias=AliasPath(*TOP, "snippet", "authorChannelId", "value"))] = (
        ""
    )
    published_at: Annotated[datetime, Field(validation_alias=AliasPath(*TOP, "snippet", "publishedAt"))]


class _Threads(Paged):
    items: tuple[_Thread, ...] = ()


class _Made(BaseModel):
    id: str


async def write(tube: Tube, account: Account, draft: Draft, under: Published) -> Published:
    """The irreversible call. YouTube knows no key against doubles here."""
    video = video_under(under)
    top = {"snippet": {"textOriginal": draft.text}}
    body = {"snippet": {"videoId": video, "channelId": account.remote_id, "topLevelComment": top}}
    answer = await tube.do("POST", "commentThreads", {"part": "snippet"}, json=body, irreversible=True)
    return _published(account, video, read_sent("YouTube", answer, _Made).id)


async def look(
    tube: Tube, account: Account, draft: Draft, under: Published, *, since: datetime, known: Collection[str]
) -> Published | None:
    """Raises Later where more came since than can be read."""
    video, following = video_under(under), dict[str, str]()
    params = {"part": "snippet", "videoId": video, "order": "time", "maxResults": "100"}
    for _ in range(PAGES):
        answer = await tube.ask("commentThreads", {**params, "textFormat": "plainText", **following})
        page, earliest = read(answer, _Threads), since + ahead(answer) - SECOND
        for top in page.items:
            mine = top.author == account.remote_id and top.id not in known
            if mine and essence(top.text) == essence(draft.text) and top.published_at >= earliest:
                return _published(account, video, top.id)
        # The first one may be pinned, and older than the others.
        if not page.following or page.items[-1].published_at < earliest:
            return None
        following = {"pageToken": page.following}
    raise Later(say("There are too many comments to look through. Hawker tries again by itself."))


async def delete(tube: Tube, published: Published) -> None:
    try:
        await tube.do("DELETE", "comments", {"id": published.remote_id})
    except Refused as refused:
        if refused.code not in {"commentNotFound", "404", "notFound"}:
            raise


def video_under(published: Published) -> str:
    """A comment that answers a comment goes under the same video."""
    return published.detail.get(UNDER, published.remote_id)


def _published(account: Account, video: str, comment: str) -> Published:
    url = f"{account.site}/watch?v={video}&lc={comment}"
    return Published(remote_id=comment, url=url, detail={UNDER: video})
