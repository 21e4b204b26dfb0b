"""What files Hawker takes in, and what must become of them so that a network takes them.

Limits stand before decoding, so that a small file cannot fill the memory.
"""

from dataclasses import dataclass

from hawker.connect.shapes import JPEG, MP4, PictureShape, Shape, VideoShape
from hawker.connect.text import Sentence, say
from hawker.connect.values import Media
from hawker.core.media import sizes
from hawker.core.media.sizes import Bounds, Size

FILE_BYTES = 32 * 2**20
PIXELS = 64_000_000
SIDE = 16_000
THUMBNAIL_SIDE = 480

VIDEO_BYTES = 2**30
TOO_LARGE = say("This video is too large: %(limit)s MB at most.", limit=VIDEO_BYTES // 2**20)
# As long as the networks take them at most (240 minutes, 2026).
VIDEO_SECONDS = 4 * 3600
VIDEO_PIXELS = 36_000_000
PROBE_SECONDS = 20
REMUX_SECONDS = 300
# What is left of a whole file when it is packed anew: containers round the end of a stream.
WHOLE = 0.9

# Pillow's name of the content → the format it is kept in. MPO is what many phones call a JPEG with a
# second picture inside; only the first is kept.
KEPT_AS: dict[str, str] = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "GIF"}
CONTENT_TYPES: dict[str, str] = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}

# What of ffmpeg's many decoders files from outside may reach.
DECODERS = (
    *("h264", "hevc", "mpeg4", "vp8", "vp9", "av1", "libdav1d", "prores", "mjpeg", "png"),
    *("aac", "mp3", "mp3float", "alac", "ac3", "eac3", "opus", "libopus", "vorbis", "libvorbis"),
    *("pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_f32le"),
)
VIDEO_TYPES: dict[str, str] = {"mp4": "video/mp4", "webm": "video/webm", "mov": "video/quicktime"}
# ffmpeg's name of the format that a kept video is read as.
DEMUXERS: dict[str, str] = {"video/mp4": "mov", "video/quicktime": "mov", "video/webm": "matroska"}
_STILL = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"crx ")
_HELD: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    ("webm", frozenset({"vp8", "vp9"}), frozenset({"", "opus", "vorbis"})),
    (
        "mp4",
        frozenset({"h264", "hevc", "av1", "mpeg4", "vp9"}),
        frozenset({"", "aac", "mp3", "ac3", "eac3", "alac", "opus"}),
    ),
    ("mov", frozenset({"h264", "hevc", "mpeg4", "prores", "mjpeg"}), frozenset(DECODERS)),
)


def fits(width: int, height: int) -> bool:
    return 0 < width <= SIDE and 0 < height <= SIDE and width * height <= PIXELS


def demuxer_of(head: bytes) -> str:
    """ffmpeg's name of the format of a video, by its first bytes; empty where Hawker takes none such."""
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "matroska"
    kind, brand = head[4:8], head[8:12]
    if kind == b"ftyp":
        return "" if brand in _STILL else "mov"
    return "mov" if kind in (b"moov", b"mdat", b"wide") else ""


def container_for(video: str, audio: str) -> str:
    """In which format streams of these codecs are kept; empty where there is none."""
    return next((name for name, videos, audios in _HELD if video in videos and audio in audios), "")


GIF, PNG = "image/gif", "image/png"
NAMES = {JPEG: "JPEG", PNG: "PNG", GIF: "GIF", "image/webp": "WebP", MP4: "MP4 (H.264)"}
WRITTEN = (JPEG, PNG, "image/webp")
# What every network that takes MP4 plays.
PLAYED = {("h264",), ("h264", "aac")}
# Frames a second are measured: 30 may read as 30.02.
RATE_MARGIN = 0.5
# Containers round a length up to whole frames.
LENGTH_MARGIN = 0.1
SOUND_KBITS = 128
BEST_KBITS = 25_000
# Below this a video is a smear, however small it is made.
LEAST_KBITS = 150 + SOUND_KBITS
# The longest side that so many kbit/s can fill.
SIDES_BY_KBITS = ((500, 640), (1200, 960), (2500, 1280), (5000, 1920))


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What is made of a medium. `bytes`: the largest file. `size` is the largest within `bounds`. Of videos:
    `rate`, frames a second; `kbits`, of picture and sound together at most; where it is `copied` the streams
    stay as they are."""

    content_type: str
    bytes: int
    bounds: Bounds
    size: Size
    rate: float = 0
    kbits: int = 0
    copied: bool = False


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Nothing is to be done; or a recipe, with sentences that tell what will change; or a problem that only
    the author can mend."""

    recipe: Recipe | None = None
    changes: tuple[Sentence, ...] = ()
    problem: Sentence | None = None


AS_IT_IS = Decision()
NO_VIDEOS = Decision(problem=say("This network takes no videos here. Take a picture, or leave it out."))
NO_PICTURES = Decision(problem=say("This network takes no pictures here. Take a video, or leave it out."))


def decide(medium: Media, shape: Shape | None) -> Decision:
    """What must change so that a medium fits a shape."""
    if shape is None:
        return AS_IT_IS
    if isinstance(shape, VideoShape):
        return _decide_video(medium, shape) if medium.is_video and shape.types else _none_such(medium)
    return _decide_picture(medium, shape) if not medium.is_video and shape.types else _none_such(medium)


def _none_such(medium: Media) -> Decision:
    return NO_VIDEOS if medium.is_video else NO_PICTURES


def _decide_picture(medium: Media, shape: PictureShape) -> Decision:
    bounds = _bounds(shape)
    size = sizes.within(medium.width, medium.height, bounds)
    recipe = Recipe(content_type=_picture_type(medium, shape), bytes=shape.bytes, bounds=bounds, size=size)
    changes = _changes(medium, recipe, shape)
    if changes and medium.content_type == GIF:
        return Decision(problem=_gif(medium, shape))
    return Decision(recipe=recipe, changes=changes) if changes else AS_IT_IS


def _picture_type(medium: Media, shape: PictureShape) -> str:
    """A PNG that is too large becomes a JPEG where that is taken: it has no coarser steps of its own."""
    if medium.content_type not in shape.types:
        return next((each for each in shape.types if each in WRITTEN), JPEG)
    heavy_png = medium.size > shape.bytes and medium.content_type == PNG
    return JPEG if heavy_png and JPEG in shape.types else medium.content_type


def _gif(medium: Media, shape: PictureShape) -> Sentence:
    """Hawker does not take animations apart."""
    if GIF not in shape.types:
        return say("This network does not take GIF pictures. Take a JPEG or a PNG, or a video.")
    if medium.size > shape.bytes:
        return say("This GIF is too large: %(limit)s at most. Make it smaller.", limit=weight(shape.bytes))
    return say("This GIF has another size than this network takes. Take a JPEG or a PNG, or a video.")


def _decide_video(medium: Media, shape: VideoShape) -> Decision:
    problem = _length(medium, shape)
    if problem:
        return Decision(problem=problem)
    if not _must_encode(medium, shape):
        return AS_IT_IS if medium.content_type in shape.types else _repacked(medium, shape)
    kbits = _kbits(medium, shape)
    if kbits < LEAST_KBITS:
        limit = weight(shape.bytes)
        return Decision(problem=say("This video is too long to fit into %(limit)s. Cut it.", limit=limit))
    bounds = _bounds(shape, side=_side(shape, kbits), step=2)
    size = sizes.within(medium.width, medium.height, bounds)
    rate = min(medium.rate or shape.rate, shape.rate)
    recipe = Recipe(content_type=MP4, bytes=shape.bytes, bounds=bounds, size=size, rate=rate, kbits=kbits)
    return Decision(recipe=recipe, changes=_changes(medium, recipe, shape))


def _length(medium: Media, shape: VideoShape) -> Sentence | None:
    if shape.longest and medium.seconds > shape.longest + LENGTH_MARGIN:
        return say(
            "This video lasts %(length)s; at most %(limit)s fits here. Cut it.",
            length=span(medium.seconds),
            limit=span(shape.longest),
        )
    if medium.seconds < shape.shortest - LENGTH_MARGIN:
        return say(
            "This video lasts %(length)s; at least %(limit)s is needed here. Take a longer one.",
            length=span(medium.seconds),
            limit=span(shape.shortest),
        )
    return None


def _must_encode(medium: Media, shape: VideoShape) -> bool:
    size = sizes.within(medium.width, medium.height, _bounds(shape))
    strange = medium.content_type not in shape.types or medium.content_type == MP4
    return (
        (size.width, size.height) != (medium.width, medium.height)
        or medium.size > shape.bytes
        or medium.rate > shape.rate + RATE_MARGIN
        or bool(strange and medium.codecs and medium.codecs not in PLAYED)
    )


def _repacked(medium: Media, shape: VideoShape) -> Decision:
    """Only the container is another one than the network takes."""
    bounds = Bounds()
    size = sizes.within(medium.width, medium.height, bounds)
    recipe = Recipe(content_type=MP4, bytes=shape.bytes, bounds=bounds, size=size, copied=True)
    return Decision(recipe=recipe, changes=_changes(medium, recipe, shape))


def _kbits(medium: Media, shape: VideoShape) -> int:
    """So that the file stays below the limit whatever is in it: the second more is what an encoder may be
    ahead of its mean, the rest what the container needs."""
    return min(int(shape.bytes * 8 * 0.95 / 1000 / (medium.seconds + 1)), BEST_KBITS)


def _side(shape: VideoShape, kbits: int) -> int | None:
    filled = next((side for most, side in SIDES_BY_KBITS if kbits < most), None)
    return min(filled, shape.side) if filled and shape.side else filled or shape.side


def _bounds(shape: Shape, *, side: int | None = None, step: int = 1) -> Bounds:
    pixels = shape.pixels if isinstance(shape, PictureShape) else None
    return Bounds(
        pixels=pixels, side=side or shape.side, narrowest=shape.narrowest, widest=shape.widest, step=step
    )


def _changes(medium: Media, recipe: Recipe, shape: Shape) -> tuple[Sentence, ...]:
    size = recipe.size
    found = []
    if recipe.content_type != medium.content_type or (medium.is_video and _is_strange(medium)):
        found.append(
            say("Its format becomes %(kind)s.", kind=NAMES.get(recipe.content_type, recipe.content_type))
        )
    if size.has_ground:
        found.append(_ground(medium, size, shape))
    if size.inner_width < medium.width - 1 and size.inner_height < medium.height - 1:
        found.append(say("It is made smaller: %(width)s × %(height)s.", width=size.width, height=size.height))
    if medium.size > recipe.bytes:
        found.append(say("Its file is made smaller: %(limit)s at most.", limit=weight(recipe.bytes)))
    if recipe.rate and medium.rate > recipe.rate + RATE_MARGIN:
        found.append(say("It gets %(rate)s frames a second.", rate=f"{recipe.rate:g}"))
    return tuple(found)


def _is_strange(medium: Media) -> bool:
    return bool(medium.codecs) and medium.codecs not in PLAYED


def _ground(medium: Media, size: Size, shape: Shape) -> Sentence:
    ratio = medium.width / medium.height
    if shape.narrowest and ratio < shape.narrowest:
        reached = sizes.named(shape.narrowest)
        return say("It gets a ground of its own colours at the sides, to reach %(ratio)s.", ratio=reached)
    reached = sizes.named(shape.widest or size.width / size.height)
    return say("It gets a ground of its own colours above and below, to reach %(ratio)s.", ratio=reached)


def weight(size: int) -> str:
    return f"{size / 2**20:.3g} MB" if size >= 2**20 else f"{size // 2**10} KB"


def span(seconds: float) -> str:
    """As people write it: 2:20, 1:00:05."""
    hours, rest = divmod(int(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
