"""What LinkedIn will refuse of a draft, beyond the limits that all networks share."""

from collections.abc import Iterator

from hawker.connect.polls import POLL
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Problem
from hawker.platforms.linkedin import options as opt
from hawker.platforms.linkedin.options import answers, is_document, told
from hawker.platforms.linkedin.refusals import LONG_COMMENT
from hawker.platforms.linkedin.text import length

# Poll API, read 2026-11-22. The length of a comment is other programs' experience.
ANSWERS, ANSWER, ASKED, COMMENT = 4, 30, 140, 1_250
# 75 KB (Videos API, that day).
SMALLEST = 75 * 1024
OFFERED = {
    opt.KIND: (opt.POST, opt.DOCUMENT),
    opt.POLL_TIME: opt.TIMES,
    opt.WHO: (opt.EVERYONE, opt.MEMBERS),
    opt.SHARES: (opt.NO,),
}


def problems(draft: Draft, limits: Limits) -> Iterator[Problem]:
    if draft.reply_to:
        yield from _of_comment(draft)
        return
    if not draft.text.strip() and not draft.media:
        yield Problem(field="text", sentence=say("Write a text or add a picture."))
    yield from _of_media(draft, limits)
    yield from _of_link(draft)
    yield from _of_poll(draft)
    for name, offered in OFFERED.items():
        if told(draft, name) not in {"", *offered}:
            yield Problem(field=name, sentence=say("Choose one of those offered."))


def _of_comment(draft: Draft) -> Iterator[Problem]:
    """Its options are those of the post it follows."""
    if draft.media:
        sentence = say("Hawker writes comments at LinkedIn without pictures. Take them out.")
        yield Problem(field="media", sentence=sentence)
    if length(draft.text) > COMMENT:
        yield Problem(field="text", sentence=LONG_COMMENT().sentence)


def _of_media(draft: Draft, limits: Limits) -> Iterator[Problem]:
    videos = sum(medium.is_video for medium in draft.media)
    if len(draft.media) > limits.media:
        sentence = say(
            "LinkedIn takes at most %(most)s pictures in a post. Take some out.", most=limits.media
        )
        yield Problem(field="media", sentence=sentence)
    if any(medium.is_video and medium.size < SMALLEST for medium in draft.media):
        sentence = say("The video is too small for LinkedIn, which wants 75 KB at least. Take a longer one.")
        yield Problem(field="media", sentence=sentence)
    if is_document(draft):
        yield from _of_document(draft, videos)
    elif (videos and len(draft.media) > 2) or videos > 1:
        sentence = say(
            "LinkedIn takes pictures, or one video, beside which a picture is its cover. Take the others out."
        )
        yield Problem(field="media", sentence=sentence)


def _of_document(draft: Draft, videos: int) -> Iterator[Problem]:
    if videos or not draft.media:
        sentence = say("A document is made of pictures, one a page. Add some, and take videos out.")
        yield Problem(field="media", sentence=sentence)
    if not told(draft, opt.TITLE):
        yield Problem(field=opt.TITLE, sentence=say("LinkedIn wants a title for a document. Write one."))


def _of_link(draft: Draft) -> Iterator[Problem]:
    link = told(draft, opt.LINK)
    if link and not link.startswith(("https://", "http://")):
        sentence = say("Write the whole address of the link, such as https://example.com.")
        yield Problem(field=opt.LINK, sentence=sentence)
    if link and not told(draft, opt.LINK_TITLE):
        sentence = say("LinkedIn wants a title for the link, as it does not look it up. Write one.")
        yield Problem(field=opt.LINK_TITLE, sentence=sentence)
    if link and (is_document(draft) or len(draft.media) > 1 or any(each.is_video for each in draft.media)):
        sentence = say("Beside a link there is room for one picture only. Take the link or the others out.")
        yield Problem(field=opt.LINK, sentence=sentence)


def _of_poll(draft: Draft) -> Iterator[Problem]:
    given, question = answers(draft.options), told(draft, opt.QUESTION)
    if not given and not question:
        return
    if not 2 <= len(given) <= ANSWERS or any(length(each) > ANSWER for each in given):
        sentence = say("A poll at LinkedIn has two to four answers of up to 30 letters: tea / coffee.")
        yield Problem(field=POLL, sentence=sentence)
    if not 0 < length(question) <= ASKED:
        sentence = say("A poll at LinkedIn needs a question of up to 140 letters. Write one.")
        yield Problem(field=opt.QUESTION, sentence=sentence)
    if draft.media or told(draft, opt.LINK):
        sentence = say("LinkedIn takes a poll, or pictures, or a link. Take the others out.")
        yield Problem(field=POLL, sentence=sentence)
