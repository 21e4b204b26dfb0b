"""A text cut into the parts of a thread, or parted from its links. Pure: values in, values out."""

from collections.abc import Callable, Iterator

import regex

from hawker.connect.length import URL

# After a paragraph, a sentence, a clause, a word, a character: the first that is short enough, is taken.
# Chinese ends a sentence without a space after it; a Latin full stop ends one only before white space.
_ENDS = tuple(
    regex.compile(pattern)
    for pattern in (
        r"\n\s*\n",
        r"\n|[。！？…]+[」』”’）]*|[.!?]+[\"'”’)]*(?=\s|$)",
        r"[，、；：,;:](?=\D|$)",
        r"\s+",
        r"\X",
    )
)
_GAP = regex.compile(r"[ \t\u3000]{2,}")


def split(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The text in parts that fit, cut where a reader would pause; nothing but white space is lost.

    A character that does not fit by itself stands alone.
    """
    parts: list[str] = []
    held = ""
    for piece in _pieces(text, fits, 0):
        joined = held + piece
        if held.strip() and not fits(joined.strip()):
            parts.append(held.strip())
            joined = piece
        held = joined
    return [*parts, held.strip()] if held.strip() else parts


def part_links(text: str) -> tuple[str, str]:
    """The text without its links, and the links, a line for each."""
    links = dict.fromkeys(URL.findall(text))
    if not links:
        return text, ""
    lines = (_GAP.sub(" ", URL.sub("", line)).strip() for line in text.split("\n"))
    return regex.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), "\n".join(links)


def _pieces(text: str, fits: Callable[[str], bool], depth: int) -> Iterator[str]:
    """`text` cut at the ends of this depth, and deeper where a piece is still too long."""
    last = depth + 1 == len(_ENDS)
    for piece in _cut(text, _ENDS[depth], spare_links=not last):
        if last or fits(piece.strip()):
            yield piece
        else:
            yield from _pieces(piece, fits, depth + 1)


def _cut(text: str, end: "regex.Pattern[str]", *, spare_links: bool) -> Iterator[str]:
    links = [link.span() for link in URL.finditer(text)] if spare_links else []
    begin = 0
    for found in end.finditer(text):
        if not any(start < found.end() < stop for start, stop in links):
            yield text[begin : found.end()]
            begin = found.end()
    if begin < len(text):
        yield text[begin:]
