"""Reading a video that came from outside, and packing it again without what it should not tell."""

import logging
from dataclasses import dataclass, field
from pathlib import Path

from hawker.connect.text import Sentence, say
from hawker.core.media import ffmpeg, pictures, probing, rules
from hawker.core.media.ffmpeg import Source
from hawker.core.media.probing import Probe
from hawker.core.problems import Invalid, Unavailable, invalid

log = logging.getLogger("hawker.media")

DAMAGED = say("This video is damaged or not whole. Save it again and choose it once more.")
NO_FFMPEG = say("Videos need ffmpeg, which this machine lacks. Tell whoever runs Hawker to install it.")
NO_ROOM = say("This machine could not look at the video just now. Try again in a moment.")


@dataclass(frozen=True, kw_only=True)
class Video:
    """A clean video in a file of its own: no place, no camera, no title; its index first; with a small
    picture of it (WebP)."""

    content_type: str
    suffix: str
    probe: Probe
    path: Path
    thumbnail: bytes = field(repr=False)


def read(path: Path, demuxer: str, folder: Path) -> Video:
    """Packs a video anew within `folder`. Raises Invalid where it is none that Hawker takes, Unavailable
    where this machine cannot look at videos."""
    try:
        return _read(Source(path, demuxer), folder)
    except ffmpeg.Missing as error:
        raise Unavailable(NO_FFMPEG) from error
    except ffmpeg.Killed as error:
        raise Unavailable(NO_ROOM) from error
    except ffmpeg.Failed as error:
        log.info("media.damaged error=%s", str(error).strip().rpartition("\n")[2])
        raise _refused(DAMAGED) from error


def _read(source: Source, folder: Path) -> Video:
    claimed = _look(source)
    kept_as = rules.container_for(claimed.video, claimed.audio)
    if not kept_as:
        codecs = " + ".join(claimed.codecs)
        raise _refused(
            say("Hawker does not know this kind of video (%(codecs)s). Save it as MP4.", codecs=codecs)
        )
    clean = folder / f"clean.{kept_as}"
    ffmpeg.convert(source, _packed(claimed, clean), seconds=rules.REMUX_SECONDS)
    content_type = rules.VIDEO_TYPES[kept_as]
    kept = Source(clean, rules.DEMUXERS[content_type])
    probe = _look(kept)
    if not probe.seconds or probe.seconds < claimed.seconds * rules.WHOLE:
        raise _refused(DAMAGED)
    return Video(
        content_type=content_type, suffix=kept_as, probe=probe, path=clean, thumbnail=_frame(kept, probe)
    )


def _look(source: Source) -> Probe:
    probe = probing.read(ffmpeg.describe(source))
    if probe is None:
        raise _refused(DAMAGED)
    if probe.width * probe.height > rules.VIDEO_PIXELS:
        raise _refused(
            say(
                "This video has too many pixels: %(limit)s million at most.",
                limit=rules.VIDEO_PIXELS // 1_000_000,
            )
        )
    if probe.seconds > rules.VIDEO_SECONDS:
        raise _refused(
            say("This video is too long: %(limit)s hours at most.", limit=rules.VIDEO_SECONDS // 3600)
        )
    return probe


def _packed(probe: Probe, target: Path) -> list[str]:
    """Only the first picture and the first sound: other streams tell where a camera was."""
    tag = ["-tag:v", "hvc1"] if probe.video == "hevc" else []
    return [
        *("-map", "0:V:0", "-map", "0:a:0?", "-c", "copy", *tag),
        *("-map_metadata", "-1", "-map_metadata:s:v", "-1", "-map_metadata:s:a", "-1", "-map_chapters", "-1"),
        *("-fflags", "+bitexact", "-movflags", "+faststart", f"file:{target}"),
    ]


def _frame(source: Source, probe: Probe) -> bytes:
    """A little after the beginning, which is often black."""
    target = source.path.with_suffix(".png")
    words = ["-map", "0:V:0", "-frames:v", "1", "-c:v", "png", "-f", "image2", f"file:{target}"]
    at = ("-ss", f"{min(1.0, probe.seconds / 3):.2f}")
    ffmpeg.convert(source, words, before=at, seconds=rules.PROBE_SECONDS)
    if not target.exists():
        raise ffmpeg.Failed("there is no picture in it")
    return pictures.small(target)


def _refused(sentence: Sentence) -> Invalid:
    return invalid("media", sentence)
