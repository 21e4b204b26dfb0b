"""The pages at which a visitor reads what is on a pretend network.

Names, titles and addresses are escaped here; `text`, `media` and the like are HTML, made with `linked`,
`picture` and `video`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import escape

from aiohttp import web

from hawker.connect.length import URL
from hawker.connect.pretend import FORGOTTEN

_STYLE = """
body{margin:0;font:16px/1.45 system-ui,"Noto Sans TC",sans-serif;overflow-wrap:anywhere}
main{max-width:38rem;margin:0 auto;padding:1rem}
header,article{padding:12px 16px;margin-bottom:10px}main>p,main>form{padding:0 16px}
h1{font-size:20px;margin:0}h2{font-size:17px;margin:4px 0}
p,figure,.text{margin:6px 0}.text{white-space:pre-wrap}
a{text-decoration:none}a:hover{text-decoration:underline}
img,video{max-width:100%;height:auto;display:block;border-radius:10px}
figcaption,small{font-size:14px;opacity:.75}input,button{font:inherit;padding:.4rem .8rem}
"""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A post on a page: `profile` and `page` are the addresses of its author and of itself. `above` stands
    before the text, `below` behind the media. `figures`: what is known of how it fares."""

    name: str
    handle: str
    profile: str
    page: str
    at: datetime
    text: str
    media: str = ""
    above: str = ""
    below: str = ""
    language: str = ""
    labels: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


class Visits:
    """How often each post's own page was opened: the visitors of a pretend network, who do nothing else."""

    def __init__(self) -> None:
        self._opened: Counter[str] = Counter()

    def count(self, post: str) -> None:
        self._opened[post] += 1

    def of(self, post: str) -> int:
        return self._opened[post]

    def figures(self, post: str, *, comments: int | None = None) -> tuple[str, ...]:
        """For `Shown.figures`; `comments` where a post has such."""
        seen = _number(self._opened[post], "view")
        return (seen,) if comments is None else (seen, _number(comments, "comment"))


@dataclass(frozen=True)
class Look:
    """How a network's pages look: `style` is CSS behind what all pages share."""

    style: str

    def page(self, title: str, body: str, *, language: str = "en", head: str = "") -> web.Response:
        """`body` and `head` are HTML."""
        return web.Response(
            content_type="text/html",
            text=f'<!doctype html><html lang="{escape(language or "en")}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(title)}</title>{head}<style>{_STYLE}{self.style}</style></head>"
            f"<body><main>{body}</main></body></html>",
        )

    def missing(self, title: str = "This is not here.") -> web.HTTPNotFound:
        """To raise for a post, an account or a file that is not there, or was forgotten."""
        shown = self.page(title, f"{heading(title)}<p>{FORGOTTEN}</p>")
        return web.HTTPNotFound(text=shown.text, content_type="text/html")

    def turn_away(self, title: str, reason: str) -> web.HTTPBadRequest:
        shown = self.page(title, f"{heading(title)}<p>{escape(reason)}</p>")
        return web.HTTPBadRequest(text=shown.text, content_type="text/html")


def heading(title: str, below: str = "") -> str:
    small = f"<small>{escape(below)}</small>" if below else ""
    return f"<header><h1>{escape(title)}</h1>{small}</header>"


def article(post: Shown) -> str:
    handle = f" <small>{escape(post.handle)}</small>" if post.handle else ""
    language = f' lang="{escape(post.language)}"' if post.language else ""
    labels = "".join(f" · {escape(label)}" for label in (*post.labels, *post.figures))
    return (
        f'<article{language}><a href="{escape(post.profile)}"><b>{escape(post.name)}</b>{handle}</a>'
        f'{post.above}<div class="text">{post.text}</div>{post.media}{post.below}'
        f'<p><a href="{escape(post.page)}"><small>{post.at:%Y-%m-%d %H:%M} UTC</small></a>'
        f"<small>{labels}</small></p></article>"
    )


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def picture(source: str, alt: str) -> str:
    caption = f"<figcaption>{escape(alt)}</figcaption>" if alt else ""
    return f'<figure><img src="{escape(source)}" alt="{escape(alt)}">{caption}</figure>'


def video(source: str) -> str:
    return f'<video src="{escape(source)}" controls></video>'


def linked(text: str, links: Iterable[tuple[int, int, str]] | None = None) -> str:
    """A text with its links: `links` are start, end and target in order; without them its web addresses."""
    shown, last = "", 0
    for start, end, target in addresses(text) if links is None else links:
        shown += f'{escape(text[last:start])}<a href="{escape(target)}">{escape(text[start:end])}</a>'
        last = end
    return shown + escape(text[last:])


def addresses(text: str) -> list[tuple[int, int, str]]:
    return [(*match.span(), match[0]) for match in URL.finditer(text)]
