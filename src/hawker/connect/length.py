"""Ways in which networks count text."""

import regex

_CLUSTER = regex.compile(r"\X")
URL = regex.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?()\[\]，。；：！？、（）「」]", regex.IGNORECASE)


def graphemes(text: str) -> int:
    """Characters as a reader counts them (UAX 29): a family emoji is one, so is a letter with its accents."""
    return len(_CLUSTER.findall(text))


def weigh_urls(text: str, weight: int) -> str:
    """The text with every web address replaced by `weight` characters."""
    return URL.sub("x" * weight, text)


def utf16_units(text: str) -> int:
    """As programs in Java and JavaScript count: signs beyond the first 65,536, such as emoji, are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
