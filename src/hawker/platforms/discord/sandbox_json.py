"""What the pretend Discord tells of webhooks and messages (OpenAPI description of 2026-07-18)."""

from collections.abc import Mapping

from hawker.connect.http import Json
from hawker.platforms.discord import sandbox_poll as polls
from hawker.platforms.discord.sandbox_world import Attachment, Channel, Message


def webhook(channel: Channel, address: str) -> dict[str, Json]:
    return {
        "application_id": None,
        "avatar": None,
        "channel_id": str(channel.id),
        "guild_id": str(channel.guild),
        "id": str(channel.webhook),
        "name": channel.hook_name,
        "type": channel.hook_type,
        "token": channel.token,
        "url": f"{address}/api/webhooks/{channel.webhook}/{channel.token}",
    }


def message(channel: Channel, each: Message, address: str) -> dict[str, Json]:
    called: Mapping[str, Json] = each.called
    users = called.get("users")
    return {
        "id": str(each.id),
        "type": 0,
        "content": each.text,
        "channel_id": str(each.place),
        "author": {**_user(str(channel.webhook), each.author), "bot": True},
        "attachments": [_attachment(each, file, address) for file in each.attachments],
        "embeds": [],
        "mentions": [_user(str(each_user), "member") for each_user in users]
        if isinstance(users, list)
        else [],
        "mention_roles": called.get("roles", []),
        "mention_everyone": called.get("everyone", False),
        "pinned": False,
        "tts": False,
        "timestamp": each.date.isoformat(),
        "edited_timestamp": each.edited.isoformat() if each.edited else None,
        "flags": each.flags,
        "components": [],
        "webhook_id": str(channel.webhook),
        **({"poll": polls.shown(each.poll)} if each.poll else {}),
    }


def _user(number: str, name: str) -> dict[str, Json]:
    return {
        "id": number,
        "username": name,
        "avatar": None,
        "discriminator": "0000",
        "public_flags": 0,
        "flags": 0,
        "global_name": None,
        "primary_guild": None,
    }


def _attachment(each: Message, file: Attachment, address: str) -> dict[str, Json]:
    url = f"{address}/attachments/{each.place}/{file.id}/{file.name}"
    alt: dict[str, Json] = {"description": file.alt} if file.alt else {}
    size: dict[str, Json] = {"width": file.size[0], "height": file.size[1]} if file.size else {}
    return {
        "id": str(file.id),
        "filename": file.name,
        "size": len(file.data),
        "url": url,
        "proxy_url": url,
        "content_type": file.content_type,
        **alt,
        **size,
    }
