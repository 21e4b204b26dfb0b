"""The kinds of post: which one a draft is, what each takes, and what is made of its pictures and videos."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from hawker.connect.shapes import JPEG, PNG, PictureShape, Shape, VideoShape
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Media, Problem

KIND, LINK, TITLE, AI = "kind", "link", "title", "made_with_ai"
POST, REEL, STORY, YES = "post", "reel", "story", "yes"
# Reels Publishing and Page Stories, read 2026-11-22. A side of 2048 is as large as Facebook shows pictures.
REEL_SECONDS, REEL_WIDTH, STORY_SECONDS, SIDE, UPRIGHT = (3, 90), 540, 60, 2048, 9 / 16
STORY_BYTES = 10_000_000
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)


def kind_of(options: Mapping[str, str]) -> str:
    return options.get(KIND) or POST


def videos(draft: Draft) -> list[Media]:
    return [medium for medium in draft.media if medium.is_video]


def pictures(draft: Draft) -> list[Media]:
    return [medium for medium in draft.media if not medium.is_video]


def shapes(draft: Draft, limits: Limits) -> Sequence[Shape | None]:
    kind = POST if draft.reply_to else kind_of(draft.options)
    picture = PictureShape(types=(JPEG, PNG), bytes=limits.image_bytes, side=SIDE)
    video = VideoShape(bytes=limits.video_bytes, longest=limits.video_seconds)
    if kind == REEL:
        video = replace(video, shortest=REEL_SECONDS[0], longest=REEL_SECONDS[1])
    if kind == STORY:
        picture = replace(picture, bytes=min(STORY_BYTES, limits.image_bytes))
        video = replace(video, longest=STORY_SECONDS)
    if kind in {REEL, STORY}:
        video = replace(video, narrowest=UPRIGHT, widest=UPRIGHT, side=1920)
    return [video if medium.is_video else picture for medium in draft.media]


def problems(draft: Draft) -> Iterator[Problem]:
    kind = kind_of(draft.options)
    if kind not in {POST, REEL, STORY}:
        yield Problem(field=KIND, sentence=say("Choose one of those offered."))
    elif draft.reply_to:
        yield from _of_comment(draft, kind)
    else:
        yield from {POST: _of_post, REEL: _of_reel, STORY: _of_story}[kind](draft)
        yield from _of_link(draft, kind)


def _of_comment(draft: Draft, kind: str) -> Iterator[Problem]:
    if kind == STORY:
        sentence = say("Nobody can comment on a story at Facebook. Take the first comment out.")
        yield Problem(field="text", sentence=sentence)
    if not draft.text.strip() and not draft.media:
        yield Problem(field="text", sentence=say("Write a comment."))
    if videos(draft) or len(draft.media) > 1:
        sentence = say("A comment at Facebook takes one picture and no video. Take the others out.")
        yield Problem(field="media", sentence=sentence)


def _of_post(draft: Draft) -> Iterator[Problem]:
    if not draft.text.strip() and not draft.media and not draft.options.get(LINK):
        yield Problem(field="text", sentence=say("Write a text, or add a link, a picture or a video."))
    if videos(draft) and len(draft.media) > 1 and not _has_cover(draft):
        sentence = say(
            "Facebook takes either pictures or one video; one picture beside the video is its cover. Take the"
            " others out."
        )
        yield Problem(field="media", sentence=sentence)


def _of_reel(draft: Draft) -> Iterator[Problem]:
    if len(videos(draft)) != 1 or not (len(draft.media) == 1 or _has_cover(draft)):
        sentence = say("A reel is one video; one picture beside it is its cover.")
        yield Problem(field="media", sentence=sentence)
    elif max(videos(draft)[0].width, videos(draft)[0].height * UPRIGHT) < REEL_WIDTH:
        sentence = say("This video is too small for a reel: 540 × 960 at least. Take a larger one.")
        yield Problem(field="media", sentence=sentence)


def _of_story(draft: Draft) -> Iterator[Problem]:
    if len(draft.media) != 1:
        yield Problem(field="media", sentence=say("A story is one picture or one video."))
    if draft.text.strip():
        sentence = say("Facebook shows no text with a story. Put it into the picture, and leave this empty.")
        yield Problem(field="text", sentence=sentence)


def _of_link(draft: Draft, kind: str) -> Iterator[Problem]:
    link = draft.options.get(LINK, "").strip()
    if not link:
        return
    if not _ADDRESS.fullmatch(link) or not urlsplit(link).hostname:
        sentence = say("“%(link)s” is not a web address. It begins with https://", link=link[:100])
        yield Problem(field=LINK, sentence=sentence)
    if draft.media or kind != POST:
        sentence = say(
            "Facebook shows a link only where there are no pictures or videos. Take one of them out."
        )
        yield Problem(field=LINK, sentence=sentence)


def _has_cover(draft: Draft) -> bool:
    return len(videos(draft)) == 1 and len(pictures(draft)) == 1
