"""The web addresses that X sees in a text (twitter-text 3, extractUrlsWithIndices, as of 2021-10-21)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex

SPACES = r"\u0009-\u000D\u0020\u0085\u00A0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
PUNCTUATION = r"\-_!\"#$%&'\(\)*+,./:;<=>?@\[\]^`\{|}~"
INVALID = r"\uFFFE\uFEFF\uFFFF"
DIRECTIONS = r"\u202A-\u202E\u061C\u200E\u200F\u2066\u2067\u2068\u2069"
LATIN = (
    r"\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u00FF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F"
    r"\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
CHAR = rf"[^{PUNCTUATION}{SPACES}{INVALID}{DIRECTIONS}]"
SUBDOMAIN = rf"(?:(?:{CHAR}(?:[_-]|{CHAR})*)?{CHAR}\.)"
NAME = rf"(?:(?:{CHAR}(?:-|{CHAR})*)?{CHAR}\.)"
PATH = rf"[a-z\u0400-\u04FF0-9!\*';:=\+,\.\$/%#\[\]\-\u2013_~@\|&{LATIN}]"
BALANCED = rf"\((?:{PATH}+|(?:{PATH}*\({PATH}+\){PATH}*))\)"
PATH_END = rf"(?:[\+\-a-z\u0400-\u04FF0-9=_#/{LATIN}]|{BALANCED})"
WHOLE_PATH = rf"(?:(?:{PATH}*(?:{BALANCED}{PATH}*)*{PATH_END})|(?:@{PATH}+/))"
QUERY = r"[a-z0-9!?\*'@\(\);:&=\+\$/%#\[\]\-_\.,~|]"
QUERY_END = r"[a-z0-9\-_&=#/]"
BEFORE = rf"(?P<before>[^A-Za-z0-9@＠$#＃{INVALID}]|[{DIRECTIONS}]|^)"
TAIL = regex.compile(rf"(?::[0-9]+)?(?P<path>/{WHOLE_PATH}*)?(?:\?{QUERY}*{QUERY_END})?", regex.I)
RUN = regex.compile(rf"(?:{CHAR}|[-_.])+")
GLUED = regex.compile(r"[-_./]$")
SHORT = regex.compile(rf"https?://t\.co/([a-z0-9]+)(?:\?{QUERY}*{QUERY_END})?", regex.I)
SLUG, LABEL, ADDRESS = 40, 63, 4_096
SCHEME = len("https://")


@dataclass(frozen=True, kw_only=True)
class Link:
    start: int
    end: int
    url: str


@dataclass(frozen=True, kw_only=True)
class _Found:
    """An address with its scheme, domain and path apart. `glued`: what stands before it holds on to it."""

    text: str
    start: int
    domain_at: int
    domain: str
    end: int
    scheme: bool
    path: bool
    glued: bool

    @property
    def url(self) -> str:
        return self.text[self.start : self.end]


class _Names:
    """Patterns with every top-level domain in them."""

    def __init__(self) -> None:
        file = Path(__file__).with_name("tlds.txt")
        names = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        top = r"(?:\L<names>(?=[^0-9a-z@+-]|$)|xn--[-0-9a-z]+)"
        head = rf"{BEFORE}(?P<scheme>https?://)?(?P<domain>{SUBDOMAIN}*{NAME}{top})"
        self.top = regex.compile(rf"\.{top}", regex.I, names=names)
        self.head = regex.compile(head, regex.I, names=names)
        self.ascii = regex.compile(rf"(?:[-a-z0-9{LATIN}]+\.)+{top}", regex.I, names=names)


@cache
def _names() -> _Names:
    return _Names()


def links(text: str) -> list[Link]:
    """In their order; `example.com` without a scheme is one too."""
    found = [link for each in _addresses(text) for link in (_whole(each) if each.scheme else _bare(each))]
    return [link for link in found if link.url]


def _addresses(text: str) -> Iterator[_Found]:
    """Only what has a dot before a top-level domain is looked at closely: long texts take no time."""
    at = 0
    for run in RUN.finditer(text):
        while at < run.end() and _names().top.search(text, max(at, run.start()), run.end()):
            found = _next(text, max(at, run.start() - SCHEME - 1), run.end() + 1)
            if found is None:
                break
            at = found.end
            if _fits(found):
                yield found


def _next(text: str, start: int, end: int) -> _Found | None:
    head = _names().head.search(text, start, end)
    tail = TAIL.match(text, head.end()) if head else None
    if head is None or tail is None:
        return None
    begin = head.start("scheme") if head["scheme"] else head.start("domain")
    return _Found(
        text=text,
        start=begin,
        domain_at=head.start("domain"),
        domain=head["domain"],
        end=tail.end(),
        scheme=bool(head["scheme"]),
        path=bool(tail["path"]),
        glued=bool(GLUED.search(head["before"])),
    )


def _fits(found: _Found) -> bool:
    """Names as the domain name system takes them, in punycode: 63 letters between two dots."""
    labels = found.domain.split(".")
    try:
        encoded = [_punycode(label) for label in labels]
    except UnicodeError:
        return False
    longer = sum(map(len, encoded)) - sum(map(len, labels))
    whole = len(found.url) + longer + (0 if found.scheme else SCHEME)
    return all(len(label) <= LABEL for label in encoded) and whole <= ADDRESS


def _punycode(label: str) -> str:
    """Raises UnicodeError for one that claims to be punycode and is not."""
    if label.isascii():
        return label
    if label.lower().startswith("xn--"):
        raise UnicodeError(label)
    return f"xn--{label.lower().encode('punycode').decode()}"


def _whole(found: _Found) -> Iterator[Link]:
    """Behind an address that X has shortened, further letters of a path do not belong to it."""
    short = SHORT.match(found.url)
    if short is None:
        yield Link(start=found.start, end=found.end, url=found.url)
    elif len(short[1]) <= SLUG:
        yield Link(start=found.start, end=found.start + short.end(), url=short[0])


def _bare(found: _Found) -> Iterator[Link]:
    """Without a scheme only Latin letters make a name; Chinese ones before it are words."""
    if found.glued:
        return
    parts = list(_names().ascii.finditer(found.domain))
    for part in parts:
        start, end = found.domain_at + part.start(), found.domain_at + part.end()
        until = found.end if found.path and part is parts[-1] else end
        yield Link(start=start, end=until, url=found.text[start:until])
