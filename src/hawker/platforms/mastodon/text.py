"""Text by Mastodon's rules: its length, its language, and how to know it again in a server's HTML."""

import re
import unicodedata
from collections.abc import Mapping
from html.parser import HTMLParser

from hawker.connect.length import graphemes, weigh_urls
from hawker.connect.values import Limits

URL_WEIGHT = 23
MENTION = re.compile(r"(?<![\w/=])@(\w+(?:[\w.-]*\w)?)@[\w.-]*\w(?::\d+)?")
# The only ones with a region that Mastodon knows (languages_helper, 2026); others it cuts to the language.
REGIONAL = {"zh-CN", "zh-HK", "zh-TW"}
BLOCKS = {"p", "br", "div", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}


def length(text: str, options: Mapping[str, str], limits: Limits) -> int:
    """Graphemes; an address weighs the same whatever its length, `@user@host` as much as `@user`, and a
    content warning counts too (StatusLengthValidator)."""
    weighed = MENTION.sub(r"@\1", weigh_urls(text, limits.url_weight or URL_WEIGHT))
    return graphemes(options.get("content_warning", "") + weighed)


def iso_639(tag: str) -> str:
    """A BCP 47 tag as Mastodon's `language`; empty where there is none to tell. `zh-Hant` alone is `zh`:
    Mastodon has no name for the script, and which region is meant cannot be known."""
    language, *rest = tag.replace("_", "-").split("-")
    region = next((part.upper() for part in rest if len(part) == 2), "")
    if f"{language.lower()}-{region}" in REGIONAL:
        return f"{language.lower()}-{region}"
    return language.lower() if re.fullmatch("[A-Za-z]{2,3}", language) and language.lower() != "und" else ""


def essence(text: str) -> str:
    """What is left of a text whatever a server does to spaces, line breaks and the hosts of mentions."""
    shortened = MENTION.sub(r"@\1", unicodedata.normalize("NFC", text))
    return "".join(shortened.split())


def plain(html: str) -> str:
    """The text of a post's HTML. Links come out whole: what they shorten is hidden, not left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.parts.append(" ")
        if tag == "img":  # Pleroma shows custom emoji as pictures, their names as the alternative
            self.parts.append(dict(attrs).get("alt") or "")
