"""A card: a Flex Message with a picture, a title, a text and a button."""

import json
from collections.abc import Iterator

from hawker.connect.http import Json
from hawker.connect.values import Draft, Media
from hawker.platforms.line.options import ADDRESS, BUTTON, TITLE

# Messaging API reference, “Flex Message”, read 2026-07-01: a bubble's JSON of 30 KB, the height of a picture
# at most three times its width.
BYTES, LABEL, LINK, SIDE, NARROWEST = 30_000, 20, 1_000, 1_024, 1 / 3
# 1,500 by the reference of 2025, 400 before.
SUMMARY = 400


def card(draft: Draft) -> Json:
    """Raises what an address of a picture raises."""
    bubble: dict[str, Json] = {"type": "bubble", **_hero(draft), "body": _body(draft), **_footer(draft)}
    return {"type": "flex", "altText": _summary(draft), "contents": bubble}


def weight(draft: Draft) -> int:
    """In bytes, but for its picture's address, which has 2,000 characters at most."""
    parts: Json = [_body(draft), _footer(draft)]
    return len(json.dumps(parts, ensure_ascii=False).encode()) + 2_500


def _summary(draft: Draft) -> str:
    """What stands in the list of chats, and in the notification."""
    told = " ".join(" ".join((draft.options.get(TITLE, ""), draft.text)).split())
    return told if len(told) <= SUMMARY // 2 else f"{told[: SUMMARY // 2 - 1]}…"


def _hero(draft: Draft) -> dict[str, Json]:
    picture = next(iter(draft.media), None)
    if picture is None:
        return {}
    hero: Json = {
        "type": "image",
        "url": picture.address(),
        "size": "full",
        "aspectRatio": _ratio(picture),
        "aspectMode": "cover",
    }
    return {"hero": hero}


def _ratio(picture: Media) -> str:
    return f"{max(picture.width, 1)}:{max(min(picture.height, 3 * picture.width), 1)}"


def _body(draft: Draft) -> Json:
    return {"type": "box", "layout": "vertical", "spacing": "md", "contents": list(_words(draft))}


def _words(draft: Draft) -> Iterator[Json]:
    title = draft.options.get(TITLE, "").strip()
    yield {"type": "text", "text": title, "weight": "bold", "size": "xl", "wrap": True}
    if draft.text.strip():
        yield {"type": "text", "text": draft.text, "size": "sm", "color": "#555555", "wrap": True}


def _footer(draft: Draft) -> dict[str, Json]:
    label, address = (draft.options.get(name, "").strip() for name in (BUTTON, ADDRESS))
    if not label:
        return {}
    action: Json = {"type": "uri", "label": label, "uri": address}
    button: Json = {"type": "button", "style": "primary", "color": "#06c755", "action": action}
    return {"footer": {"type": "box", "layout": "vertical", "contents": [button]}}
