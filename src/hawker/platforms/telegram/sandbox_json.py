"""What the pretend Telegram tells of bots, channels and messages (Bot API 10.1, 2026-06-11)."""

import re
from collections.abc import Iterator

from hawker.connect.http import Json
from hawker.platforms.telegram import sandbox_poll as polls
from hawker.platforms.telegram.sandbox_world import Channel, Message, Robot, Upload

_FOUND = (
    ("url", re.compile(r"https?://[^\s<>\"「」，。]+[^\s<>\"「」，。.,;:!?()]")),
    ("mention", re.compile(r"(?<!\w)@[a-zA-Z][a-zA-Z0-9_]{4,31}")),
    ("hashtag", re.compile(r"(?<![\w/#&=?])#\w*[^\W\d]\w*")),
)
# What the owner lets the bot do, beside posting.
_ALWAYS = ("can_manage_chat", "can_edit_messages", "can_delete_messages")
_NEVER = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def found(text: str) -> Iterator[Json]:
    """What Telegram finds in a text by itself; places are in UTF-16 code units."""
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            offset, length = _utf16(text[: match.start()]), _utf16(match[0])
            yield {"type": kind, "offset": offset, "length": length}


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def user(robot: Robot) -> dict[str, Json]:
    return {"id": robot.id, "is_bot": True, "first_name": robot.name, "username": robot.username}


def me(robot: Robot) -> dict[str, Json]:
    abilities: dict[str, Json] = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**user(robot), **abilities}


def chat(channel: Channel) -> dict[str, Json]:
    name: dict[str, Json] = {"username": channel.username} if channel.username else {}
    return {"id": channel.id, "title": channel.title, **name, "type": channel.kind}


def full_chat(channel: Channel) -> dict[str, Json]:
    gifts: dict[str, Json] = {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    }
    rest: dict[str, Json] = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
        "has_visible_history": True,
    }
    return {**chat(channel), **rest}


def member(channel: Channel) -> dict[str, Json]:
    who: dict[str, Json] = {"user": user(channel.robot), "status": channel.status}
    if channel.status == "kicked":
        return {**who, "until_date": 0}
    if channel.status != "administrator":
        return who
    rights: dict[str, Json] = {**dict.fromkeys(_NEVER, False), **dict.fromkeys(_ALWAYS, True)}
    return {**who, **rights, "can_post_messages": channel.may_post}


def message(channel: Channel, each: Message) -> dict[str, Json]:
    above = channel.messages.get(each.reply_to)
    return {
        "message_id": each.id,
        "sender_chat": chat(channel),
        "chat": chat(channel),
        "date": int(each.date.timestamp()),
        **({"reply_to_message": message(channel, above)} if above else {}),
        **({"media_group_id": each.album} if each.album else {}),
        **_content(each),
        **({"link_preview_options": each.preview} if each.preview else {}),
        **({"reply_markup": each.buttons} if each.buttons else {}),
    }


def _content(each: Message) -> dict[str, Json]:
    if each.poll:
        return {"poll": polls.shown(each.poll, each.text)}
    entities = list(each.entities)
    if each.upload is None:
        return {"text": each.text, **({"entities": entities} if entities else {})}
    caption: dict[str, Json] = {"caption": each.text} if each.text else {}
    marked: dict[str, Json] = {"caption_entities": entities} if entities else {}
    return {**_shown(each.upload), **caption, **marked}


def _shown(upload: Upload) -> dict[str, Json]:
    file = _size(upload)
    if upload.kind == "photo":
        return {"photo": [file]}
    moving: dict[str, Json] = {**file, "duration": upload.seconds, "mime_type": upload.content_type}
    if upload.kind == "video":
        return {"video": moving}
    return {"animation": moving, "document": {name: file[name] for name in ("file_id", "file_unique_id")}}


def _size(upload: Upload) -> dict[str, Json]:
    return {
        "file_id": upload.id,
        "file_unique_id": upload.id[:12],
        "file_size": len(upload.data),
        "width": upload.width,
        "height": upload.height,
    }
