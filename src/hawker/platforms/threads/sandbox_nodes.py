"""The nodes that the pretend Threads answers with: exactly the fields of the official collection of requests
(fbsamples/threads_api at 44df04d4, 2026-01-02)."""

from datetime import timedelta

from hawker.connect.http import Json
from hawker.connect.pretend_graph_fields import Node, Value, stamp
from hawker.platforms.threads.sandbox_world import Person, Post, World

THIN = ("id",)
PLACE: dict[str, Value] = {
    "id": "106078429431815",
    "address": "1 Hacker Way",
    "city": "Menlo Park",
    "country": "United States",
    "name": "Menlo Park",
    "latitude": 37.4844,
    "longitude": -122.1480,
    "postal_code": "94025",
}


def person(world: World, each: Person) -> Node:
    fields: dict[str, Value] = {
        "id": each.id,
        "username": each.handle,
        "name": each.handle,
        "is_verified": False,
        "threads_profile_picture_url": f"{world.site}/@{each.handle}",
        "threads_biography": "Open from six to eight.",
        "recently_searched_keywords": [],
        "is_eligible_for_geo_gating": False,
    }
    return Node(kind="ThreadsUser", fields=fields, thin=THIN)


def public(world: World, each: Person) -> Json:
    """Of anybody: sums of seven days."""
    counts = (
        "follower_count",
        "likes_count",
        "quotes_count",
        "replies_count",
        "reposts_count",
        "views_count",
    )
    return {
        "username": each.handle,
        "name": each.handle,
        "profile_picture_url": f"{world.site}/@{each.handle}",
        "biography": "Open from six to eight.",
        "is_verified": False,
        **dict.fromkeys(counts, 0),
    }


def place() -> Node:
    return Node(kind="ThreadsLocation", fields=PLACE, thin=("name",))


def post(world: World, each: Post) -> Node:
    return Node(kind="ThreadsMedia", fields=_common(world, each), thin=THIN)


def reply(world: World, each: Post, viewer: str) -> Node:
    """With what only replies have."""
    root = world.root_of(each)
    more: dict[str, Value] = {
        "is_reply": bool(each.parent),
        "is_reply_owned_by_me": each.owner.id == viewer,
        "root_post": {"id": root.id} if each.parent else None,
        "replied_to": {"id": each.parent} if each.parent else None,
        "hide_status": "HIDDEN" if each.is_hidden else "NOT_HUSHED",
        "reply_audience": each.audience.upper(),
    }
    return Node(kind="ThreadsMedia", fields={**_common(world, each), **more}, thin=THIN)


def _common(world: World, each: Post) -> dict[str, Value]:
    first = each.media[0] if len(each.media) == 1 else None
    source = f"{world.site}/media/{first.id}" if first else None
    children: list[Json] = [{"id": medium.id} for medium in each.media] if len(each.media) > 1 else []
    return {
        "id": each.id,
        "media_product_type": "THREADS",
        "media_type": each.kind,
        "media_url": source,
        "gif_url": None,
        "permalink": world.address_of(each),
        "owner": {"id": each.owner.id},
        "username": each.owner.handle,
        "text": each.text,
        "timestamp": stamp(each.created_at),
        "shortcode": each.shortcode,
        "thumbnail_url": source if first and first.is_video else None,
        "children": {"data": children} if children else None,
        "is_quote_post": bool(each.quoted),
        "quoted_post": {"id": each.quoted} if each.quoted else None,
        "reposted_post": {"id": each.reposted} if each.reposted else None,
        "has_replies": bool(world.replies_to(each.id)),
        "alt_text": first.alt if first else None,
        "link_attachment_url": each.link,
        "poll_attachment": _poll(each),
        "location_id": each.location,
        "topic_tag": each.topic,
        "is_verified": False,
        "profile_picture_url": f"{world.site}/@{each.owner.handle}",
    }


def _poll(each: Post) -> Json:
    if not each.poll:
        return None
    votes: dict[str, Json] = {f"{name}_votes_percentage": 0 for name in each.poll}
    ends = stamp(each.created_at + timedelta(hours=24))
    return {**each.poll, **votes, "expiration_timestamp": ends}
