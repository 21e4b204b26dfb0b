"""What a server says of itself: its name in handles, its limits, whether it is Mastodon proper."""

from dataclasses import dataclass

from hawker.connect.errors import Refused
from hawker.connect.values import Limits
from hawker.platforms.mastodon.entity import Entity, entity
from hawker.platforms.mastodon.wire import Server

# What Mastodon 4.6 says unless its keeper changed it (documentation, entities/Instance, 2026-07-02).
LIMITS = Limits(
    text=500,
    media=4,
    alt_text=1_500,
    image_bytes=16_777_216,
    image_pixels=33_177_600,
    image_types=(
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/heic",
        "image/heif",
        "image/webp",
        "image/avif",
    ),
    url_weight=23,
    video_bytes=103_809_024,
    video_types=("video/mp4", "video/quicktime", "video/webm"),
)


@dataclass(frozen=True, kw_only=True)
class Instance:
    """`proper`: Mastodon 4.3 or later, and not a server that merely speaks its API."""

    domain: str
    limits: Limits
    proper: bool


async def ask_instance(server: Server) -> Instance:
    """Asks both editions of the question; a server that answers neither has Mastodon's usual limits."""
    said = await _ask(server, "/api/v2/instance") or await _ask(server, "/api/v1/instance")
    domain = said.text("domain") or said.text("uri").rpartition("://")[2] or server.host
    return Instance(
        domain=domain,
        limits=_limits(said),
        proper=said.entity("api_versions").amount("mastodon") is not None,
    )


async def _ask(server: Server, path: str) -> Entity:
    try:
        answer = await server.call("GET", path)
    except Refused:
        return Entity({})
    return entity(answer.json())


def _limits(said: Entity) -> Limits:
    """Pleroma and its kin say some of it in fields of their own, beside `configuration`."""
    posts = said.entity("configuration").entity("statuses")
    files = said.entity("configuration").entity("media_attachments")
    kinds = files.texts("supported_mime_types")
    films = tuple(kind for kind in kinds if kind.startswith("video/"))
    return Limits(
        text=posts.amount("max_characters") or said.amount("max_toot_chars") or LIMITS.text,
        media=posts.amount("max_media_attachments") or said.amount("max_media_attachments") or LIMITS.media,
        alt_text=files.amount("description_limit") or said.amount("description_limit") or LIMITS.alt_text,
        image_bytes=files.amount("image_size_limit") or said.amount("upload_limit") or LIMITS.image_bytes,
        image_pixels=files.amount("image_matrix_limit") or LIMITS.image_pixels,
        image_types=tuple(kind for kind in kinds if kind.startswith("image/")) or LIMITS.image_types,
        video_bytes=files.amount("video_size_limit") or said.amount("upload_limit") or LIMITS.video_bytes,
        video_types=films if kinds else LIMITS.video_types,
        url_weight=posts.amount("characters_reserved_per_url") or LIMITS.url_weight,
    )
