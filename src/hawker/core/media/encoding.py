"""Making a video right: H.264 and AAC in an MP4 with its index first, within a size, a ratio and a rate."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hawker.core.media import ffmpeg, probing, rules
from hawker.core.media.ffmpeg import Hear, Source
from hawker.core.media.probing import Probe
from hawker.core.media.rules import Recipe
from hawker.core.media.sizes import Size

# For each second of the video, on a slow machine.
SECONDS_A_SECOND = 30
LEAST_SECONDS, MOST_SECONDS = 300, 6 * 3600
ATTEMPTS = 3
# By so much less, where the file came out too large after all.
FEWER = 0.8
HDR = ("smpte2084", "arib-std-b67")
TO_SDR = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p,"
)


def encode(
    source: Source,
    recipe: Recipe,
    target: Path,
    hear: Hear | None = None,
    stop: threading.Event | None = None,
) -> Probe:
    """Writes the video to `target`. `hear` is told which part of it is done, from 0 to 1. Raises as
    `ffmpeg.convert` does."""
    printed = ffmpeg.describe(source)
    seconds = _whole(printed).seconds
    limit = min(LEAST_SECONDS + seconds * SECONDS_A_SECOND, MOST_SECONDS)
    for _ in range(ATTEMPTS):
        words = [*(_copied() if recipe.copied else _encoded(recipe, printed)), *_mp4(target)]
        ffmpeg.convert(source, words, seconds=limit, hear=_part_of(seconds, hear), stop=stop)
        if target.stat().st_size <= recipe.bytes:
            return _whole(ffmpeg.describe(Source(target, "mov")), seconds)
        recipe = replace(recipe, kbits=int(recipe.kbits * FEWER), copied=False)
    raise ffmpeg.Failed("too large after all")


def _whole(printed: str, least: float = 0) -> Probe:
    probe = probing.read(printed)
    if probe is None or probe.seconds < least * rules.WHOLE:
        raise ffmpeg.Failed("not whole")
    return probe


def _part_of(seconds: float, hear: Hear | None) -> Hear | None:
    return hear and (lambda done: hear(min(done / seconds, 1.0) if seconds else 0.0))


def _copied() -> list[str]:
    return ["-map", "0:v:0", "-map", "0:a:0?", "-c", "copy"]


def _mp4(target: Path) -> list[str]:
    return ["-map_metadata", "-1", "-fflags", "+bitexact", "-movflags", "+faststart", f"file:{target}"]


def _encoded(recipe: Recipe, printed: str) -> list[str]:
    kbits = recipe.kbits - rules.SOUND_KBITS
    return [
        *("-filter_complex", _filter(recipe, printed), "-map", "[made]", "-map", "0:a:0?"),
        *("-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-crf", "21"),
        *("-maxrate", f"{kbits}k", "-bufsize", f"{kbits}k"),
        *("-g", str(max(2, round(recipe.rate * 2))), "-flags", "+cgop"),
        *("-c:a", "aac", "-b:a", f"{rules.SOUND_KBITS}k", "-ac", "2", "-ar", "48000"),
    ]


def _filter(recipe: Recipe, printed: str) -> str:
    size = recipe.size
    colours = TO_SDR if _is_hdr(printed) else ""
    begin = f"[0:v:0]fps={recipe.rate:g},{colours}"
    film = f"scale={size.inner_width}:{size.inner_height}:flags=lanczos,setsar=1"
    if not size.has_ground:
        return f"{begin}{film},format=yuv420p[made]"
    return ";".join(_on_ground(begin, film, size))


def _on_ground(begin: str, film: str, size: Size) -> Sequence[str]:
    """What lies around it is the video itself, enlarged until it covers all, and blurred."""
    small = f"{max(16, size.width // 32 * 2)}:{max(16, size.height // 32 * 2)}"
    blurred = f"scale={small}:force_original_aspect_ratio=increase,crop={small},gblur=sigma=3"
    return (
        f"{begin}split[under][over]",
        f"[under]{blurred},scale={size.width}:{size.height}:flags=bicubic,setsar=1[ground]",
        f"[over]{film}[film]",
        "[ground][film]overlay=(W-w)/2:(H-h)/2,format=yuv420p[made]",
    )


def _is_hdr(printed: str) -> bool:
    line = next((each for each in printed.splitlines() if ": Video: " in each), "")
    return any(each in line for each in HDR)
