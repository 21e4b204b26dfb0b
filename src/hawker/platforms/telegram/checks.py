"""What Telegram will refuse of a draft, beyond the limits that all networks share."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from hawker.connect.length import utf16_units
from hawker.connect.polls import asked
from hawker.connect.text import say
from hawker.connect.values import Draft, Problem
from hawker.platforms.telegram.channel import CAPTION
from hawker.platforms.telegram.message import ADDRESS, BUTTON
from hawker.platforms.telegram.poll import RULES, TEXT


def problems(draft: Draft) -> Iterator[Problem]:
    yield from _of_caption(draft)
    yield from RULES.problems(draft)
    yield from _of_poll(draft)
    if not draft.reply_to and any(draft.options.get(name, "").strip() for name in (BUTTON, ADDRESS)):
        yield from _of_button(draft)


def _of_caption(draft: Draft) -> Iterator[Problem]:
    over = utf16_units(draft.text) - CAPTION
    if draft.media and over > 0:
        sentence = say(
            "Below pictures Telegram takes %(most)s characters: shorten the text by %(over)s, or leave the "
            "pictures out.",
            most=CAPTION,
            over=over,
        )
        yield Problem(field="text", sentence=sentence)


def _of_poll(draft: Draft) -> Iterator[Problem]:
    poll = asked(draft)
    over = utf16_units(poll.text) - TEXT if poll else 0
    if over > 0:
        sentence = say(
            "Above a poll Telegram takes %(most)s characters: shorten the text by %(over)s.",
            most=TEXT,
            over=over,
        )
        yield Problem(field="text", sentence=sentence)


def _of_button(draft: Draft) -> Iterator[Problem]:
    if not draft.options.get(BUTTON, "").strip():
        yield Problem(field=BUTTON, sentence=say("The button says nothing yet. Write what it should say."))
    if not _leads_somewhere(draft.options.get(ADDRESS, "").strip()):
        sentence = say("Type where the button leads: a web address that begins with https://.")
        yield Problem(field=ADDRESS, sentence=sentence)
    if len(draft.media) > 1:
        sentence = say("Telegram takes no button below several pictures. Keep one picture, or no button.")
        yield Problem(field=BUTTON, sentence=sentence)


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "")
