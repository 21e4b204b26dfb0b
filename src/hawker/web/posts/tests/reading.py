"""What a test reads off a page, and what it types into the composer."""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Protocol

from hawker.core.channels.models import Channel

_TAG = re.compile(r"<[^>]+>")


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def text_of(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())


def said_at(answer: Answer, slot: str) -> str:
    """What stands in the place for one field's problems."""
    found = re.search(
        rf'<div[^>]*id="problems-{re.escape(slot)}"[^>]*>(.*?)</div>', answer.content.decode(), re.DOTALL
    )
    assert found, f"no place for problems of {slot}"
    return text_of(found[1])


def typed(channels: Iterable[Channel], **changes: object) -> Mapping[str, object]:
    """The composer's form as a browser sends it; lists are sent as several values."""
    chosen = [str(channel.id) for channel in channels]
    return {"text": "Fresh bao today", "language": "en", "channels": chosen, "when": "now", **changes}
