"""What a note may hold."""

from collections.abc import Iterator, Mapping, Sequence

from hawker.connect.length import utf16_units
from hawker.connect.shapes import JPEG, MP4, PNG, PictureShape, Shape, VideoShape
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Problem

TITLE = "title"
# As its app and its creator pages (creator.xiaohongshu.com) are known to say; no document of it could be
# opened when this was written (2026-11-23). Whether an emoji counts as one or two is not told: two is always
# taken.
TITLE_LENGTH = 20
# Its pages take larger files; these are what every phone app is known to take.
VIDEO_SECONDS = 15 * 60.0
VIDEO_BYTES = 500 * 2**20
NARROWEST, WIDEST = 3 / 4, 2.0

LIMITS = Limits(
    text=1000,
    media=18,
    alt_text=1000,
    image_bytes=20 * 2**20,
    image_pixels=40_000_000,
    image_types=(JPEG, PNG),
    video_bytes=VIDEO_BYTES,
    video_seconds=VIDEO_SECONDS,
    video_types=(MP4,),
    by_hand=True,
)


def title_of(options: Mapping[str, str]) -> str:
    return options.get(TITLE, "").strip()


def problems(draft: Draft) -> Iterator[Problem]:
    if draft.reply_to is not None:
        return
    videos = sum(medium.is_video for medium in draft.media)
    if not draft.media:
        yield Problem(field="media", sentence=say("A note needs a picture or a video. Add one."))
    if videos > 1 or (videos and len(draft.media) > videos):
        sentence = say("A note holds pictures, or one video. Take the others out.")
        yield Problem(field="media", sentence=sentence)
    over = utf16_units(title_of(draft.options)) - TITLE_LENGTH
    if over > 0:
        sentence = say("The title is too long by %(over)s: at most %(most)s.", over=over, most=TITLE_LENGTH)
        yield Problem(field=TITLE, sentence=sentence)


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    return [_video(limits) if medium.is_video else _picture(limits) for medium in draft.media]


def _picture(limits: Limits) -> PictureShape:
    return PictureShape(
        types=limits.image_types,
        bytes=limits.image_bytes,
        pixels=limits.image_pixels,
        narrowest=NARROWEST,
        widest=WIDEST,
    )


def _video(limits: Limits) -> VideoShape:
    return VideoShape(bytes=limits.video_bytes, longest=limits.video_seconds, types=limits.video_types)
