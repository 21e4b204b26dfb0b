"""What an owner typed into the sign-in form, made clean, or refused with the field to mend."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import regex

from hawker.connect.errors import Refused
from hawker.connect.text import say
from hawker.connect.typed import plain, visible, web_address

SERVER = "https://bsky.social"
SITE = "https://bsky.app"
_HANDLE = regex.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, kw_only=True)
class Typed:
    server: str
    site: str
    identifier: str
    password: str = field(repr=False)


def read(fields: Mapping[str, str]) -> Typed:
    return Typed(
        server=web_address(fields, "server", SERVER).removesuffix("/xrpc"),
        site=web_address(fields, "site", SITE),
        identifier=_identifier(fields.get("handle", "")),
        password=_password(fields.get("password", "")),
    )


def _identifier(text: str) -> str:
    """A handle, or the e-mail address of the account. A Chinese keyboard may type “＠” and “．”."""
    name = plain(text).removeprefix("@").strip()
    if "@" in name or name.startswith("did:"):
        return name
    if not _HANDLE.fullmatch(name.lower()):
        raise Refused(
            say("A Bluesky handle looks like a web address, such as “alice.bsky.social”. Type all of it."),
            field="handle",
        )
    return name.lower()


def _password(text: str) -> str:
    password = visible(text)
    if not password:
        raise Refused(
            say("Make an app password at Bluesky (Settings, Privacy and security) and paste it here."),
            field="password",
        )
    return password
