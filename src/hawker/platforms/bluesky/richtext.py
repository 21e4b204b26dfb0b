"""What in a text is a link, a mention or a hashtag. Bluesky links only what it is told to, in bytes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import regex

from hawker.connect.http import Json
from hawker.connect.length import graphemes

# app.bsky.richtext.facet, lexicon of 2026-08-20
_TAG_GRAPHEMES = 64
_TAG_BYTES = 640
_HANDLE_LENGTH = 253

# Chinese often follows an address with no space between: a host in Latin letters ends where they end.
_STOP = r"\s<>\"'“”‘’，。；：！？、（）「」『』《》〈〉【】…～｜"
_HOST = r"(?:(?:[a-z0-9-]+\.)+[a-z]{2,}(?![a-z0-9-])|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)"
_LINK = regex.compile(rf"(?<![a-z0-9])https?://{_HOST}(?::\d+)?(?:[/?#][^{_STOP}]*)?", regex.IGNORECASE)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_MENTION = regex.compile(
    rf"(?<![a-z0-9_.@＠/-])[@＠]((?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?)", regex.IGNORECASE
)
_WORD = r"[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*"
_TAG = regex.compile(rf"(?<![a-z0-9_&/#＃])[#＃]({_WORD}(?:[-.'’·&]{_WORD})*)", regex.IGNORECASE)
_LETTER = regex.compile(r"\p{L}")
_PAIRS = {")": "(", "]": "[", "}": "{"}


class Kind(StrEnum):
    link = "app.bsky.richtext.facet#link"
    mention = "app.bsky.richtext.facet#mention"
    tag = "app.bsky.richtext.facet#tag"


@dataclass(frozen=True)
class Span:
    """From `start` to before `end`, in characters. `value`: the address, the handle or the tag."""

    kind: Kind
    start: int
    end: int
    value: str


def spans(text: str) -> list[Span]:
    """In the order of the text; none overlaps another."""
    found: list[Span] = []
    for span in (*_links(text), *_mentions(text), *_tags(text)):
        if all(span.end <= other.start or other.end <= span.start for other in found):
            found.append(span)
    return sorted(found, key=lambda span: span.start)


def links(text: str) -> list[str]:
    return [span.value for span in spans(text) if span.kind is Kind.link]


def handles(text: str) -> list[str]:
    """Every handle that is mentioned, once."""
    return list(dict.fromkeys(span.value for span in spans(text) if span.kind is Kind.mention))


def facets(text: str, dids: Mapping[str, str]) -> list[Json]:
    """`dids`: who stands behind each handle; a mention of anyone else stays plain text."""
    known = (span for span in spans(text) if span.kind is not Kind.mention or dids.get(span.value))
    return [_facet(text, span, dids) for span in known]


def _facet(text: str, span: Span, dids: Mapping[str, str]) -> Json:
    start = len(text[: span.start].encode())
    end = start + len(text[span.start : span.end].encode())
    return {
        "index": {"byteStart": start, "byteEnd": end},
        "features": [{"$type": span.kind.value, **_feature(span, dids)}],
    }


def _feature(span: Span, dids: Mapping[str, str]) -> dict[str, str]:
    match span.kind:
        case Kind.link:
            return {"uri": span.value}
        case Kind.mention:
            return {"did": dids[span.value]}
        case Kind.tag:
            return {"tag": span.value}


def _links(text: str) -> Iterator[Span]:
    for match in _LINK.finditer(text):
        address = _trim(match[0])
        yield Span(Kind.link, match.start(), match.start() + len(address), address)


def _trim(address: str) -> str:
    """Without the punctuation and brackets of the sentence around it."""
    last = address[-1]
    unpaired = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
    return _trim(address[:-1]) if unpaired or last in ".,;:!?" else address


def _mentions(text: str) -> Iterator[Span]:
    for match in _MENTION.finditer(text):
        if len(match[1]) <= _HANDLE_LENGTH:
            yield Span(Kind.mention, match.start(), match.end(), match[1].lower())


def _tags(text: str) -> Iterator[Span]:
    for match in _TAG.finditer(text):
        tag = match[1]
        fits = graphemes(tag) <= _TAG_GRAPHEMES and len(tag.encode()) <= _TAG_BYTES
        if fits and _LETTER.search(tag):
            yield Span(Kind.tag, match.start(), match.end(), tag)
