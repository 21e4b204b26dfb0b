"""Pictures for tests."""

from io import BytesIO

from PIL import Image


def jpeg(width: int = 640, height: int = 480) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (120, 160, 90)).save(out, "JPEG")
    return out.getvalue()
