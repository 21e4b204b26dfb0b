"""A draft as the one call that publishes it: which method, with which fields and files."""

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
from hawker.platforms.telegram import poll
from hawker.platforms.telegram.shapes import GIF

SOUND, SILENT = "sound", "silent"
PREVIEW, LARGE, NONE = "preview", "large", "none"
BUTTON, ADDRESS = "button", "address"
_METHODS = {"photo": "sendPhoto", "video": "sendVideo", "animation": "sendAnimation"}
_PREVIEWS: Mapping[str, Json] = {LARGE: {"prefer_large_media": True}, NONE: {"is_disabled": True}}


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A file of the post. `kind`: photo, video or animation."""

    media: Media
    kind: str
    content_type: str
    data: bytes = field(repr=False)

    @property
    def shape(self) -> dict[str, Json]:
        """Telegram measures pictures itself, videos not always."""
        if self.kind != "video":
            return {}
        size: dict[str, Json] = {"width": self.media.width, "height": self.media.height}
        return {**size, "duration": round(self.media.seconds), "supports_streaming": True}


@dataclass(frozen=True, kw_only=True)
class Letter:
    method: str
    fields: Mapping[str, Json]
    files: Mapping[str, Piece]

    def body(self) -> Body:
        return {"data": self._form()} if self.files else {"json": self.fields}

    def _form(self) -> aiohttp.FormData:
        """aiohttp sends a form only once, and bytes of more than a megabyte it wants as a file. In the form
        what is no text is written as JSON."""
        form = aiohttp.FormData()
        for name, value in self.fields.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, piece in self.files.items():
            file_name = f"{name}{mimetypes.guess_extension(piece.content_type) or ''}"
            form.add_field(name, io.BytesIO(piece.data), filename=file_name, content_type=piece.content_type)
        return form


async def write(draft: Draft, chat_id: str) -> Letter:
    """Without a `parse_mode` Telegram takes every character as it stands, and finds links by itself.

    Raises what reading the files raises.
    """
    fields = {"chat_id": chat_id, **_manner(draft)}
    if asked := polls.asked(draft):
        return Letter(method="sendPoll", fields={**fields, **poll.fields(asked), **_button(draft)}, files={})
    if not draft.media:
        return Letter(method="sendMessage", fields={**fields, **_words(draft)}, files={})
    pieces = [await _piece(media, alone=len(draft.media) == 1) for media in draft.media]
    return _alone(draft, fields, pieces[0]) if len(pieces) == 1 else _album(draft, fields, pieces)


def _manner(draft: Draft) -> dict[str, Json]:
    fields: dict[str, Json] = {"disable_notification": draft.options.get(SOUND) == SILENT}
    if draft.reply_to:
        fields["reply_parameters"] = {"message_id": int(draft.reply_to.remote_id)}
    return fields


def _words(draft: Draft) -> dict[str, Json]:
    preview = _PREVIEWS.get(draft.options.get(PREVIEW, ""))
    return {"text": draft.text, **_button(draft), **({"link_preview_options": preview} if preview else {})}


def _button(draft: Draft) -> dict[str, Json]:
    """An album takes none (sendMediaGroup has no reply_markup), and what answers a post needs none."""
    label = "" if draft.reply_to else draft.options.get(BUTTON, "").strip()
    button: Json = {"text": label, "url": draft.options.get(ADDRESS, "").strip()}
    return {"reply_markup": {"inline_keyboard": [[button]]}} if label else {}


def _alone(draft: Draft, fields: Mapping[str, Json], piece: Piece) -> Letter:
    own = {**fields, "caption": draft.text, **piece.shape, **_button(draft)}
    return Letter(method=_METHODS[piece.kind], fields=own, files={piece.kind: piece})


def _album(draft: Draft, fields: Mapping[str, Json], pieces: Sequence[Piece]) -> Letter:
    """The caption of the first is the album's."""
    files = {f"file{place}": piece for place, piece in enumerate(pieces)}
    media: list[Json] = [
        {"type": piece.kind, "media": f"attach://{name}", "caption": draft.text, **piece.shape}
        if piece is pieces[0]
        else {"type": piece.kind, "media": f"attach://{name}", **piece.shape}
        for name, piece in files.items()
    ]
    return Letter(method="sendMediaGroup", fields={**fields, "media": media}, files=files)


async def _piece(media: Media, *, alone: bool) -> Piece:
    data = await asyncio.to_thread(media.read)
    if media.is_video:
        return Piece(media=media, kind="video", content_type=media.content_type, data=data)
    if alone and media.content_type == GIF:
        return Piece(media=media, kind="animation", content_type=GIF, data=data)
    return Piece(media=media, kind="photo", content_type=media.content_type, data=data)
