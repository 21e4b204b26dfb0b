"""What LINE will refuse of a draft, beyond the limits that all networks share."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from hawker.connect.errors import Refused
from hawker.connect.length import utf16_units
from hawker.connect.text import say
from hawker.connect.values import Draft, Limits, Problem
from hawker.platforms.line.account import MESSAGES
from hawker.platforms.line.card import BYTES, LABEL, LINK, weight
from hawker.platforms.line.crowd import CHOOSING
from hawker.platforms.line.message import is_card, shown
from hawker.platforms.line.options import ADDRESS, AGES, BUTTON, FROM, GROUP, MOST, TITLE, TO

SCHEMES = {"http", "https", "tel", "line", "mailto"}


def problems(draft: Draft) -> Iterator[Problem]:
    if draft.reply_to:
        yield Problem(field="reply_to", sentence=say("Nothing can follow a message at LINE. Send it alone."))
    yield from _of_card(draft) if is_card(draft) else _of_messages(draft)
    yield from _of_person(draft.options) if draft.to else _of_crowd(draft.options)


def demand(draft: Draft, limits: Limits) -> None:
    """Raises Refused for the first of these, and for a text that is too long."""
    if utf16_units(draft.text) > limits.text:
        sentence = say("LINE takes at most 5,000 characters in a text. Shorten it.")
        raise Refused(sentence, field="text")
    for problem in problems(draft):
        raise Refused(problem.sentence, field=problem.field)


def _of_messages(draft: Draft) -> Iterator[Problem]:
    each = list(shown(draft.media))
    if not draft.text.strip() and not each:
        yield Problem(field="text", sentence=say("Write a text, or add a picture or a video."))
    if len(each) + bool(draft.text.strip()) > MESSAGES:
        sentence = say(
            "LINE sends at most five messages at once: the text is one, each picture or video another. Take"
            " some out."
        )
        yield Problem(field="media", sentence=sentence)
    if any(medium.is_video and cover is None for medium, cover in each):
        sentence = say("LINE shows a picture until a video is played. Add one right behind the video.")
        yield Problem(field="media", sentence=sentence)


def _of_card(draft: Draft) -> Iterator[Problem]:
    if not draft.options.get(TITLE, "").strip():
        yield Problem(field=TITLE, sentence=say("A card needs a title. Write one."))
    if len(draft.media) > 1 or any(medium.is_video for medium in draft.media):
        sentence = say("A card shows one picture, and no video. Take the others out.")
        yield Problem(field="media", sentence=sentence)
    if weight(draft) > BYTES:
        yield Problem(field="text", sentence=say("The card is too long for LINE. Shorten its text."))
    yield from _of_button(draft.options)


def _of_button(options: Mapping[str, str]) -> Iterator[Problem]:
    label, address = (options.get(name, "").strip() for name in (BUTTON, ADDRESS))
    if utf16_units(label) > LABEL:
        sentence = say("On a button LINE takes at most 20 characters. Shorten it.")
        yield Problem(field=BUTTON, sentence=sentence)
    if address and not label:
        yield Problem(field=BUTTON, sentence=say("The button says nothing yet. Write what it should say."))
    if label and not _leads_somewhere(address):
        sentence = say("Type where the button leads: a web address that begins with https://.")
        yield Problem(field=ADDRESS, sentence=sentence)


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    named = bool(parts.netloc) if parts.scheme in {"http", "https", "line"} else bool(parts.path)
    return parts.scheme in SCHEMES and named and len(address) <= LINK


def _of_person(options: Mapping[str, str]) -> Iterator[Problem]:
    for name in CHOOSING:
        if options.get(name, "").strip():
            sentence = say(
                "This goes to each person of your list, and LINE chooses nobody among them. Take this out, or"
                " send it to all friends."
            )
            yield Problem(field=name, sentence=sentence)


def _of_crowd(options: Mapping[str, str]) -> Iterator[Problem]:
    group, most = (options.get(name, "").strip() for name in (GROUP, MOST))
    if group and not is_number(group):
        sentence = say("This is not the ID of an audience: that has digits only. Copy it again.")
        yield Problem(field=GROUP, sentence=sentence)
    if most and not (is_number(most) and int(most)):
        sentence = say("Type a number of people, such as 500, or leave it empty.")
        yield Problem(field=MOST, sentence=sentence)
    begin, end = options.get(FROM, ""), options.get(TO, "")
    if {begin, end} <= set(AGES) and int(begin) >= int(end):
        sentence = say("Nobody is of this age. Choose a higher one, or any age.")
        yield Problem(field=TO, sentence=sentence)


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 15
