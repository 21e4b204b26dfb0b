"""Pictures and videos as core hands them to connectors: made right for the network, with an address."""

import io
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PIL import Image

from hawker.connect.platform import Platform
from hawker.connect.shapes import MP4, Shape
from hawker.connect.values import Draft, Limits, Media
from hawker.core.media import encoding, painting, rules
from hawker.core.media.ffmpeg import Source
from hawker.core.media.rules import Recipe
from tests.served import address_of
from tests.videos import video

ALTS = ("Steamed buns on a tray", "一壺茶 & <two> cups")
COLOURS = ("#8a3324", "#33658a", "#6b8e23", "#daa520")
WIDTH, HEIGHT = 640, 480
FILM_WIDTH, FILM_HEIGHT, FILM_SECONDS = 360, 640, 4


@cache
def _picture(kind: str, colour: str) -> bytes:
    """With some grain: there are networks for which a file can be too small."""
    file, size = io.BytesIO(), (WIDTH, HEIGHT)
    grain = Image.effect_noise(size, 60).convert("RGB")
    Image.blend(Image.new("RGB", size, colour), grain, 0.2).save(file, format=kind)
    return file.getvalue()


def picture(number: int, limits: Limits) -> Media:
    kind = "PNG" if "image/png" in limits.image_types else "JPEG"
    content = _picture(kind, COLOURS[number % len(COLOURS)])
    return medium(f"picture-{number}", f"image/{kind.lower()}", content, WIDTH, HEIGHT, number)


def film(number: int) -> Media:
    content = video(seconds=FILM_SECONDS, size=f"{FILM_WIDTH}x{FILM_HEIGHT}")
    return medium(f"film-{number}", MP4, content, FILM_WIDTH, FILM_HEIGHT, number, seconds=FILM_SECONDS)


def medium(  # noqa: PLR0917 - what makes a medium
    name: str, kind: str, content: bytes, width: int, height: int, number: int = 0, *, seconds: float = 0
) -> Media:
    return Media(
        id=name,
        content_type=kind,
        size=len(content),
        width=width,
        height=height,
        alt=ALTS[number % len(ALTS)],
        read=lambda: content,
        address=lambda: address_of(content, kind),
        seconds=seconds,
        rate=30 if seconds else 0,
        codecs=("h264", "aac") if seconds else (),
    )


def fits(platform: Platform, draft: Draft, limits: Limits) -> bool:
    """Whether nothing but making the media right stands between a draft and the network."""
    return not platform.publishes.check(draft, limits) and not any(
        rules.decide(each, shape).problem for each, shape in _shaped(platform, draft, limits)
    )


def made_right(platform: Platform, draft: Draft, limits: Limits) -> tuple[Media, ...]:
    return tuple(_made(each, shape) for each, shape in _shaped(platform, draft, limits))


def _shaped(platform: Platform, draft: Draft, limits: Limits) -> Iterable[tuple[Media, Shape | None]]:
    return zip(draft.media, platform.shapes(draft, limits), strict=True)


def _made(each: Media, shape: Shape | None) -> Media:
    recipe = rules.decide(each, shape).recipe
    if recipe is None:
        return each
    content = _content(each.read(), each.is_video, recipe)
    number = int(each.id.rpartition("-")[2])
    size = recipe.size
    return medium(
        each.id, recipe.content_type, content, size.width, size.height, number, seconds=each.seconds
    )


@cache
def _content(original: bytes, is_video: bool, recipe: Recipe) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source", Path(folder) / "made.mp4"
        source.write_bytes(original)
        if is_video:
            encoding.encode(Source(source, "mov"), recipe, target)
        else:
            painting.paint(source, recipe, target)
        return target.read_bytes()
