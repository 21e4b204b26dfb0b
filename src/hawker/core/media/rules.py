"""What files Hawker takes in. Limits stand before decoding, so that a small file cannot fill the memory."""

FILE_BYTES = 32 * 2**20
PIXELS = 64_000_000
SIDE = 16_000
THUMBNAIL_SIDE = 480

VIDEO_BYTES = 2**30
# As long as the networks take them at most (240 minutes, 2026).
VIDEO_SECONDS = 4 * 3600
VIDEO_PIXELS = 36_000_000
PROBE_SECONDS = 20
REMUX_SECONDS = 300

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
