"""What an owner typed into the sign-in form, made clean, or refused with the field to mend."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from hawker.connect.errors import Refused
from hawker.connect.text import say
from hawker.connect.typed import plain

SITE = "https://discord.com"
# Discord's form (docs resources/webhook, 2026-08-06). Number and token go into an address as they are.
_ADDRESS = re.compile(
    r"(?P<base>https?://(?P<host>[^\s/?#@]+)(?:/[^\s?#]*?)?)/api(?:/v[0-9]+)?/webhooks/"
    r"(?P<key>[0-9]{5,20}/[A-Za-z0-9_-]{20,200})(?:/slack|/github)?/?",
    re.IGNORECASE,
)
_DISCORD = re.compile(r"(?:(?:www|ptb|canary)\.)?discord(?:app)?\.com(?::443)?", re.IGNORECASE)
_NAME_LENGTH = 100


@dataclass(frozen=True, kw_only=True)
class Typed:
    """`channel` begins with # or is empty. `key`: the webhook's number and token."""

    server: str
    site: str
    channel: str
    key: str = field(repr=False)


def read_typed(fields: Mapping[str, str]) -> Typed:
    """No sentence repeats the address: it is a secret."""
    typed = plain(fields.get("webhook", ""))
    match = _ADDRESS.fullmatch(typed if "://" in typed else f"https://{typed}")
    if not match:
        sentence = say(
            "This is not a webhook's address, such as “https://discord.com/api/webhooks/…”. In Discord, "
            "press Copy Webhook URL and paste all of it, with nothing behind it."
        )
        raise Refused(sentence, field="webhook")
    site = SITE if _DISCORD.fullmatch(match["host"]) else match["base"]
    return Typed(
        server=f"{site}/api/v10", site=site, channel=_channel(fields.get("channel", "")), key=match["key"]
    )


def _channel(text: str) -> str:
    name = plain(text).lstrip("#").strip()[:_NAME_LENGTH]
    return f"#{name}" if name else ""
