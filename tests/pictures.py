"""Pictures for tests."""

from io import BytesIO

from PIL import Image


def jpeg(width: int = 640, height: int = 480) -> bytes:
    """With so much in it that no network finds the file too small."""
    out = BytesIO()
    ground = Image.new("RGB", (width, height), (120, 160, 90))
    grain = Image.effect_noise((width, height), 40).convert("RGB")
    Image.blend(ground, grain, 0.2).save(out, "JPEG")
    return out.getvalue()
