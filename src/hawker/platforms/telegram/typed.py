"""What an owner typed into the sign-in form, made clean, or refused with the field to mend."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hawker.connect.errors import Refused
from hawker.connect.text import say
from hawker.connect.typed import plain, web_address

SERVER = "https://api.telegram.org"
SITE = "https://t.me"
# The form @BotFather gives (core.telegram.org/bots, 2026-06-11). It goes into an address as it is.
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{20,100}")
_PAGE = re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:s/)?(?P<rest>.+)", re.IGNORECASE)
_PRIVATE = re.compile(r"c/(?P<number>[0-9]{5,20})(?:/.*)?")
_NUMBER = re.compile(r"-100[0-9]{5,20}")
_NAME = re.compile(r"@?(?P<name>[a-z][a-z0-9_]{3,31})(?:/[0-9]+)?/?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """`channel` as the Bot API takes it: `@name`, or a number."""

    server: str
    site: str
    channel: str
    token: str = field(repr=False)


def read_typed(fields: Mapping[str, str]) -> Typed:
    return Typed(
        server=web_address(fields, "server", SERVER),
        site=web_address(fields, "site", SITE),
        channel=_channel(fields.get("channel", "")),
        token=_token(fields.get("token", "")),
    )


def _token(text: str) -> str:
    token = plain(text)
    if not _TOKEN.fullmatch(token):
        sentence = say(
            "This is not a bot's token. @BotFather gives one such as “123456789:AAF…”: copy all of it."
        )
        raise Refused(sentence, field="token")
    return token


def _channel(text: str) -> str:
    typed = plain(text)
    page = _PAGE.fullmatch(typed)
    rest = page["rest"] if page else typed
    if page and rest.startswith(("+", "joinchat/")):
        sentence = say(
            "An invitation does not tell which channel it leads to. Copy the link of one of the channel’s "
            "posts and paste that here."
        )
        raise Refused(sentence, field="channel")
    if private := page and _PRIVATE.fullmatch(rest):
        return f"-100{private['number']}"
    if _NUMBER.fullmatch(rest):
        return rest
    if name := _NAME.fullmatch(rest):
        return f"@{name['name']}"
    sentence = say("“%(typed)s” is not the name of a channel. Type it as in @myshop.", typed=typed[:100])
    raise Refused(sentence, field="channel")
