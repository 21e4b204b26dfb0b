"""What Bluesky takes, and what one server of it said of itself."""

from dataclasses import replace

from pydantic import BaseModel, Field, ValidationError

from hawker.connect.values import Limits

# What older servers hold to; newer ones take 2,000,000 bytes (lexicon app.bsky.embed.images, 2026-08-20).
MODEST_BYTES = 1_000_000
# Lexicons app.bsky.feed.post and app.bsky.embed.images of 2026-08-20. The lexicon knows no limit for
# alternative text; the network's own app stops at 2,000 characters.
LIMITS = Limits(
    text=300,
    text_bytes=3000,
    media=4,
    alt_text=2000,
    image_bytes=MODEST_BYTES,
    image_pixels=50_000_000,
    image_types=("image/jpeg", "image/png", "image/webp"),
)


class _Server(BaseModel):
    """com.atproto.server.describeServer"""

    blob_bytes: int = Field(default=LIMITS.image_bytes, alias="blobUploadLimit", gt=0)


def read_limits(described: bytes) -> Limits:
    try:
        server = _Server.model_validate_json(described)
    except ValidationError:
        return LIMITS
    return replace(LIMITS, image_bytes=min(LIMITS.image_bytes, server.blob_bytes))
