"""What YouTube will refuse of a draft, beyond the limits that all networks share."""

from collections.abc import Iterator

from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Problem
from hawker.platforms.youtube import options as opt
from hawker.platforms.youtube.limits import SHORT_SECONDS, UNVERIFIED_SECONDS
from hawker.platforms.youtube.options import is_short, publish_at, tags_length, tags_of, title_of

TAGS = 500


def problems(draft: Draft, limits: Limits) -> Iterator[Problem]:
    if draft.reply_to:
        yield from _of_comment(draft)
        return
    yield from _of_text(draft)
    yield from of_media(draft, limits)
    yield from _of_options(draft)


def _of_comment(draft: Draft) -> Iterator[Problem]:
    """Its options are those of the video it follows."""
    if not draft.text.strip():
        yield Problem(field="text", sentence=say("A comment at YouTube needs a text."))
    if draft.media:
        yield Problem(
            field="media",
            sentence=say("A comment at YouTube has neither pictures nor videos. Take them out."),
        )
    if draft.options.get(opt.KIDS) == opt.YES:
        sentence = say("YouTube allows no comments under videos made for kids. Empty the comment.")
        yield Problem(field="text", sentence=sentence)
    if draft.options.get(opt.PRIVACY) == opt.PRIVATE or draft.options.get(opt.PUBLISH_AT):
        sentence = say(
            "YouTube takes no comments while a video is private. Empty the comment, or let Hawker choose the "
            "time instead of YouTube."
        )
        yield Problem(field="text", sentence=sentence)


def _of_text(draft: Draft) -> Iterator[Problem]:
    title = title_of(draft)
    if not title:
        sentence = say("Give the video a title, or write a text: its first line becomes the title.")
        yield Problem(field=opt.TITLE, sentence=sentence)
    if len(title) > opt.TITLE_LENGTH:
        sentence = say("A title at YouTube has at most 100 letters. Shorten it.")
        yield Problem(field=opt.TITLE, sentence=sentence)
    sentence = say("YouTube takes neither < nor >. Take them out, or write ‹ and ›.")
    for field, text in ((opt.TITLE, draft.options.get(opt.TITLE, "")), ("text", draft.text)):
        if set("<>") & set(text):
            yield Problem(field=field, sentence=sentence)


def of_media(draft: Draft, limits: Limits) -> Iterator[Problem]:
    videos = [medium for medium in draft.media if medium.is_video]
    pictures = len(draft.media) - len(videos)
    if not videos:
        sentence = say("YouTube takes videos only. Add a video; a picture beside it becomes its thumbnail.")
        yield Problem(field="media", sentence=sentence)
    if len(videos) > 1:
        yield Problem(field="media", sentence=say("YouTube takes one video in a post. Take the others out."))
    if pictures > 1:
        sentence = say("A video at YouTube has one thumbnail. Take the other pictures out.")
        yield Problem(field="media", sentence=sentence)
    if pictures and limits.video_seconds <= UNVERIFIED_SECONDS:
        sentence = say(
            "YouTube takes thumbnails of your own once your channel’s phone number is verified, at "
            "youtube.com/verify. Do that and check the channel here, or take the picture out."
        )
        yield Problem(field="media", sentence=sentence)
    if is_short(draft) and any(video.seconds > SHORT_SECONDS for video in videos):
        sentence = say("A Short at YouTube lasts three minutes at most. Cut the video, or choose “Video”.")
        yield Problem(field="media", sentence=sentence)


def _of_options(draft: Draft) -> Iterator[Problem]:
    if draft.options.get(opt.KIDS) not in {opt.YES, opt.NO}:
        sentence = say("Say whether this video is made for kids. The law wants YouTube to know.")
        yield Problem(field=opt.KIDS, sentence=sentence)
    if draft.options.get(opt.PRIVACY, "") not in {"", opt.PUBLIC, opt.UNLISTED, opt.PRIVATE}:
        yield Problem(field=opt.PRIVACY, sentence=say("Choose one of those offered."))
    if tags_length(tags_of(draft.options)) > TAGS:
        sentence = say("All tags together have at most 500 letters at YouTube. Take some out.")
        yield Problem(field=opt.TAGS, sentence=sentence)
    yield from _of_time(draft)


def _of_time(draft: Draft) -> Iterator[Problem]:
    try:
        at = publish_at(draft.options)
    except ValueError:
        sentence = say(
            "Write the time with its zone, such as 2026-12-01 10:00 +08:00, or leave it empty: Hawker "
            "publishes at the time of this post."
        )
        yield Problem(field=opt.PUBLISH_AT, sentence=sentence)
        return
    if at and draft.options.get(opt.PRIVACY, "") not in {"", opt.PUBLIC}:
        sentence = say("A video that YouTube publishes by itself becomes public. Choose that, or no time.")
        yield Problem(field=opt.PUBLISH_AT, sentence=sentence)
