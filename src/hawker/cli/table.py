"""Plain tables for a terminal. Chinese takes two columns a character; control characters stay outside."""

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from hawker.cli.speech import speak

SPACE = "  "


def table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [[speak(title) for title in titles], *([clean(cell) for cell in row] for row in rows)]
    widths = [max(width(line[place]) for line in lines) for place in range(len(titles))]
    return "\n".join(
        SPACE.join(_fill(cell, wide) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def pairs(rows: Sequence[tuple[str, str]]) -> str:
    """One thing, a line for each of its parts."""
    named = [(speak(title), clean(value)) for title, value in rows if value]
    wide = max(width(title) for title, _ in named)
    return "\n".join(f"{_fill(title, wide)}{SPACE}{value}" for title, value in named)


def shorten(text: str, limit: int) -> str:
    kept = clean(text)
    if width(kept) <= limit:
        return kept
    while width(kept) >= limit:
        kept = kept[:-1]
    return f"{kept}…"


def width(text: str) -> int:
    return sum(0 if combining(each) else 2 if east_asian_width(each) in "WF" else 1 for each in text)


def clean(text: str) -> str:
    """Without what a terminal would take as a command to itself."""
    return "".join(each if each.isprintable() else " " for each in text)


def _fill(cell: str, wide: int) -> str:
    return cell + " " * (wide - width(cell))
