"""A post as an article: its title, and its text in the HTML that WeChat keeps."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from html.parser import HTMLParser

from hawker.connect.http import Json
from hawker.connect.values import Draft
from hawker.platforms.wechat.wishes import (
    AUTHOR,
    COMMENTS,
    DIGEST,
    EVERYBODY,
    FOLLOWERS,
    SOURCE,
    TITLE,
    typed,
)

# “新增草稿”, read 2026-11-23.
TITLE_LENGTH, AUTHOR_LENGTH, DIGEST_LENGTH, SOURCE_BYTES = 32, 16, 128, 1024
_BREAK = "<p><br></p>"


def clean(text: str) -> str:
    """Without signs that no reader sees and that WeChat refuses."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in lines if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})


def title_of(text: str, options: Mapping[str, str]) -> str:
    """What was written for one, else the first line of the text, as far as there is room."""
    lines = (line.strip() for line in clean(text).split("\n"))
    title = typed(options, TITLE) or next((line for line in lines if line), "")
    return title if typed(options, TITLE) or len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…"


def paragraphs(text: str) -> str:
    """Links stay words: WeChat takes those to other sites out."""
    lines = clean(text).split("\n") if text else []
    return "".join(f"<p>{escape(line)}</p>" if line.strip() else _BREAK for line in lines)


def picture(address: str, alt: str) -> str:
    return f'<p><img src="{escape(address)}" alt="{escape(alt)}"></p>'


def html_of(draft: Draft, addresses: Sequence[str]) -> str:
    """`addresses`: those that WeChat gave for its pictures; it drops all others."""
    shown = zip(addresses, draft.media, strict=True)
    return paragraphs(draft.text) + "".join(picture(address, medium.alt) for address, medium in shown)


def as_article(draft: Draft, cover: str, addresses: Sequence[str]) -> dict[str, Json]:
    return {
        "article_type": "news",
        "title": title_of(draft.text, draft.options),
        "author": typed(draft.options, AUTHOR),
        "digest": typed(draft.options, DIGEST),
        "content": html_of(draft, addresses),
        "content_source_url": typed(draft.options, SOURCE),
        "thumb_media_id": cover,
        **comments(draft.options),
    }


def as_pictures(draft: Draft, images: Iterable[str]) -> dict[str, Json]:
    """A post of pictures has words, and no HTML."""
    listed: list[Json] = [{"image_media_id": image} for image in images]
    return {
        "article_type": "newspic",
        "title": title_of(draft.text, draft.options),
        "content": clean(draft.text),
        "image_info": {"image_list": listed},
        **comments(draft.options),
    }


def comments(options: Mapping[str, str]) -> dict[str, Json]:
    who = options.get(COMMENTS, "")
    return {
        "need_open_comment": int(who in {EVERYBODY, FOLLOWERS}),
        "only_fans_can_comment": int(who == FOLLOWERS),
    }


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def handle_data(self, data: str) -> None:
        self.words += data


def words_of(html: str) -> str:
    """What a reader reads of it, without its spaces: WeChat sets these as it likes."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.words.split())
