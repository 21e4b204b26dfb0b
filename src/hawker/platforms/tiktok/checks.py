"""What TikTok will refuse of a draft, beyond the limits that all networks share."""

from collections.abc import Iterator

from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Media, Problem
from hawker.platforms.tiktok import options as opt
from hawker.platforms.tiktok.limits import LONGEST, PHOTO_TITLE, SLOWEST, SMALLEST_SIDE, VIDEO_TEXT, units


def problems(draft: Draft, limits: Limits) -> Iterator[Problem]:
    if draft.reply_to:
        sentence = say(
            "TikTok lets no program comment. Empty the first comment and write it in the TikTok app."
        )
        yield Problem(field="reply_to", sentence=sentence)
        return
    yield from _of_media(draft)
    yield from _of_words(draft)
    if opt.is_direct(draft):
        yield from _of_privacy(draft, limits)
        yield from _of_doors(draft, limits)
    yield from _of_cover(draft)


def overfull(draft: Draft, limits: Limits) -> Iterator[Problem]:
    """What all networks share: said while she writes, and once more by what the account may do now."""
    if units(draft.text) > limits.text:
        sentence = say("TikTok takes 4,000 letters below photos. Shorten the text.")
        yield Problem(field="text", sentence=sentence)
    if len(draft.media) > limits.media:
        yield Problem(field="media", sentence=say("TikTok takes 35 photos in a post. Take some out."))
    if any(medium.seconds > limits.video_seconds for medium in draft.media):
        sentence = say(
            "TikTok lets this account post videos of %(seconds)s seconds at most. Cut it.",
            seconds=int(limits.video_seconds),
        )
        yield Problem(field="media", sentence=sentence)


def _of_media(draft: Draft) -> Iterator[Problem]:
    videos = [medium for medium in draft.media if medium.is_video]
    if not draft.media:
        sentence = say("TikTok takes no posts of words alone. Add a video, or one to 35 photos.")
        yield Problem(field="media", sentence=sentence)
    if len(videos) > 1:
        yield Problem(field="media", sentence=say("TikTok takes one video in a post. Take the others out."))
    if videos and len(videos) < len(draft.media):
        sentence = say(
            "TikTok takes a video or photos, not both. Take the one or the other out; the cover of a video "
            "is one of its own pictures."
        )
        yield Problem(field="media", sentence=sentence)
    for video in videos:
        yield from _of_video(video)


def _of_video(video: Media) -> Iterator[Problem]:
    if 0 < min(video.width, video.height) < SMALLEST_SIDE:
        sentence = say("TikTok takes videos of 360 pixels or more on each side. Use a larger one.")
        yield Problem(field="media", sentence=sentence)
    if 0 < video.rate < SLOWEST:
        sentence = say("TikTok takes videos of 23 to 60 frames a second. Save it that way and add it again.")
        yield Problem(field="media", sentence=sentence)


def _of_words(draft: Draft) -> Iterator[Problem]:
    over = units(draft.text) - VIDEO_TEXT
    if over > 0 and any(medium.is_video for medium in draft.media):
        sentence = say(
            "With a video TikTok takes 2,200 letters, an emoji counting as two. Shorten the text by "
            "%(over)s.",
            over=over,
        )
        yield Problem(field="text", sentence=sentence)
    if units(draft.options.get(opt.TITLE, "").strip()) > PHOTO_TITLE:
        sentence = say("A title at TikTok has at most 90 letters. Shorten it.")
        yield Problem(field=opt.TITLE, sentence=sentence)


def _of_privacy(draft: Draft, limits: Limits) -> Iterator[Problem]:
    level = draft.options.get(opt.PRIVACY, "")
    if level not in opt.LEVELS:
        sentence = say("Choose who may see this post. TikTok wants you to do so for each one.")
        yield Problem(field=opt.PRIVACY, sentence=sentence)
    elif f"{opt.PRIVACY}={level}" in limits.withheld:
        sentence = say(
            "TikTok does not offer this audience to your account as it is set now. Choose another one, or "
            "change the account’s privacy in the TikTok app and check the channel here."
        )
        yield Problem(field=opt.PRIVACY, sentence=sentence)
    if level == opt.ONLY_ME and opt.is_branded(draft):
        sentence = say(
            "TikTok takes no paid partnership that only you can see. Choose another audience, or say that "
            "nobody paid for this."
        )
        yield Problem(field=opt.PRIVACY, sentence=sentence)


def _of_doors(draft: Draft, limits: Limits) -> Iterator[Problem]:
    for name in (opt.COMMENTS, opt.DUET, opt.STITCH):
        if opt.chosen(draft, name) and f"{name}={opt.YES}" in limits.withheld:
            sentence = say(
                "Your account has this switched off at TikTok. Choose “No”, or switch it on in the TikTok "
                "app and check the channel here."
            )
            yield Problem(field=name, sentence=sentence)


def _of_cover(draft: Draft) -> Iterator[Problem]:
    longest = max((medium.seconds for medium in draft.media), default=0)
    try:
        moment = opt.cover(draft) or 0
    except ValueError:
        moment = -1
    if not 0 <= moment <= (longest or LONGEST):
        sentence = say("Write the second whose picture becomes the cover, such as 1.5, or leave it empty.")
        yield Problem(field=opt.COVER, sentence=sentence)
