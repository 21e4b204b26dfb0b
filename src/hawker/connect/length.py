"""Ways in which networks count text."""

import regex

_CLUSTER = regex.compile(r"\X")
# Chinese puts no space behind an address: its full stop and its brackets end one wherever they stand.
_OUTSIDE = r"\s<>\"'，。；：！？、（）「」『』《》【】…～"
_BEHIND = rf"{_OUTSIDE}.,;:!?()\[\]"
URL = regex.compile(rf"https?://[^{_OUTSIDE}]+[^{_BEHIND}]", regex.IGNORECASE)
# Networks that weigh addresses count one on until the next space.
_WEIGHED = regex.compile(rf"https?://[^\s<>\"']+[^{_BEHIND}]", regex.IGNORECASE)


def graphemes(text: str) -> int:
    """Characters as a reader counts them (UAX 29): a family emoji is one, so is a letter with its accents."""
    return len(_CLUSTER.findall(text))


def weigh_urls(text: str, weight: int) -> str:
    """The text with every web address replaced by `weight` characters."""
    return _WEIGHED.sub("x" * weight, text)


def utf16_units(text: str) -> int:
    """As programs in Java and JavaScript count: signs beyond the first 65,536, such as emoji, are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
