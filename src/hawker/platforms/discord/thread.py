"""Where in a channel a post goes: into a thread that is there, or as a thread of its own in a forum."""

import re
from collections.abc import Mapping

from hawker.connect.text import say

THREAD, TITLE = "thread", "title"
TITLE_LENGTH = 100
ONE_PLACE = say("A post opens a thread or goes into one, not both: empty the title or the thread.")
# The link of a thread, of a post in it, or the bare number of either.
_THREAD = re.compile(r"(?:https?://[^\s/]+(?:/[^\s/]+)*/channels/[^\s/]+/)?(?P<id>[0-9]{15,20})(?:/[0-9]*)?")


def thread_of(options: Mapping[str, str]) -> str:
    """The number of the thread that was named; empty where none was, or where it cannot be read."""
    match = _THREAD.fullmatch(options.get(THREAD, "").strip())
    return match["id"] if match else ""


def title_of(options: Mapping[str, str]) -> str:
    return options.get(TITLE, "").strip()
