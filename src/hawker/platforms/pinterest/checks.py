"""What Pinterest will refuse of a draft, beyond the limits that all networks share."""

from collections.abc import Iterator

from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Problem
from hawker.platforms.pinterest import options as opt
from hawker.platforms.pinterest.limits import LIMITS, LINK, TITLE, pictures_of, video_of
from hawker.platforms.pinterest.pin import alternative
from hawker.platforms.pinterest.refusals import BAD_LINK, NO_BOARD


def problems(draft: Draft, limits: Limits) -> Iterator[Problem]:
    if draft.reply_to:
        sentence = say(
            "Pinterest lets no program comment. Empty the first comment and write it in the Pinterest app."
        )
        yield Problem(field="reply_to", sentence=sentence)
        return
    yield from _of_board(draft, limits)
    yield from _of_words(draft)
    yield from _of_media(draft)


def overfull(draft: Draft, limits: Limits) -> Iterator[Problem]:
    """What core says of all networks, once more before anything is uploaded."""
    if len(draft.text) > limits.text:
        sentence = say("Pinterest takes %(most)s letters of text. Shorten it.", most=limits.text)
        yield Problem(field="text", sentence=sentence)
    if len(draft.media) > limits.media:
        yield Problem(field="media", sentence=say("Pinterest takes five pictures in a Pin. Take some out."))


def _of_board(draft: Draft, limits: Limits) -> Iterator[Problem]:
    """What boards there are is not known of the network as such."""
    known = {each.value for each in limits.own if each.option == opt.BOARD}
    board = opt.told(draft, opt.BOARD)
    if board and (not (board.isascii() and board.isdecimal()) or (known and board not in known)):
        yield Problem(field=opt.BOARD, sentence=NO_BOARD().sentence)


def _of_words(draft: Draft) -> Iterator[Problem]:
    over = len(opt.told(draft, opt.TITLE)) - TITLE
    if over > 0:
        sentence = say("A title at Pinterest has at most 100 letters. Shorten it by %(over)s.", over=over)
        yield Problem(field=opt.TITLE, sentence=sentence)
    link = opt.told(draft, opt.LINK)
    if link and (not link.startswith(("https://", "http://")) or len(link) > LINK or len(link.split()) > 1):
        yield Problem(field=opt.LINK, sentence=BAD_LINK().sentence)


def _of_media(draft: Draft) -> Iterator[Problem]:
    pictures, video = pictures_of(draft), video_of(draft)
    videos = len(draft.media) - len(pictures)
    if not draft.media:
        sentence = say("A Pin is a picture or a video. Add a video, or one to five pictures.")
        yield Problem(field="media", sentence=sentence)
    if videos > 1 or (videos and len(pictures) > 1):
        sentence = say(
            "Pinterest takes up to five pictures, or one video, beside which a picture is its cover. Take "
            "the others out."
        )
        yield Problem(field="media", sentence=sentence)
    moment = opt.cover(draft)
    if moment is None or (video and opt.told(draft, opt.COVER) and moment > (video.seconds or moment)):
        sentence = say("Write the second whose picture becomes the cover, such as 3, or leave it empty.")
        yield Problem(field=opt.COVER, sentence=sentence)
    if len(alternative(draft)) > LIMITS.alt_text:
        sentence = say(
            "Pinterest has one alternative text for all pictures of a Pin: together theirs may have 500 "
            "letters. Shorten them."
        )
        yield Problem(field="alt_text", sentence=sentence)
