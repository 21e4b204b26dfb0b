"""Pictures for tests."""

from io import BytesIO

from PIL import Image

GREEN = (120, 160, 90)


def jpeg(width: int = 640, height: int = 480) -> bytes:
    return drawn("JPEG", width, height)


def drawn(kind: str, width: int = 640, height: int = 480) -> bytes:
    """With some grain: there are networks for which a file can be too small."""
    out, size = BytesIO(), (width, height)
    grain = Image.effect_noise(size, 60).convert("RGB")
    Image.blend(Image.new("RGB", size, GREEN), grain, 0.2).save(out, kind)
    return out.getvalue()
