"""What a page of a network that Hawker does not know is taken to hold.

These limits are Hawker's own, and generous, since it knows no network's: where a page takes less, its network
says so as she posts. Pictures and videos may stand in one post.
"""

from hawker.connect.shapes import JPEG, MP4, PNG
from hawker.connect.values import Limits

LIMITS = Limits(
    text=5000,
    media=10,
    alt_text=1000,
    image_bytes=20 * 2**20,
    image_pixels=40_000_000,
    image_types=(JPEG, PNG),
    video_bytes=2**30,
    video_seconds=10 * 60,
    video_types=(MP4,),
    by_hand=True,
)
