"""Texts as Threads counts and compares them."""

import regex

from hawker.connect.length import URL
from hawker.connect.meta_posts import essence

_CLUSTER = regex.compile(r"\X")
_EMOJI = regex.compile(
    r"\p{Extended_Pictographic}|\p{Emoji_Presentation}|\p{Regional_Indicator}|[\uFE0F\u20E3]"
)


def length(text: str) -> int:
    """Letters count one each, emoji as many as they have bytes in UTF-8 ("Posts", read 2026-11-22)."""
    return sum(_weight(cluster) for cluster in _CLUSTER.findall(text))


def _weight(cluster: str) -> int:
    return len(cluster.encode()) if _EMOJI.search(cluster) else len(cluster)


def links(text: str, attached: str = "") -> set[str]:
    """The different links of a post: of its text, and the attached one (changelog, 2025-12-22)."""
    return {*URL.findall(text), *([attached] if attached else [])}


def bare(text: str) -> str:
    """What is left of a text whatever is done to its spaces, and to the signs of mentions and topics."""
    return essence(text.replace("@", "").replace("#", ""))
