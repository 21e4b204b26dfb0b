"""The mark in a post's text by which it is known again, wherever it turns up."""

import re

_MARK = re.compile(r"\[([0-9a-z-]+)\]")


def mark(number: int, part: int = 0) -> str:
    """`part`: 0 the post, 1 its first comment."""
    return f"drill-{number}-{part}"


def worded(mark: str, words: str) -> str:
    return f"{words} [{mark}]"


def marks_in(text: str) -> list[str]:
    return _MARK.findall(text)
