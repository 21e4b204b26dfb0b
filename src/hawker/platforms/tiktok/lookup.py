"""Looking through an account's public posts for photos whose answer, and publish_id with it, was lost."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator

from hawker.connect import clock
from hawker.connect.errors import CannotLook
from hawker.connect.http import Json
from hawker.connect.refusals import read
from hawker.connect.text import say
from hawker.connect.values import Draft
from hawker.platforms.tiktok.options import TITLE, is_public
from hawker.platforms.tiktok.refusals import NAME
from hawker.platforms.tiktok.state import state_of
from hawker.platforms.tiktok.wire import Api

FIELDS = "id,create_time,share_url,title,video_description,duration"
PAGE, PAGES = 20, 5
# A listed description is cut off here (Display API, Video object, 2026-11-05).
SHOWN = 150
_Text = Annotated[str, BeforeValidator(lambda value: value or "")]


class Listed(BaseModel):
    id: str
    create_time: int = 0
    title: _Text = ""
    video_description: _Text = ""
    duration: int | None = None

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.create_time, UTC)


class _Page(BaseModel):
    videos: tuple[Listed, ...] = ()
    cursor: int = 0
    has_more: bool = False


class _Answer(BaseModel):
    data: _Page


async def look(api: Api, draft: Draft, *, since: datetime, known: Collection[str]) -> Listed:
    """The first that fits, of those since the call. Raises CannotLook where there is none: moderation may
    hide it for hours, and TikTok does not say that it lists photos at all."""
    if not is_public(draft):
        raise _blind()
    found = [post for post in await _recent(api, since) if not post.duration and _fits(post, draft)]
    others = await _ids(api, known) if found else set()
    ours = [post for post in found if post.id not in others]
    if not ours:
        raise _blind()
    return min(ours, key=lambda post: post.create_time)


async def _ids(api: Api, known: Collection[str]) -> set[str]:
    """Under which TikTok lists them: what was not moderated yet went by its publish_id."""
    ids = set(known)
    for publish_id in known:
        state = None if publish_id.isdecimal() else await state_of(api, publish_id)
        ids |= {str(post) for post in state.posts} if state else set()
    return ids


async def _recent(api: Api, since: datetime) -> list[Listed]:
    """Newest first, those of before `since`, by TikTok's clock, left out."""
    posts, body = list[Listed](), dict[str, Json]({"max_count": PAGE})
    for _ in range(PAGES):
        answer = await api.ask("video/list", body, params={"fields": FIELDS})
        page, begun = read(NAME, answer, _Answer).data, since + clock.ahead(answer) - clock.TOLERANCE
        posts += [post for post in page.videos if post.at >= begun]
        if not page.has_more or any(post.at < begun for post in page.videos):
            break
        body = {**body, "cursor": page.cursor}
    return posts


def _fits(post: Listed, draft: Draft) -> bool:
    """Which of the two texts of photos is listed as which is not documented; neither may be a foreign one."""
    wanted = {_essence(draft.text)}
    if title := draft.options.get(TITLE, "").strip():
        wanted |= {_essence(title), _essence(f"{title} {draft.text}")}
    shown = {_essence(text) for text in (post.title, post.video_description) if text.strip()}
    return shown <= wanted if shown else not any(wanted)


def _essence(text: str) -> str:
    return " ".join(text.split())[:SHOWN].rstrip(" …")


def _blind() -> CannotLook:
    sentence = say(
        "TikTok did not answer, and whether it took the photos cannot be looked up. Look in the TikTok app "
        "whether the post, or its draft in the inbox, is there."
    )
    return CannotLook(sentence)
