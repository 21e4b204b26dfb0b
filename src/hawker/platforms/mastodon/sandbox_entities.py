"""The entities that the pretend Mastodon answers with (documentation, entities/*, 2026-07-02)."""

from datetime import UTC, datetime

from hawker.connect.http import Json
from hawker.platforms.mastodon.sandbox_html import as_html
from hawker.platforms.mastodon.sandbox_world import Person, Post, Upload, World

VERSION = "4.6.0"
TEXT, MEDIA, ALT_TEXT, URL_WEIGHT = 500, 4, 1_500, 23
IMAGE_BYTES, IMAGE_PIXELS = 16_777_216, 33_177_600
IMAGE_TYPES = ("image/jpeg", "image/png", "image/gif", "image/heic", "image/heif", "image/webp", "image/avif")


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
        "header": picture,
        "header_static": picture,
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
        "sensitive": False,
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
        "type": "image",
        "url": page if ready else None,
        "preview_url": page if ready else None,
        "remote_url": None,
        "preview_remote_url": None,
        "text_url": None,
        "meta": {"original": size} if ready else None,
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
    }


def _attached(world: World, post: Post, place: int) -> dict[str, Json]:
    """snac2 gives an upload another id once it is attached."""
    entity = attachment(world, post.uploads[place])
    return entity if world.manners.keeps_media_ids else {**entity, "id": f"{post.id}_{place}"}


def configuration() -> dict[str, Json]:
    return {
        "accounts": {"max_featured_tags": 10, "max_pinned_statuses": 5},
        "statuses": {
            "max_characters": TEXT,
            "max_media_attachments": MEDIA,
            "characters_reserved_per_url": URL_WEIGHT,
        },
        "media_attachments": {
            "supported_mime_types": list(IMAGE_TYPES),
            "description_limit": ALT_TEXT,
            "image_size_limit": IMAGE_BYTES,
            "image_matrix_limit": IMAGE_PIXELS,
        },
    }


def instance(world: World) -> dict[str, Json]:
    """GET /api/v2/instance."""
    streaming = world.address.replace("http", "ws", 1)
    return {
        "domain": world.host,
        "title": "A pretend Mastodon",
        "version": VERSION,
        "source_url": "https://github.com/mastodon/mastodon",
        "description": "A server for trying things out. Nothing here leaves this computer.",
        "usage": {"users": {"active_month": len(world.people)}},
        "languages": ["en"],
        "configuration": {"urls": {"streaming": streaming}, **configuration()},
        "registrations": {"enabled": False, "approval_required": False, "message": None},
        "api_versions": {"mastodon": 8},
        "contact": {"email": "", "account": None},
        "rules": [],
    }


def old_instance(world: World) -> dict[str, Json]:
    """GET /api/v1/instance."""
    return {
        "uri": world.host,
        "title": "A pretend Mastodon",
        "short_description": "",
        "description": "A server for trying things out. Nothing here leaves this computer.",
        "email": "",
        "version": VERSION,
        "urls": {"streaming_api": world.address.replace("http", "ws", 1)},
        "stats": {"user_count": len(world.people), "status_count": len(world.posts), "domain_count": 0},
        "languages": ["en"],
        "registrations": False,
        "approval_required": False,
        "invites_enabled": False,
        "configuration": configuration(),
        "contact_account": None,
        "rules": [],
    }
