"""What Discord will refuse of a draft, beyond the limits that all networks share."""

from collections.abc import Iterator

from hawker.connect.length import utf16_units
from hawker.connect.text import say
from hawker.connect.values import Draft, Problem
from hawker.platforms.discord.poll import RULES
from hawker.platforms.discord.thread import ONE_PLACE, THREAD, TITLE, TITLE_LENGTH, thread_of, title_of


def problems(draft: Draft) -> Iterator[Problem]:
    typed, title = draft.options.get(THREAD, "").strip(), title_of(draft.options)
    if typed and not thread_of(draft.options):
        sentence = say(
            "This is not the link of a thread. In Discord, choose Copy Link at the thread and paste it here."
        )
        yield Problem(field=THREAD, sentence=sentence)
    if typed and title:
        yield Problem(field=TITLE, sentence=ONE_PLACE)
    yield from RULES.problems(draft)
    over = utf16_units(title) - TITLE_LENGTH
    if over > 0:
        sentence = say("The title is too long by %(over)s: at most %(most)s.", over=over, most=TITLE_LENGTH)
        yield Problem(field=TITLE, sentence=sentence)
