"""What an owner typed into a sign-in form, made clean, or refused with the field to mend."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hawker.connect.errors import Refused
from hawker.connect.text import say
from hawker.connect.typed import plain, visible, web_address
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.reach import as_web

SITE = "https://njump.me"
MOST_RELAYS = 8
OPEN = ("name", "server", "media", "site")
_BETWEEN = re.compile(r"[\s,;，；、]+")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """`relays` and `media` are empty where nothing was typed."""

    relays: tuple[str, ...]
    enough: int
    media: str
    site: str


def read_typed(fields: Mapping[str, str]) -> Typed:
    _demand_no_key(fields)
    relays = _relays(fields.get("server", ""))
    return Typed(
        relays=relays,
        enough=_enough(fields.get("enough", ""), len(relays)),
        media=web_address(fields, "media", "") if visible(fields.get("media", "")) else "",
        site=web_address(fields, "site", SITE),
    )


def read_key(fields: Mapping[str, str]) -> Key:
    typed = plain(fields.get("key", ""))
    word = typed.removeprefix("nostr:").partition("1")[0].lower()
    if word == "npub":
        sentence = say("This is the public key (npub). Type the secret one, which begins with nsec.")
        raise Refused(sentence, field="key")
    if word == "ncryptsec":
        sentence = say(
            "This key is locked with a password, which Hawker cannot open. Unlock it in the app that you "
            "have it from, and type the one that begins with nsec."
        )
        raise Refused(sentence, field="key")
    try:
        return Key.read(typed.removeprefix("nostr:"))
    except ValueError:
        sentence = say("This is not a secret key of Nostr. It begins with nsec1: copy all of it.")
        raise Refused(sentence, field="key") from None


def _demand_no_key(fields: Mapping[str, str]) -> None:
    """What stands in the others is looked up, logged or published."""
    for name in OPEN:
        if "nsec1" in visible(fields.get(name, "")).lower():
            sentence = say(
                "A secret key stands in this field. Take it out: it belongs in the field for the secret key "
                "and nowhere else."
            )
            raise Refused(sentence, field=name)


def _relays(text: str) -> tuple[str, ...]:
    each = [as_web(word) for word in _BETWEEN.split(visible(_BETWEEN.sub(" ", text))) if word]
    relays = tuple(dict.fromkeys(web_address({"server": word}, "server", "") for word in each))
    if len(relays) > MOST_RELAYS:
        sentence = say("These are more relays than Hawker writes to: keep %(most)s.", most=MOST_RELAYS)
        raise Refused(sentence, field="server")
    return relays


def _enough(text: str, relays: int) -> int:
    typed = plain(text) or "1"
    most = relays or MOST_RELAYS
    if not typed.isdecimal() or not 1 <= int(typed) <= most:
        sentence = say("Type a number from 1 to %(most)s: you have no more relays.", most=most)
        raise Refused(sentence, field="enough")
    return int(typed)
