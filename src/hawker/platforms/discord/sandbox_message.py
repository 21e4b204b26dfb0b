"""What the pretend Discord takes of a message, and what it refuses."""

import io
import re
from collections.abc import Iterator, Mapping

from aiohttp import web
from PIL import Image

from hawker.connect.http import Json
from hawker.platforms.discord.sandbox_call import Call, Refusal, invalid
from hawker.platforms.discord.sandbox_world import FORUM, Attachment, Channel, World

# Discord API v10, 2026-08-06, written down anew so that the connector is checked.
TEXT, FILES, ALT, TITLE, NAME = 2_000, 10, 1_024, 100, 80
FILE_BYTES = 10 * 2**20
_KINDS = ("everyone", "roles", "users")
_NAMED = {"roles": re.compile(r"<@&([0-9]+)>"), "users": re.compile(r"<@!?([0-9]+)>")}


def text_of(call: Call, *, files: bool) -> str:
    text = call.text("content", TEXT)
    if call.items("embeds"):
        raise invalid("embeds", "UNPLAYED", "The pretend Discord takes no embeds.")
    if not text.strip() and not files and not call.fields.get("poll"):
        raise Refusal(400, 50006, "Cannot send an empty message")
    return text


def name_of(call: Call, channel: Channel) -> str:
    name = call.text("username", NAME)
    for word in ("clyde", "discord"):
        if word in name.lower():
            message = f'Username cannot contain "{word}"'
            raise invalid("username", "USERNAME_INVALID_CONTAINS", message)
    return name or channel.hook_name


def place_of(world: World, channel: Channel, thread: str, call: Call) -> int:
    """The channel, a thread of it, or a thread that is opened for this message."""
    title = call.text("thread_name", TITLE)
    if thread and title:
        raise Refusal(400, 220002, "Webhooks cannot have both a thread_name and thread_id")
    if thread:
        return _thread(channel, thread)
    if channel.kind != FORUM and title:
        raise Refusal(400, 220003, "Webhooks can only create threads in forum channels")
    if channel.kind != FORUM:
        return channel.id
    if not title:
        raise Refusal(400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id")
    place = world.snowflake()
    channel.threads[place] = title
    return place


def _thread(channel: Channel, thread: str) -> int:
    if not thread.isdecimal():
        raise invalid("thread_id", "NUMBER_TYPE_COERCE", f'Value "{thread}" is not snowflake.')
    if int(thread) not in channel.threads:
        raise Refusal(404, 10003, "Unknown Channel")
    if int(thread) in channel.locked:
        raise Refusal(400, 160005, "Thread is locked")
    return int(thread)


def called_by(text: str, call: Call) -> Mapping[str, Json]:
    """Whom the text notifies: everybody it mentions, unless `allowed_mentions` says less."""
    allowed = call.fields.get("allowed_mentions")
    kinds: Json = allowed.get("parse") if isinstance(allowed, dict) else list(_KINDS)
    parse = kinds if isinstance(kinds, list) else []
    if any(kind not in _KINDS for kind in parse):
        message = f"Value must be one of {{{_KINDS}}}."
        raise invalid("allowed_mentions.parse.0", "BASE_TYPE_CHOICES", message)
    called: dict[str, Json] = {
        kind: list[Json](dict.fromkeys(pattern.findall(text)))
        for kind, pattern in _NAMED.items()
        if kind in parse
    }
    loud = "everyone" in parse and re.search(r"@(?:everyone|here)\b", text) is not None
    return {**called, "everyone": loud}


def files_of(world: World, call: Call) -> tuple[Attachment, ...]:
    described = {str(each.get("id")): each for each in call.items("attachments")}
    if max(len(call.files), len(described)) > FILES:
        raise invalid("attachments", "BASE_TYPE_MAX_LENGTH", f"Must be {FILES} or fewer in length.")
    for place, each in enumerate(described.values()):
        _hold_alt(place, each.get("description"))
    return tuple(_files(world, call.files, described))


def _hold_alt(place: int, alt: Json) -> None:
    if isinstance(alt, str) and len(alt.encode("utf-16-le")) // 2 > ALT:
        message = f"Must be {ALT} or fewer in length."
        raise invalid(f"attachments.{place}.description", "BASE_TYPE_MAX_LENGTH", message)


def _files(
    world: World, files: Mapping[str, web.FileField], described: Mapping[str, Mapping[str, Json]]
) -> Iterator[Attachment]:
    for number, file in files.items():
        data, alt = file.file.read(), described.get(number, {}).get("description")
        if len(data) > FILE_BYTES:
            raise Refusal(413, 40005, "Request entity too large")
        yield Attachment(
            id=world.snowflake(),
            name=re.sub(r"[^\w.-]", "_", file.filename),
            content_type=file.content_type,
            alt=alt if isinstance(alt, str) else "",
            size=_measured(data),
            data=data,
        )


def _measured(data: bytes) -> tuple[int, int] | None:
    """Discord keeps any file, and shows as pictures those that are."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except (OSError, SyntaxError, ValueError):
        return None
