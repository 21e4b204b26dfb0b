"""What an owner typed into the sign-in form, made clean, or refused with the field to mend."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from hawker.connect.errors import Refused
from hawker.connect.oauth import App
from hawker.connect.text import say

SERVER = "https://api.x.com"
SITE = "https://x.com"
_ADDRESS = re.compile(r"(https?://[^\s/?#@]+(?:/[^\s?#]*)?)(?:[?#].*)?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """`app`: the owner's own at X."""

    server: str
    site: str
    app: App


def read_typed(fields: Mapping[str, str], kept: Mapping[str, str] | None = None) -> Typed:
    """`kept`: the app of an earlier sign-in; its secret need not be typed again."""
    client_id, secret = visible(fields.get("client_id", "")), visible(fields.get("client_secret", ""))
    if not secret and kept and kept.get("client_id") == client_id:
        secret = kept.get("client_secret", "")
    return Typed(
        server=_address("server", fields.get("server", "") or SERVER),
        site=_address("site", fields.get("site", "") or SITE),
        app=App(client_id=client_id, client_secret=secret),
    )


def visible(text: str) -> str:
    """Without the invisible marks that come along when one copies."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Cc"}).strip()


def _address(name: str, text: str) -> str:
    typed = visible(text)
    match = _ADDRESS.fullmatch(typed if "://" in typed else f"https://{typed}")
    if not match:
        sentence = say("“%(address)s” is not a web address. Leave the field empty.", address=typed[:100])
        raise Refused(sentence, field=name)
    return match[1].rstrip("/")
