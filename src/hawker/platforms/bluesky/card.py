"""The card under a post that shows where its link leads: what that page says of itself (Open Graph)."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin

import regex

from hawker.connect.errors import NetworkError
from hawker.connect.http import Answer, Http

_SECONDS = 15
_REDIRECTS = 3
_HEAD_BYTES = 2**19
_TITLE = 300
_DESCRIPTION = 1000
_CHARSET = regex.compile(rb"""charset=["']?([\w-]+)""", regex.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Card:
    """`picture` is the address of one, or empty."""

    address: str
    title: str
    description: str
    picture: str


async def read_card(http: Http, address: str) -> Card | None:
    """None where the page cannot be had or has no title: a post goes out without a card as well."""
    visit = await _visit(http, address)
    if visit is None or "html" not in visit.answer.headers.get("Content-Type", ""):
        return None
    page = _read(_decode(visit.answer))
    title = (page.about.get("og:title") or page.title).strip()
    description = page.about.get("og:description") or page.about.get("description", "")
    picture = page.about.get("og:image")
    card = Card(
        address=address,
        title=title[:_TITLE],
        description=description.strip()[:_DESCRIPTION],
        picture=_join(visit.address, picture) if picture else "",
    )
    return card if card.title else None


async def read_picture(http: Http, address: str) -> bytes | None:
    visit = await _visit(http, address)
    return visit.answer.body if visit else None


@dataclass(frozen=True)
class _Visit:
    """`address` is where the redirects led."""

    address: str
    answer: Answer


async def _visit(http: Http, address: str) -> _Visit | None:
    try:
        async with asyncio.timeout(_SECONDS):
            return await _follow(http, address)
    except (NetworkError, TimeoutError):
        return None


async def _follow(http: Http, address: str) -> _Visit | None:
    for _ in range(1 + _REDIRECTS):
        if not address.startswith(("https://", "http://")):
            return None
        answer = await http.request("GET", address)
        if answer.status < 300:
            return _Visit(address, answer)
        address = _join(address, answer.headers.get("Location", ""))
    return None


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _decode(answer: Answer) -> str:
    """In the character set that the answer or the page names; shops in Taiwan still have pages in Big5."""
    start = answer.body[:_HEAD_BYTES]
    named = _CHARSET.search(answer.headers.get("Content-Type", "").encode() + start)
    try:
        return start.decode(named[1].decode() if named else "utf-8", errors="replace")
    except LookupError:
        return start.decode(errors="replace")


def _read(html: str) -> "_Page":
    page = _Page()
    with suppress(AssertionError):  # Python 3.11's parser stumbles over “<![x[”; what came before it counts
        page.feed(html)
    return page


class _Page(HTMLParser):
    """The first word on each subject counts."""

    def __init__(self) -> None:
        super().__init__()
        self.about: dict[str, str] = {}
        self.title = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("property") or given.get("name")
        if tag == "meta" and name:
            self.about.setdefault(name.lower(), given.get("content") or "")
        self._in_title = tag == "title" and not self.title

    def handle_endtag(self, tag: str) -> None:
        self._in_title = self._in_title and tag != "title"

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
