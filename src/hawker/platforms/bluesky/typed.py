"""What an owner typed into the sign-in form, made clean, or refused with the field to mend."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import regex

from hawker.connect.errors import Refused
from hawker.connect.text import say

SERVER = "https://bsky.social"
SITE = "https://bsky.app"
_HANDLE = regex.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
_ADDRESS = regex.compile(r"(https?://[^\s/?#@]+(?:/[^\s?#]*)?)(?:[?#].*)?", regex.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Typed:
    server: str
    site: str
    identifier: str
    password: str = field(repr=False)


def read(fields: Mapping[str, str]) -> Typed:
    return Typed(
        server=_address("server", fields.get("server", "") or SERVER),
        site=_address("site", fields.get("site", "") or SITE),
        identifier=_identifier(fields.get("handle", "")),
        password=_password(fields.get("password", "")),
    )


def _visible(text: str) -> str:
    """Without the marks of writing direction and the zero-width spaces that come along when one copies."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cf", "Cc"}).strip()


def _identifier(text: str) -> str:
    """A handle, or the e-mail address of the account. A Chinese keyboard may type “＠” and “．”."""
    name = unicodedata.normalize("NFKC", _visible(text)).removeprefix("@").strip()
    if "@" in name or name.startswith("did:"):
        return name
    if not _HANDLE.fullmatch(name.lower()):
        raise Refused(
            say("A Bluesky handle looks like a web address, such as “alice.bsky.social”. Type all of it."),
            field="handle",
        )
    return name.lower()


def _password(text: str) -> str:
    password = _visible(text)
    if not password:
        raise Refused(
            say("Make an app password at Bluesky (Settings, Privacy and security) and paste it here."),
            field="password",
        )
    return password


def _address(name: str, text: str) -> str:
    """Safe unless “http” was typed. A path stays: a server may live below one."""
    typed = _visible(text)
    match = _ADDRESS.fullmatch(typed if "://" in typed else f"https://{typed}")
    if not match:
        sentence = say(
            "“%(address)s” is not a web address. Type one such as “https://bsky.social”.", address=typed
        )
        raise Refused(sentence, field=name)
    return match[1].rstrip("/").removesuffix("/xrpc")
