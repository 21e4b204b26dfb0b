"""The objects that the pretend X answers with (docs.x.com, fundamentals/data-dictionary, 2026-08-22)."""

import hashlib
import string
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from hawker.connect.http import Json
from hawker.platforms.x.links import links
from hawker.platforms.x.sandbox_world import Person, Post, Upload, World
from hawker.platforms.x.text import weight

LETTERS = string.ascii_letters + string.digits
SHORT = 280
RENAMED = {
    "referenced_tweets": "referenced_posts",
    "note_tweet": "note_post",
    "edit_history_tweet_ids": "edit_history_post_ids",
}


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def user(person: Person, fields: Collection[str]) -> dict[str, Json]:
    more: dict[str, Json] = {
        "subscription_type": person.subscription,
        "verified_type": "none",
        "public_metrics": {"followers_count": 0, "following_count": 0, "tweet_count": 0, "listed_count": 0},
    }
    asked = {name: value for name, value in more.items() if name in fields}
    return {"id": person.id, "name": person.handle, "username": person.handle, **asked}


def post(world: World, each: Post, fields: Collection[str]) -> dict[str, Json]:
    """Thin, with what is asked for; what is empty is left out."""
    whole, urls = _wrapped(world, each)
    long = weight(each.text) > SHORT
    note: Json = {"text": whole, "entities": {"urls": [_bare(url) for url in urls]}} if long else None
    more: dict[str, Json] = {
        "author_id": each.person.id,
        "created_at": stamp(each.created_at),
        "conversation_id": _root(world, each),
        "entities": {"urls": [*urls]} if urls else None,
        "attachments": {"media_keys": [upload.key for upload in each.uploads]} if each.uploads else None,
        "reply_settings": each.reply_settings or "everyone",
        "referenced_tweets": [{"type": "replied_to", "id": each.reply_to}] if each.reply_to else None,
        "note_tweet": note,
    }
    told: dict[str, Json] = {
        "id": each.id,
        "text": f"{whole[:250]}… {_short(each.id)}" if long else whole,
        "edit_history_tweet_ids": [each.id],
        **{name: value for name, value in more.items() if name in fields and value is not None},
    }
    return {RENAMED.get(name, name): value for name, value in told.items()} if world.manners.renames else told


def medium(world: World, upload: Upload, fields: Collection[str]) -> dict[str, Json]:
    kind = {"tweet_image": "photo", "tweet_gif": "animated_gif", "tweet_video": "video"}[upload.category]
    source = f"{world.site}/media/{upload.person.handle}/{upload.id}"
    more: dict[str, Json] = {"alt_text": upload.alt, "url": source}
    asked = {name: value for name, value in more.items() if name in fields and value}
    return {"media_key": upload.key, "type": kind, **asked}


def _root(world: World, each: Post) -> str:
    above = world.posts.get(each.reply_to)
    return _root(world, above) if above else each.id


def _bare(url: Mapping[str, Json]) -> Json:
    """Addresses in a long text do not name the media."""
    return {name: value for name, value in url.items() if name != "media_key"}


def _wrapped(world: World, each: Post) -> tuple[str, list[dict[str, Json]]]:
    """The text as X gives it back: addresses in short, its own pictures' at the end, & < > as entities."""
    parts, urls, end = [], list[dict[str, Json]](), 0
    for link in links(each.text):
        short = _short(f"{each.id}{link.start}")
        parts += [_escaped(each.text[end : link.start]), short]
        there = link.url if "://" in link.url else f"http://{link.url}"
        urls.append({"url": short, "expanded_url": there, "display_url": there.partition("://")[2][:26]})
        end = link.end
    parts.append(_escaped(each.text[end:]))
    if each.uploads:
        short, there = (
            _short(each.uploads[0].id),
            f"{world.site}/{each.person.handle}/status/{each.id}/photo/1",
        )
        parts.append(f" {short}" if each.text else short)
        urls += [
            {"url": short, "expanded_url": there, "display_url": "pic.x.com/a", "media_key": upload.key}
            for upload in each.uploads
        ]
    text = "".join(parts)
    placed = list[dict[str, Json]]()
    for url in urls:
        start = text.index(str(url["url"]))
        placed.append({"start": start, "end": start + len(str(url["url"])), **url})
    return text, placed


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _short(seed: str) -> str:
    digest = hashlib.sha256(seed.encode()).digest()
    return "https://t.co/" + "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:10])
