"""What an owner typed into a sign-in form, made clean, or refused with the field to mend."""

import re
import unicodedata
from collections.abc import Mapping

from hawker.connect.errors import Refused
from hawker.connect.text import say

_ADDRESS = re.compile(r"(https?://[^\s/?#@]+(?:/[^\s?#]*)?)(?:[?#].*)?", re.IGNORECASE)
_PAGE = re.compile(r"(https?://[^\s/?#@:\[\]]+(?::\d+)?(?:/[^\s?#]*)?)(\?[^\s#]*)?(?:#\S*)?", re.IGNORECASE)
_LONGEST_PAGE = 200


def visible(text: str) -> str:
    """Without the marks of writing direction and the zero-width spaces that come along when one copies."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Cc"}).strip()


def plain(text: str) -> str:
    """The same, with “＠” and “．” of a Chinese keyboard as @ and the full stop. Not for passwords."""
    return visible(unicodedata.normalize("NFKC", text))


def web_address(fields: Mapping[str, str], name: str, default: str) -> str:
    """The address in a field, or the usual one where it is empty; no slash at the end. Safe unless “http” was
    typed. A path stays: a server may live below one."""
    typed = visible(fields.get(name, "")) or default
    match = _ADDRESS.fullmatch(typed if "://" in typed else f"https://{typed}")
    if not match:
        sentence = say("“%(address)s” is not a web address. Leave the field empty.", address=typed[:100])
        raise Refused(sentence, field=name)
    return match[1].rstrip("/")


def page_address(fields: Mapping[str, str], name: str, *, query: bool) -> str:
    """The address of a page, with what stands behind its “?” where `query` says so; no slash at the end."""
    typed = visible(fields.get(name, ""))
    match = _PAGE.fullmatch(typed if "://" in typed else f"https://{typed}")
    if not match:
        sentence = say(
            "“%(address)s” is not the address of a page. Copy the whole address.", address=typed[:100]
        )
        raise Refused(sentence, field=name)
    # A phone begins what is typed with a capital letter.
    scheme, _, rest = match[1].rstrip("/").partition("://")
    address = f"{scheme.lower()}://{rest}" + (match[2] or "" if query else "")
    if len(address) > _LONGEST_PAGE:
        sentence = say(
            "This address has more than %(most)s characters. Copy a shorter one.",
            most=_LONGEST_PAGE,
        )
        raise Refused(sentence, field=name)
    return address
