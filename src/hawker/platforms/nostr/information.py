"""What relays say of their limits (NIP-11). They need not say anything."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel, Field, ValidationError

from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.values import Limits

# Nostr itself has no limits. Of relays that tell none: strfry's usual 65,536 bytes an event (2026-07), and a
# length to which clients show a note. Media: what free Blossom servers commonly take.
EVENT_BYTES, TEXT = 65_536, 20_000
# Tags and signature, beside the text in an event.
ROOM = 8_192
MOST_WORK = 20
LIMITS = Limits(
    text=TEXT,
    text_bytes=EVENT_BYTES - ROOM,
    media=10,
    alt_text=1_000,
    image_bytes=10_000_000,
    image_pixels=50_000_000,
    image_types=("image/jpeg", "image/png", "image/webp", "image/gif"),
    video_bytes=100_000_000,
    video_types=("video/mp4", "video/webm"),
)


class _Limitation(BaseModel):
    max_message_length: int | None = Field(default=None, ge=1)
    max_content_length: int | None = Field(default=None, ge=1)
    min_pow_difficulty: int | None = None


class Information(BaseModel):
    limitation: _Limitation = _Limitation()


_SILENT = Information()


async def read_all(http: Http, relays: Sequence[str]) -> list[Information]:
    return list(await asyncio.gather(*(_read(http, relay) for relay in relays)))


async def _read(http: Http, relay: str) -> Information:
    """A relay that speaks over sockets only breaks off, or answers with what is no document. Whether it is
    there at all is seen where it is spoken to."""
    try:
        answer = await http.request("GET", relay, headers={"Accept": "application/nostr+json"})
        return Information.model_validate_json(answer.body)
    except (Refused, SignInAgain, ValidationError):
        return _SILENT
    except Later as passing:
        if passing.code:
            raise
        return _SILENT


def limits_of(told: Sequence[Information], most: int = EVENT_BYTES) -> Limits:
    """So that the strictest relay takes it; `most`: the bytes of text that its signer takes."""
    each = [information.limitation for information in told]
    longest = min(limit.max_content_length or TEXT for limit in each)
    heaviest = min(limit.max_message_length or EVENT_BYTES for limit in each)
    room = min(max(heaviest - ROOM, heaviest // 2), most)
    return replace(LIMITS, text=min(longest, room, TEXT), text_bytes=room)


def work_of(told: Sequence[Information]) -> int:
    """The zero bits that all relays are content with, as far as Hawker does such work."""
    wanted = [information.limitation.min_pow_difficulty or 0 for information in told]
    return max((bits for bits in wanted if bits <= MOST_WORK), default=0)
