"""A draft as the one call that publishes it: its fields and its files."""

import asyncio
import io
import json
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import aiohttp

from hawker.connect import polls
from hawker.connect.http import Body, Json
from hawker.connect.values import Draft, Media
from hawker.platforms.discord.poll import payload
from hawker.platforms.discord.thread import thread_of, title_of

MENTIONS, NAMED, EVERYONE = "mentions", "named", "everyone"
SOUND, SILENT = "sound", "silent"
LINKS, PLAIN = "links", "plain"
# Without this list Discord calls whomever the text mentions (docs resources/message, 2026-08-06).
_CALLED: Mapping[str, list[Json]] = {
    NAMED: ["users", "roles"],
    EVERYONE: ["users", "roles", "everyone"],
}
_SUPPRESS_EMBEDS, _SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 12


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    content_type: str
    alt: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Letter:
    params: Mapping[str, str]
    fields: Mapping[str, Json]
    files: Sequence[File]

    def body(self) -> Body:
        return {"data": self._form()} if self.files else {"json": self.fields}

    def _form(self) -> aiohttp.FormData:
        """aiohttp sends a form only once, and bytes of more than a megabyte it wants as a file."""
        form = aiohttp.FormData()
        form.add_field("payload_json", json.dumps(self.fields), content_type="application/json")
        for place, file in enumerate(self.files):
            form.add_field(
                f"files[{place}]", io.BytesIO(file.data), filename=file.name, content_type=file.content_type
            )
        return form


async def write(draft: Draft) -> Letter:
    """Raises what reading the files raises."""
    files = [await _file(place, media) for place, media in enumerate(draft.media)]
    thread = thread_of(draft.options)
    # Without `wait` Discord neither gives the id nor tells of a message that it did not keep.
    params = {"wait": "true", **({"thread_id": thread} if thread else {})}
    return Letter(params=params, fields=_fields(draft, files), files=files)


def _fields(draft: Draft, files: Sequence[File]) -> dict[str, Json]:
    poll = polls.asked(draft)
    fields: dict[str, Json] = {
        "content": poll.text if poll else draft.text,
        "allowed_mentions": {"parse": _CALLED.get(draft.options.get(MENTIONS, ""), [])},
    }
    if flags := _flags(draft.options):
        fields["flags"] = flags
    if title := title_of(draft.options):
        fields["thread_name"] = title
    if poll:
        fields["poll"] = payload(poll)
    if files:
        fields["attachments"] = [_described(place, file) for place, file in enumerate(files)]
    return fields


def _flags(options: Mapping[str, str]) -> int:
    silent = _SUPPRESS_NOTIFICATIONS if options.get(SOUND) == SILENT else 0
    return silent | (_SUPPRESS_EMBEDS if options.get(LINKS) == PLAIN else 0)


def _described(place: int, file: File) -> Json:
    described: dict[str, Json] = {"description": file.alt} if file.alt else {}
    return {"id": str(place), "filename": file.name, **described}


async def _file(place: int, media: Media) -> File:
    name = f"{place + 1}{mimetypes.guess_extension(media.content_type) or ''}"
    data = await asyncio.to_thread(media.read)
    return File(name=name, content_type=media.content_type, alt=media.alt, data=data)
