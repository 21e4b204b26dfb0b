"""What Bluesky takes, and what one server of it said of itself."""

from dataclasses import replace

from pydantic import BaseModel, Field, ValidationError

from hawker.connect.values import Limits
from hawker.platforms.bluesky.picture import PIXELS

# Lexicons app.bsky.feed.post and app.bsky.embed.images of 2026-08-20. The lexicon knows no limit for
# alternative text; the network's own app stops at 2,000 characters.
LIMITS = Limits(
    text=300,
    text_bytes=3000,
    media=4,
    alt_text=2000,
    image_bytes=2_000_000,
    image_pixels=PIXELS,
    image_types=("image/jpeg", "image/png", "image/webp", "image/gif"),
)


class _Server(BaseModel):
    """com.atproto.server.describeServer"""

    blob_bytes: int = Field(default=LIMITS.image_bytes, alias="blobUploadLimit", gt=0)


def read_limits(described: bytes) -> Limits:
    """`image_bytes` holds for what is uploaded: larger pictures are made smaller before."""
    try:
        server = _Server.model_validate_json(described)
    except ValidationError:
        return LIMITS
    return replace(LIMITS, image_bytes=min(LIMITS.image_bytes, server.blob_bytes))
