"""Reading what ffmpeg prints about a file."""

import re
from dataclasses import dataclass

_DURATION = re.compile(r"^  Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?),", re.MULTILINE)
_VIDEO = re.compile(r"^  Stream #0:\d+[^\n]*?: Video: (?![^\n]*\(attached pic\))(\w+)([^\n]*)$", re.MULTILINE)
_AUDIO = re.compile(r"^  Stream #0:\d+[^\n]*?: Audio: (\w+)", re.MULTILINE)
_SIZE = re.compile(r", (\d{1,6})x(\d{1,6})(?: \[SAR (\d+):(\d+) )?")
_RATE = re.compile(r", (\d+(?:\.\d+)?) fps")
_PIXELS = re.compile(r"(?:, )(yuvj?\d{3}p\w*|gray\w*|nv\w+|rgb\w+|gbrp\w*|yuva\w+|bgr\w*|pal8)")
_TURNED = re.compile(r"rotation of (-?\d+)")
PLAIN = ("yuv420p", "yuvj420p")


@dataclass(frozen=True, kw_only=True)
class Probe:
    """What is known of a video; `width` and `height` as people see it. `seconds` 0 where the file does not
    say; `audio` empty where there is none. `pixels` is ffmpeg's name of the way that colours are stored."""

    seconds: float
    width: int
    height: int
    rate: float
    video: str
    audio: str
    pixels: str

    @property
    def codecs(self) -> tuple[str, ...]:
        """A picture that few players show has the way its colours are stored behind its name."""
        video = self.video if self.pixels in PLAIN else f"{self.video}/{self.pixels}"
        return (video, self.audio) if self.audio else (video,)


def read(printed: str) -> Probe | None:
    """None where it holds no moving pictures."""
    video, duration = _VIDEO.search(printed), _DURATION.search(printed)
    size = _SIZE.search(video[2]) if video else None
    if video is None or size is None:
        return None
    rate, pixels, audio = _RATE.search(video[2]), _PIXELS.search(video[2]), _AUDIO.search(printed)
    width, height = _seen(size, printed[video.end() :].partition("\n  Stream #")[0])
    return Probe(
        seconds=_seconds(duration) if duration else 0.0,
        width=width,
        height=height,
        rate=float(rate[1]) if rate else 0.0,
        video=video[1],
        audio=audio[1] if audio else "",
        pixels=pixels[1] if pixels else "",
    )


def _seconds(duration: re.Match[str]) -> float:
    return int(duration[1]) * 3600 + int(duration[2]) * 60 + float(duration[3])


def _seen(size: re.Match[str], beside: str) -> tuple[int, int]:
    width, height = int(size[1]), int(size[2])
    if size[3] and int(size[3]) and int(size[4]):
        width = round(width * int(size[3]) / int(size[4]))
    turned = _TURNED.search(beside)
    return (height, width) if turned and abs(int(turned[1])) % 180 == 90 else (width, height)
