"""Looking for an article whose publishing got no answer."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator

from hawker.connect.values import Draft, Published
from hawker.platforms.wechat.article import paragraphs, title_of, words_of
from hawker.platforms.wechat.uploads import COVER
from hawker.platforms.wechat.wire import Api
from hawker.platforms.wechat.wishes import ARTICLE, KIND, PICTURES, kind_of

# “获取已发布的消息列表”, read 2026-11-23: 20 at once. It may be asked 100 times a day.
_PAGE, _PAGES = 20, 3


Text = Annotated[str, BeforeValidator(lambda value: value if isinstance(value, str) else "")]


class _Image(BaseModel):
    image_media_id: Text = ""


class _Images(BaseModel):
    image_list: tuple[_Image, ...] = ()


class News(BaseModel):
    title: Text = ""
    content: Text = ""
    thumb_media_id: Text = ""
    image_info: _Images | None = None
    url: Text = ""
    is_deleted: bool = False

    @property
    def media(self) -> set[str]:
        images = self.image_info.image_list if self.image_info else ()
        return {self.thumb_media_id, *(image.image_media_id for image in images)} - {""}


class _Content(BaseModel):
    news_item: tuple[News, ...] = ()


class Item(BaseModel):
    article_id: str
    content: _Content = _Content()
    update_time: int = 0


class _List(BaseModel):
    total_count: int = 0
    item: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Found:
    """`own`: with a picture that was uploaded for this very post; `alike`: with its words, since then."""

    own: Published | None = None
    alike: Published | None = None


async def look(
    api: Api, draft: Draft, done: Mapping[str, str], since: datetime, known: Collection[str]
) -> Found:
    """The documents do not say whether an article keeps the ids of its pictures: hence both."""
    own, alike = _pictures(draft, done), None
    async for item in _published(api, since):
        news = item.content.news_item
        if item.article_id in known or not news or news[0].is_deleted:
            continue
        published = Published(remote_id=item.article_id, url=news[0].url, detail={KIND: ARTICLE})
        if news[0].media & own:
            return Found(own=published)
        if _at(item) >= since.replace(microsecond=0) and _says(news[0], draft):
            alike = published
    return Found(alike=alike)


def _pictures(draft: Draft, done: Mapping[str, str]) -> set[str]:
    names = [medium.id for medium in draft.media] if kind_of(draft.options) == PICTURES else [COVER]
    return {done[name].partition(" ")[0] for name in names if name in done}


def _says(news: News, draft: Draft) -> bool:
    words = words_of(news.content) == words_of(paragraphs(draft.text))
    return words and news.title == title_of(draft.text, draft.options)


async def _published(api: Api, since: datetime) -> AsyncIterator[Item]:
    """The latest first, until one is older than what is looked for."""
    for page in range(_PAGES):
        asked = {"offset": page * _PAGE, "count": _PAGE, "no_content": 0}
        found = await api.ask("freepublish/batchget", asked, _List)
        for item in found.item:
            yield item
        if len(found.item) < _PAGE or _at(found.item[-1]) < since.replace(microsecond=0):
            return


def _at(item: Item) -> datetime:
    return datetime.fromtimestamp(item.update_time, UTC)
