"""Message objects as the pretend LINE reads and refuses them (Messaging API reference, 2026-07-01)."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hawker.connect.http import Json
from hawker.connect.length import utf16_units
from hawker.platforms.line.account import MESSAGES, TEXT
from hawker.platforms.line.card import BYTES, LABEL, LINK

SHOWN = {"image", "video"}
ADDRESS = 2_000
_LEADS = re.compile(r"(https?|line)://\S+|tel:\S+|mailto:\S+")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One entry of `details`."""

    message: str
    property: str


@dataclass(kw_only=True)
class Bubble:
    """One message as a friend sees it. `url` and `cover` are addresses of files, `files` where the pretend
    LINE keeps what it fetched there."""

    kind: str
    text: str = ""
    title: str = ""
    url: str = ""
    cover: str = ""
    button: str = ""
    leads: str = ""
    files: dict[str, str] = field(default_factory=dict)


def faults(messages: Json, *, https: bool) -> list[Fault]:
    if not isinstance(messages, list) or not 1 <= len(messages) <= MESSAGES:
        return [Fault(message=f"Size must be between 1 and {MESSAGES}", property="messages")]
    return [
        fault
        for place, message in enumerate(messages)
        for fault in _of_message(message, f"messages[{place}]", https=https)
    ]


def bubbles(messages: Json) -> list[Bubble]:
    """Of messages without faults."""
    each = messages if isinstance(messages, list) else []
    return [_bubble(message) for message in each if isinstance(message, dict)]


def _of_message(message: Json, at: str, *, https: bool) -> Iterator[Fault]:
    match message:
        case {"type": "text", "text": str(text)}:
            yield from _of_text(text, f"{at}.text")
        case {"type": "image" | "video", "originalContentUrl": str(url), "previewImageUrl": str(cover)}:
            for name, address in (("originalContentUrl", url), ("previewImageUrl", cover)):
                yield from _of_address(address, f"{at}.{name}", https=https)
        case {"type": "flex", "altText": str(summary), "contents": dict(bubble)} if _is_bubble(bubble):
            if not 0 < len(summary) <= 400:
                yield Fault(message="Length must be between 1 and 400", property=f"{at}.altText")
            yield from _of_bubble(bubble, f"{at}.contents", https=https)
        case {"type": "text" | "image" | "video" | "flex"}:
            yield Fault(message="May not be empty", property=at)
        case _:
            yield Fault(message="Unknown message type", property=f"{at}.type")


def _is_bubble(contents: Mapping[str, Json]) -> bool:
    return contents.get("type") == "bubble"


def _of_text(text: str, at: str) -> Iterator[Fault]:
    if not text.strip():
        yield Fault(message="May not be empty", property=at)
    if utf16_units(text) > TEXT:
        yield Fault(message=f"Length must be between 0 and {TEXT}", property=at)


def _of_address(address: str, at: str, *, https: bool) -> Iterator[Fault]:
    if len(address) > ADDRESS:
        yield Fault(message=f"Length must be between 0 and {ADDRESS}", property=at)
    if not address.startswith("https://" if https else "http"):
        yield Fault(message="Must be an https URL", property=at)


def _of_bubble(bubble: Mapping[str, Json], at: str, *, https: bool) -> Iterator[Fault]:
    if len(json.dumps(bubble, ensure_ascii=False).encode()) > BYTES:
        yield Fault(message="Flex message is too large", property=at)
    match bubble.get("hero"):
        case {"url": str(url)}:
            yield from _of_address(url, f"{at}.hero.url", https=https)
    for place, text in enumerate(_texts(bubble)):
        if not text:
            yield Fault(message="May not be empty", property=f"{at}.body.contents[{place}].text")
    label, leads = _button(bubble)
    button = f"{at}.footer.contents[0].action"
    if utf16_units(label) > LABEL:
        yield Fault(message=f"Length must be between 0 and {LABEL}", property=f"{button}.label")
    if label and (not _LEADS.fullmatch(leads) or len(leads) > LINK):
        yield Fault(message="invalid uri scheme", property=f"{button}.uri")


def _texts(bubble: Mapping[str, Json]) -> Sequence[str]:
    match bubble.get("body"):
        case {"contents": list(parts)}:
            return [str(part.get("text", "")) for part in parts if isinstance(part, dict)]
    return []


def _button(bubble: Mapping[str, Json]) -> tuple[str, str]:
    match bubble.get("footer"):
        case {"contents": [{"type": "button", "action": {"label": str(label), "uri": str(leads)}}, *_]}:
            return label, leads
    return "", ""


def _bubble(message: Mapping[str, Json]) -> Bubble:
    kind, contents = str(message.get("type")), message.get("contents")
    if isinstance(contents, dict):
        return _card(contents)
    return Bubble(
        kind=kind,
        text=str(message.get("text", "")),
        url=str(message.get("originalContentUrl", "")),
        cover=str(message.get("previewImageUrl", "")),
    )


def _card(bubble: Mapping[str, Json]) -> Bubble:
    texts, hero = _texts(bubble), bubble.get("hero")
    label, leads = _button(bubble)
    return Bubble(
        kind="card",
        title=next(iter(texts), ""),
        text="\n".join(texts[1:]),
        url=str(hero.get("url", "")) if isinstance(hero, dict) else "",
        button=label,
        leads=leads,
    )
