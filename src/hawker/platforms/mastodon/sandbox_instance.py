"""What the pretend Mastodon says of itself, and its limits (documentation, entities/Instance, 2026-07-02)."""

from hawker.connect.http import Json
from hawker.platforms.mastodon.sandbox_world import World

VERSION, API_VERSION = "4.6.1", 11
TITLE = "A pretend Mastodon"
DESCRIPTION = "A server for trying things out. Nothing here leaves this computer."
TEXT, MEDIA, ALT_TEXT, URL_WEIGHT = 500, 4, 1_500, 23
IMAGE_BYTES, IMAGE_PIXELS = 16_777_216, 33_177_600
VIDEO_TYPES, VIDEO_BYTES = ("video/mp4", "video/quicktime", "video/webm"), 103_809_024
IMAGE_TYPES = ("image/jpeg", "image/png", "image/gif", "image/heic", "image/heif", "image/webp", "image/avif")


def instance(world: World) -> dict[str, Json]:
    """GET /api/v2/instance."""
    return {
        "domain": world.host,
        "title": TITLE,
        "version": VERSION,
        "source_url": "https://github.com/mastodon/mastodon",
        "description": DESCRIPTION,
        "usage": {"users": {"active_month": len(world.people)}},
        "thumbnail": {"url": f"{world.address}/preview.png", "description": ""},
        "icon": [],
        "languages": ["en"],
        "configuration": {
            **_configuration(),
            "urls": {"streaming": _streaming(world)},
            "vapid": {"public_key": ""},
            "translation": {"enabled": False},
            "limited_federation": False,
            "timelines_access": {
                name: {"local": "public", "remote": "public"}
                for name in ("live_feeds", "hashtag_feeds", "trending_link_feeds")
            },
        },
        "registrations": {"enabled": False, "approval_required": False, "message": None},
        "api_versions": {"mastodon": API_VERSION},
        "contact": {"email": "", "account": None},
        "rules": [],
    }


def old_instance(world: World) -> dict[str, Json]:
    """GET /api/v1/instance."""
    return {
        "uri": world.host,
        "title": TITLE,
        "short_description": DESCRIPTION,
        "description": DESCRIPTION,
        "email": "",
        "version": VERSION,
        "urls": {"streaming_api": _streaming(world)},
        "stats": {"user_count": len(world.people), "status_count": len(world.posts), "domain_count": 0},
        "thumbnail": f"{world.address}/preview.png",
        "languages": ["en"],
        "registrations": False,
        "approval_required": False,
        "invites_enabled": False,
        "configuration": _configuration(),
        "contact_account": None,
        "rules": [],
    }


def _configuration() -> dict[str, Json]:
    return {
        "accounts": {
            "max_featured_tags": 10,
            "max_pinned_statuses": 5,
            "max_display_name_length": 30,
            "max_note_length": 500,
            "max_avatar_description_length": 150,
            "max_header_description_length": 150,
            "max_profile_fields": 4,
            "profile_field_name_limit": 255,
            "profile_field_value_limit": 255,
        },
        "statuses": {
            "max_characters": TEXT,
            "max_media_attachments": MEDIA,
            "characters_reserved_per_url": URL_WEIGHT,
        },
        "media_attachments": {
            "supported_mime_types": [*IMAGE_TYPES, *VIDEO_TYPES],
            "description_limit": ALT_TEXT,
            "image_size_limit": IMAGE_BYTES,
            "image_matrix_limit": IMAGE_PIXELS,
            "video_size_limit": VIDEO_BYTES,
            "video_frame_rate_limit": 120,
            "video_matrix_limit": 8_294_400,
        },
        "polls": {
            "max_options": 4,
            "max_characters_per_option": 50,
            "min_expiration": 300,
            "max_expiration": 2_629_746,
        },
    }


def _streaming(world: World) -> str:
    return world.address.replace("http", "ws", 1)
