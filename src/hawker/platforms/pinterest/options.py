"""What an owner settles of a Pin beside its text: board, title, where it leads, the cover of a video."""

import re

from hawker.connect.length import URL
from hawker.connect.platform import Option
from hawker.connect.text import say
from hawker.connect.values import Draft

BOARD, TITLE, LINK, COVER = "board", "title", "link", "cover"
# Of a video without a picture: many begin in the dark.
FIRST = 1

OPTIONS = (
    Option(
        name=BOARD,
        label=say("Board"),
        hint=say(
            "A new board is here after you have checked the channel. Until Pinterest gives your app Standard "
            "access, nobody but you sees what is published."
        ),
    ),
    Option(name=TITLE, label=say("Title"), hint=say("Up to 100 letters. May be empty.")),
    Option(
        name=LINK,
        label=say("Link"),
        hint=say("Where the Pin leads. Empty: the first link in the text, as links there cannot be clicked."),
    ),
    Option(
        name=COVER,
        label=say("Cover"),
        hint=say(
            "Of a video: the second whose picture is shown first, such as 3. A picture beside the video is "
            "its cover instead."
        ),
    ),
)


def told(draft: Draft, name: str) -> str:
    return draft.options.get(name, "").strip()


def link(draft: Draft) -> str:
    """Where the Pin leads; empty where it leads nowhere."""
    first = URL.search(draft.text)
    return told(draft, LINK) or (first[0] if first else "")


def cover(draft: Draft) -> int | None:
    """The second that becomes the cover; None where it cannot be read."""
    typed = told(draft, COVER) or str(FIRST)
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else None
