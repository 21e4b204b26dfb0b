"""Which containers a draft needs ("Posts", "Carousels", "Replies" and "Polls" of the Threads API, read
2026-11-22)."""

import json
from collections.abc import Mapping

from hawker.connect.http import Json
from hawker.connect.meta_containers import WHOLE, Habits, Wish
from hawker.connect.values import Draft, Media
from hawker.platforms.threads.options import (
    HIDE_ALL,
    HIDE_MEDIA,
    HIDE_TEXT,
    LINK,
    REPLIES,
    SPOILER,
    answers,
    chosen,
    topic,
)
from hawker.platforms.threads.refusals import of_container

HABITS = Habits(edge="threads", ends="threads_publish", fields="id,status,error_message", wrong=of_container)


def children(draft: Draft) -> list[Wish]:
    if len(draft.media) < 2:
        return []
    part = {"is_carousel_item": "true"}
    return [Wish(step=medium.id, form={**_medium(medium), **part}, medium=medium) for medium in draft.media]


def whole(draft: Draft, quoted: str) -> Wish:
    """`quoted` is the id of the post that it quotes."""
    alone = draft.media[0] if len(draft.media) == 1 else None
    kind = {"media_type": "CAROUSEL" if draft.media else "TEXT"}
    form = {**(_medium(alone) if alone else kind), **_common(draft, quoted)}
    return Wish(step=WHOLE, form={name: value for name, value in form.items() if value}, medium=alone)


def _medium(medium: Media) -> dict[str, str]:
    described = {"alt_text": medium.alt} if medium.alt else {}
    return {"media_type": "VIDEO" if medium.is_video else "IMAGE", **described}


def _common(draft: Draft, quoted: str) -> Mapping[str, str]:
    """What stands over the whole post; what is empty is left out later."""
    hides = chosen(draft, SPOILER)
    return {
        "text": draft.text,
        "reply_to_id": draft.reply_to.remote_id if draft.reply_to else "",
        "reply_control": chosen(draft, REPLIES),
        "quote_post_id": quoted,
        "link_attachment": chosen(draft, LINK),
        "topic_tag": topic(draft),
        "poll_attachment": _poll(answers(draft)),
        "text_entities": _hidden(draft.text) if hides in {HIDE_TEXT, HIDE_ALL} else "",
        "is_spoiler_media": "true" if hides in {HIDE_MEDIA, HIDE_ALL} and draft.media else "",
    }


def _poll(given: list[str]) -> str:
    named = {f"option_{letter}": answer for letter, answer in zip("abcd", given, strict=False)}
    return json.dumps(named, ensure_ascii=False) if named else ""


def _hidden(text: str) -> str:
    """In what letters are counted is not documented: Unicode's is the count that never reaches too far."""
    spoiler: Json = {"entity_type": "SPOILER", "offset": 0, "length": len(text)}
    return json.dumps([spoiler]) if text else ""
