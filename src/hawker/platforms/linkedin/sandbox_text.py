"""How the pretend LinkedIn reads a `commentary`: by itself, not as the connector writes it.

By “little Text Format”, read 2026-11-22. That a sign which is not escaped ends the post without a word
is what its users report of “(”; here every reserved sign does.
"""

import re

from hawker.connect.length import URL

_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_PIECES = re.compile(
    r"\\(?P<sign>[\\|{}@\[\]()<>#*_~])"
    r"|\{hashtag\|\\#\|(?P<tag>(?:\\.|[^\\|{}@\[\]()<>#*_~])+)\}"
    r"|@\[(?P<name>(?:\\.|[^\]])+)\]\(urn:li:\w+:\w+\)"
    r"|#(?P<plain>\w+)"
    r"|(?P<rest>[^\\|{}@\[\]()<>#*_~]+)",
    re.DOTALL,
)


def cut(commentary: str) -> str:
    """As much of it as the post has."""
    place = 0
    while found := _PIECES.match(commentary, place):
        place = found.end()
    return commentary[:place]


def shown(commentary: str) -> str:
    return _PIECES.sub(_read, cut(commentary))


def shortened(commentary: str) -> str:
    """With LinkedIn's own short addresses."""
    short = URL.sub("https://lnkd.in/abc", shown(commentary))
    return _RESERVED.sub(r"\\\g<0>", short)


def _read(found: re.Match[str]) -> str:
    if found["tag"]:
        return f"#{shown(found['tag'])}"
    if found["plain"]:
        return found[0]
    return found["sign"] or shown(found["name"] or "") or found["rest"]
