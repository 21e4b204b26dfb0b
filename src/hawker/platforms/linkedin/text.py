"""LinkedIn's “little text”: signs that mean something in it are escaped, or the post ends where one stands.

By “little Text Format”, read 2026-11-22. Comments are plain: nothing is escaped there.
"""

import re
import unicodedata

from hawker.connect.length import URL, utf16_units

RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
# A tag of digits alone is none.
TAG = re.compile(r"(?<![\w&/#])#(?=\w*[^\W\d_])(\w+)")
_WRITTEN = re.compile(
    r"\\(.)"
    r"|\{hashtag\|\\?#\|((?:\\.|[^\\}])*)\}"
    r"|@\[((?:\\.|[^\\\]])*)\]\([^)]*\)",
    re.DOTALL,
)
SHORT = "lnkd.in/"


# That LinkedIn counts so is not documented, nor that it leaves the escapes out.
length = utf16_units


def escaped(text: str) -> str:
    return RESERVED.sub(r"\\\g<0>", text)


def little(text: str) -> str:
    """A text as `commentary` takes it, with its tags as tags."""
    parts, end = list[str](), 0
    for tag in TAG.finditer(text):
        parts += [escaped(text[end : tag.start()]), rf"{{hashtag|\#|{escaped(tag[1])}}}"]
        end = tag.end()
    return "".join((*parts, escaped(text[end:])))


def plain(commentary: str) -> str:
    """What a reader sees of a `commentary`."""
    return _WRITTEN.sub(_shown, commentary)


def _shown(found: re.Match[str]) -> str:
    letter, tag, name = found.groups()
    if letter is not None:
        return letter
    return plain(name) if tag is None else f"#{plain(tag)}"


def alike(written: str, shown: str) -> bool:
    """Whether `shown` is what LinkedIn may have made of `written`: it shortens addresses."""
    if _essence(written) == _essence(shown):
        return True
    return SHORT in shown and _essence(URL.sub("", written)) == _essence(URL.sub("", shown))


def _essence(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
