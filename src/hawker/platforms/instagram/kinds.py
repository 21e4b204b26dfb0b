"""The kinds of post: what each takes, and what is made of its pictures and videos beforehand."""

import re
from collections.abc import Iterator, Mapping, Sequence

from hawker.connect.shapes import JPEG, PictureShape, Shape, VideoShape
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Media, Problem

KIND, WITH, IN_FEED, COVER_AT = "kind", "collaborators", "share_to_feed", "thumb_offset"
POST, REEL, STORY, NO = "post", "reel", "story", "no"
# "IG User media", read 2026-11-22: ratios of pictures, seconds and bytes of videos.
NARROWEST, WIDEST = 4 / 5, 1.91
REEL_SECONDS, STORY_SECONDS, STORY_BYTES, SIDE = (3, 900), (3, 60), 100_000_000, 1920
HASHTAGS, MENTIONS, PARTNERS = 30, 20, 3
# What is cut to the ratio of the first by so little is not worth a ground around it.
SLACK = 0.01
_HASHTAG = re.compile(r"(?<![\w&])#\w*[^\W\d_]\w*")
_MENTION = re.compile(r"(?<![\w@])@[A-Za-z0-9_.]+")
_NAME = re.compile(r"[A-Za-z0-9_.]{1,30}")
_MOMENT = re.compile(r"\d{1,3}(?:\.\d{1,3})?")


def kind_of(draft: Draft) -> str:
    """One video alone is always a reel ("IG User media", read 2026-11-22)."""
    kind = draft.options.get(KIND) or POST
    alone = len(draft.media) == 1 and draft.media[0].is_video
    return REEL if kind == POST and alone else kind


def videos(draft: Draft) -> list[Media]:
    return [medium for medium in draft.media if medium.is_video]


def covers(draft: Draft) -> list[Media]:
    """The pictures of a reel."""
    return [medium for medium in draft.media if not medium.is_video]


def partners(options: Mapping[str, str]) -> list[str]:
    return [name.lstrip("@") for name in re.split(r"[\s,、，]+", options.get(WITH, "")) if name.lstrip("@")]


def cover_at(options: Mapping[str, str]) -> float:
    """In seconds; 0 is the first frame, and where nothing was chosen."""
    typed = options.get(COVER_AT, "").strip()
    return float(typed) if _MOMENT.fullmatch(typed) else 0


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    kind = kind_of(draft)
    if kind == STORY:
        return [_upright(medium, limits, STORY_BYTES, STORY_SECONDS) for medium in draft.media]
    if kind == REEL:
        return [_upright(medium, limits, limits.video_bytes, REEL_SECONDS) for medium in draft.media]
    narrowest, widest = _ratios(draft)
    picture = PictureShape(types=(JPEG,), bytes=limits.image_bytes, narrowest=narrowest, widest=widest)
    video = VideoShape(
        bytes=limits.video_bytes,
        shortest=REEL_SECONDS[0],
        longest=REEL_SECONDS[1],
        side=SIDE,
        narrowest=narrowest,
        widest=widest,
    )
    return [video if medium.is_video else picture for medium in draft.media]


def _upright(medium: Media, limits: Limits, most: int, seconds: tuple[float, float]) -> Shape:
    """9:16 is advised, but no other ratio refused: nothing is done to it."""
    if not medium.is_video:
        return PictureShape(types=(JPEG,), bytes=limits.image_bytes)
    return VideoShape(bytes=most, shortest=seconds[0], longest=seconds[1], side=SIDE)


def _ratios(draft: Draft) -> tuple[float, float]:
    """Instagram cuts all of a carousel to the ratio of its first: each gets that ratio before, uncut."""
    if len(draft.media) < 2 or not draft.media[0].height:
        return NARROWEST, WIDEST
    first = draft.media[0].width / draft.media[0].height
    ratio = min(max(first, NARROWEST), WIDEST)
    return max(NARROWEST, ratio * (1 - SLACK)), min(WIDEST, ratio * (1 + SLACK))


def problems(draft: Draft) -> Iterator[Problem]:
    if (draft.options.get(KIND) or POST) not in {POST, REEL, STORY}:
        yield Problem(field=KIND, sentence=say("Choose one of those offered."))
    elif draft.reply_to:
        yield from _of_comment(draft)
    else:
        yield from {POST: _of_post, REEL: _of_reel, STORY: _of_story}[kind_of(draft)](draft)
        yield from _of_text(draft)
        yield from _of_partners(draft)


def _of_comment(draft: Draft) -> Iterator[Problem]:
    if draft.options.get(KIND) == STORY:
        sentence = say("A story takes no first comment. Take the comment out.")
        yield Problem(field="text", sentence=sentence)
    if not draft.text.strip():
        yield Problem(field="text", sentence=say("Write a comment."))
    if draft.media:
        sentence = say("A comment on Instagram takes words only. Take the pictures out.")
        yield Problem(field="media", sentence=sentence)


def _of_post(draft: Draft) -> Iterator[Problem]:
    if not draft.media:
        sentence = say("Instagram takes no posts of words alone. Add a picture or a video.")
        yield Problem(field="media", sentence=sentence)


def _of_reel(draft: Draft) -> Iterator[Problem]:
    if len(videos(draft)) != 1 or len(covers(draft)) > 1:
        sentence = say("A reel is one video; one picture beside it is its cover.")
        yield Problem(field="media", sentence=sentence)
        return
    seconds = videos(draft)[0].seconds
    typed = draft.options.get(COVER_AT, "").strip()
    if typed and not _MOMENT.fullmatch(typed):
        sentence = say("Give the moment for the cover in seconds, such as 2 or 4.5.")
        yield Problem(field=COVER_AT, sentence=sentence)
    elif seconds and cover_at(draft.options) > seconds:
        sentence = say("The moment for the cover lies behind the end of the video. Choose an earlier one.")
        yield Problem(field=COVER_AT, sentence=sentence)


def _of_story(draft: Draft) -> Iterator[Problem]:
    if len(draft.media) != 1:
        yield Problem(field="media", sentence=say("A story is one picture or one video."))
    if draft.text.strip():
        sentence = say("Instagram shows no text with a story. Put it into the picture, and leave this empty.")
        yield Problem(field="text", sentence=sentence)
    if partners(draft.options):
        yield Problem(field=WITH, sentence=say("A story has no collaborators. Leave this empty."))


def _of_text(draft: Draft) -> Iterator[Problem]:
    if len(_HASHTAG.findall(draft.text)) > HASHTAGS:
        sentence = say("Instagram takes at most 30 hashtags in a post. Take some out.")
        yield Problem(field="text", sentence=sentence)
    if len(_MENTION.findall(draft.text)) > MENTIONS:
        sentence = say("Instagram takes at most 20 mentions in a post. Take some out.")
        yield Problem(field="text", sentence=sentence)


def _of_partners(draft: Draft) -> Iterator[Problem]:
    named = partners(draft.options)
    if len(named) > PARTNERS:
        sentence = say("Instagram takes at most three collaborators. Take some out.")
        yield Problem(field=WITH, sentence=sentence)
    strange = next((name for name in named if not _NAME.fullmatch(name)), "")
    if strange:
        sentence = say("“%(name)s” is no name of an account at Instagram.", name=strange[:60])
        yield Problem(field=WITH, sentence=sentence)
