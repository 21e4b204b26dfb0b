"""The record that a post is: its text, what in it is a link, its languages, one embed, what it answers."""

from collections.abc import Mapping
from datetime import datetime

import regex

from hawker.connect.http import Json
from hawker.connect.values import Draft, Media, Published
from hawker.platforms.bluesky.richtext import facets, handles, links
from hawker.platforms.bluesky.steps import card_step, mention_step, part, picture_step
from hawker.platforms.bluesky.wire import POST

AUDIENCE = "audience"
SIGNED_IN = "signed_in"
_LANGUAGE = regex.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?")


def post(draft: Draft, done: Mapping[str, str], now: datetime) -> Json:
    """`now` may differ between attempts: the record key is the same, so that only one of them can be kept.
    A time from before would hide a post that was written long before it goes out."""
    parts: dict[str, Json] = {
        "langs": _languages(draft.language),
        "facets": facets(draft.text, _people(draft, done)),
        "embed": _images(draft.media, done) if draft.media else _external(draft.text, done),
        "reply": _reply(draft.reply_to) if draft.reply_to else None,
        "labels": _labels(draft.options),
    }
    return {
        "$type": POST,
        "text": draft.text,
        "createdAt": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        **{name: part for name, part in parts.items() if part},
    }


def _languages(language: str) -> Json:
    return [language] if _LANGUAGE.fullmatch(language) else []


def _people(draft: Draft, done: Mapping[str, str]) -> dict[str, str]:
    return {handle: str(part(done, mention_step(handle)) or "") for handle in handles(draft.text)}


def _images(media: tuple[Media, ...], done: Mapping[str, str]) -> Json:
    return {"$type": "app.bsky.embed.images", "images": [_image(each, done) for each in media]}


def _image(media: Media, done: Mapping[str, str]) -> Json:
    uploaded = part(done, picture_step(media))
    if not isinstance(uploaded, dict):
        raise KeyError(f"{picture_step(media)} is not prepared")
    return {"alt": media.alt, **uploaded}


def _external(text: str, done: Mapping[str, str]) -> Json:
    cards = (part(done, card_step(address)) for address in links(text)[:1])
    external = next(cards, None)
    return {"$type": "app.bsky.embed.external", "external": external} if external else None


def _reply(parent: Published) -> Json:
    above: dict[str, Json] = {"uri": parent.remote_id, "cid": parent.detail["cid"]}
    root: dict[str, Json] = {"uri": parent.detail["root_uri"], "cid": parent.detail["root_cid"]}
    return {"root": root, "parent": above}


def _labels(options: Mapping[str, str]) -> Json:
    if options.get(AUDIENCE) != SIGNED_IN:
        return None
    return {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]}
