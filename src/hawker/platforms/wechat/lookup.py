"""Looking for an article whose publishing got no answer."""

from collections.abc import AsyncIterator, Collection, Mapping
from datetime import UTC, datetime

from pydantic import BaseModel

from hawker.connect.values import Draft, Published
from hawker.platforms.wechat.article import html_of, title_of, words_of
from hawker.platforms.wechat.uploads import COVER, media_ids
from hawker.platforms.wechat.wire import Api
from hawker.platforms.wechat.wishes import ARTICLE, KIND, PICTURES, kind_of

# “获取已发布的消息列表”, read 2026-11-23: 20 at once. It may be asked 100 times a day.
_PAGE, _PAGES = 20, 3


class _Image(BaseModel):
    image_media_id: str = ""


class _Images(BaseModel):
    image_list: tuple[_Image, ...] = ()


class News(BaseModel):
    title: str = ""
    content: str = ""
    thumb_media_id: str = ""
    image_info: _Images | None = None
    url: str = ""
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


async def look(
    api: Api, draft: Draft, done: Mapping[str, str], since: datetime, known: Collection[str]
) -> Published | None:
    """By the cover, which was uploaded for this very article, else by its words since then."""
    async for item in _published(api, since):
        news = item.content.news_item
        if item.article_id in known or not news or news[0].is_deleted:
            continue
        if _is_it(news[0], draft, done, fresh=_at(item) >= since.replace(microsecond=0)):
            return Published(remote_id=item.article_id, url=news[0].url, detail={KIND: ARTICLE})
    return None


def _is_it(news: News, draft: Draft, done: Mapping[str, str], *, fresh: bool) -> bool:
    """The documents do not say whether an article keeps the id of its cover."""
    pictures = kind_of(draft.options) == PICTURES
    own = set(media_ids(draft, done)) if pictures else {done.get(COVER, "")}
    if news.media & own:
        return True
    body = draft.text if pictures else html_of(draft, media_ids(draft, done))
    same = news.title == title_of(draft.text, draft.options) and words_of(news.content) == words_of(body)
    return fresh and same and not news.media


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
