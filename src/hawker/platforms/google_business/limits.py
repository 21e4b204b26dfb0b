"""What Google takes of a local post."""

from hawker.connect.shapes import JPEG, PNG
from hawker.connect.values import Limits

# Help page “Business Profile photo and video guidelines” (2026-11): JPEG or PNG, 5 MB. Of the 1500 letters no
# page of Google's tells; all who post through its API know them.
LIMITS = Limits(
    text=1_500,
    media=1,
    alt_text=4_096,
    image_bytes=5_000_000,
    image_pixels=16_000_000,
    image_types=(JPEG, PNG),
)


def count(text: str) -> int:
    """In UTF-16, as Google does not say how it counts: it cannot be more by any other count."""
    return len(text.encode("utf-16-le")) // 2
