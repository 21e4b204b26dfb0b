"""The address of a server's API, from whatever its owner types."""

import re
import unicodedata
from itertools import takewhile
from urllib.parse import SplitResult, urlsplit

from hawker.connect.errors import Refused
from hawker.connect.text import say

HANDLE = re.compile(r"@?[^@/\s]+@(?P<host>[^@/\s]+)")
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s/?#@:\[\]]+)(:\d+)?")
# First parts of paths below which Mastodon 4 keeps its pages, which people copy from the browser.
PAGES = {
    "about",
    "api",
    "auth",
    "deck",
    "explore",
    "getting-started",
    "home",
    "public",
    "settings",
    "users",
    "web",
}


def server_address(typed: str) -> str:
    """`mastodon.social`, `@me@mastodon.social` or the address of any page there, as the server's address with
    its base path and no slash at the end; https unless http is typed. Raises Refused(field="server")."""
    text = unicodedata.normalize("NFKC", typed).strip()
    bare = "://" not in text
    if bare:
        handle = HANDLE.fullmatch(text)
        text = f"https://{handle['host'] if handle else text}"
    parts = _split(text, typed)
    host = parts.netloc.rpartition("@")[2].lower()
    if parts.scheme not in {"http", "https"} or not HOST.fullmatch(host) or (bare and "." not in host):
        raise _unreadable(typed)
    return f"{parts.scheme}://{host}{_base(parts.path)}"


def _split(text: str, typed: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError as error:
        raise _unreadable(typed) from error
    return parts


def _base(path: str) -> str:
    parts = filter(None, path.split("/"))
    kept = takewhile(lambda part: not part.startswith("@") and part not in PAGES, parts)
    return "".join(f"/{part}" for part in kept)


def _unreadable(typed: str) -> Refused:
    return Refused(
        say(
            "“%(typed)s” is not the name of a server. Type a name such as mastodon.social.", typed=typed[:100]
        ),
        field="server",
    )
