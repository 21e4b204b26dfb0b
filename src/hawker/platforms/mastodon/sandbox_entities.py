"""The entities that the pretend Mastodon answers with (documentation, entities/*, 2026-07-02)."""

from datetime import UTC, datetime

from hawker.connect.http import Json
from hawker.platforms.mastodon.sandbox_html import as_html
from hawker.platforms.mastodon.sandbox_world import Person, Post, Upload, World


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def account(world: World, person: Person) -> dict[str, Json]:
    page = f"{world.address}/@{person.handle}"
    picture = f"{world.address}/avatars/original/missing.png"
    return {
        "id": person.id,
        "username": person.handle,
        "acct": person.handle,
        "display_name": person.handle,
        "locked": False,
        "bot": False,
        "discoverable": True,
        "indexable": False,
        "group": False,
        "created_at": stamp(person.created_at),
        "note": "",
        "url": page,
        "uri": f"{world.address}/users/{person.handle}",
        "avatar": picture,
        "avatar_static": picture,
        "avatar_description": "",
        "header": picture,
        "header_static": picture,
        "header_description": "",
        "hide_collections": False,
        "show_featured": True,
        "show_media": True,
        "show_media_replies": True,
        "feature_approval": {"automatic": ["public"], "manual": [], "current_user": "automatic"},
        "followers_count": 0,
        "following_count": 0,
        "statuses_count": len(world.posts_of(person)),
        "last_status_at": None,
        "emojis": [],
        "fields": [],
    }


def own_account(world: World, person: Person) -> dict[str, Json]:
    source: dict[str, Json] = {
        "privacy": "public",
        "quote_policy": "public",
        "sensitive": False,
        "indexable": False,
        "hide_collections": False,
        "attribution_domains": [],
        "language": None,
        "note": "",
        "fields": [],
        "follow_requests_count": 0,
    }
    role: dict[str, Json] = {
        "id": "-99",
        "name": "",
        "permissions": "65536",
        "color": "",
        "highlighted": False,
        "collection_limit": 10,
    }
    return {**account(world, person), "source": source, "role": role}


def attachment(world: World, upload: Upload) -> dict[str, Json]:
    ready = upload.looks <= 0
    page = f"{world.address}/media/{upload.id}"
    size: dict[str, Json] = {
        "width": upload.width,
        "height": upload.height,
        "size": f"{upload.width}x{upload.height}",
        "aspect": upload.width / upload.height,
    }
    return {
        "id": upload.id,
        "type": "video" if upload.content_type.startswith("video/") else "image",
        "url": page if ready else None,
        "preview_url": page if ready else None,
        "remote_url": None,
        "preview_remote_url": None,
        "text_url": None,
        "meta": {"original": size, "small": size} if ready else None,
        "description": upload.description or None,
        "blurhash": None,
    }


def status(world: World, post: Post) -> dict[str, Json]:
    replied = world.posts.get(post.reply_to)
    return {
        "id": post.id,
        "created_at": stamp(post.created_at),
        "in_reply_to_id": post.reply_to or None,
        "in_reply_to_account_id": replied.person.id if replied else None,
        "sensitive": post.sensitive,
        "spoiler_text": post.warning,
        "visibility": post.visibility,
        "language": post.language or None,
        "uri": f"{world.address}/users/{post.person.handle}/statuses/{post.id}",
        "url": f"{world.address}/@{post.person.handle}/{post.id}",
        "replies_count": len(world.replies_to(post.id)),
        "reblogs_count": 0,
        "favourites_count": 0,
        "quotes_count": 0,
        "edited_at": None,
        "content": as_html(world, post.text),
        "reblog": None,
        "application": {"name": "Hawker", "website": None},
        "account": account(world, post.person),
        "media_attachments": [_attached(world, post, place) for place in range(len(post.uploads))],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": None,
        "quote": None,
        "tagged_collections": [],
    }


def _attached(world: World, post: Post, place: int) -> dict[str, Json]:
    """snac2 gives an upload another id once it is attached."""
    entity = attachment(world, post.uploads[place])
    return entity if world.manners.keeps_media_ids else {**entity, "id": f"{post.id}_{place}"}
