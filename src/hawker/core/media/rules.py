"""What files Hawker takes in. Limits stand before decoding, so that a small file cannot fill the memory."""

FILE_BYTES = 32 * 2**20
PIXELS = 64_000_000
SIDE = 16_000
THUMBNAIL_SIDE = 480

# Pillow's name of the content → the format it is kept in. MPO is what many phones call a JPEG with a
# second picture inside; only the first is kept.
KEPT_AS: dict[str, str] = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "GIF"}
CONTENT_TYPES: dict[str, str] = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}


def fits(width: int, height: int) -> bool:
    return 0 < width <= SIDE and 0 < height <= SIDE and width * height <= PIXELS
