"""The pretend Telegram's ways to publish."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from hawker.connect.http import Json
from hawker.platforms.telegram import sandbox_json as entities
from hawker.platforms.telegram import sandbox_poll as polls
from hawker.platforms.telegram.sandbox_call import Call, Refusal
from hawker.platforms.telegram.sandbox_files import take
from hawker.platforms.telegram.sandbox_world import Channel, Message, Poll, Robot, Upload, World

TEXT, CAPTION, ALBUM = 4_096, 1_024, 10


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What all sending calls share."""

    channel: Channel
    reply_to: int
    buttons: Json
    preview: Json
    silent: bool
    poll: Poll | None = None


class SendRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def text(self, robot: Robot, call: Call) -> Json:
        wish, text = self._wish(robot, call), call.text("text").strip()
        if not text:
            raise Refusal(400, "Bad Request: message text is empty")
        if _units(text) > TEXT:
            raise Refusal(400, "Bad Request: message is too long")
        return entities.message(wish.channel, self._publish(wish, text, call))

    def photo(self, robot: Robot, call: Call) -> Json:
        return self._single("photo", robot, call)

    def video(self, robot: Robot, call: Call) -> Json:
        return self._single("video", robot, call)

    def animation(self, robot: Robot, call: Call) -> Json:
        return self._single("animation", robot, call)

    def album(self, robot: Robot, call: Call) -> Json:
        wish, items = self._wish(robot, call), _items(call)
        if any(item.get("type") not in {"photo", "video"} for item in items):
            raise Refusal(400, "Bad Request: wrong type of media in the album")
        captions = [_caption(_words(item, "caption")) for item in items]
        uploads = [self._member(item, call) for item in items]
        album = str(secrets.randbits(50))
        return [
            entities.message(wish.channel, self._publish(wish, caption, call, upload, album))
            for caption, upload in zip(captions, uploads, strict=True)
        ]

    def poll(self, robot: Robot, call: Call) -> Json:
        wish = replace(self._wish(robot, call), poll=polls.poll_of(call))
        return entities.message(wish.channel, self._publish(wish, polls.text_of(call), call))

    def _single(self, kind: Literal["photo", "video", "animation"], robot: Robot, call: Call) -> Json:
        wish, caption = self._wish(robot, call), _caption(call.text("caption"))
        file = call.file(call.text(kind), kind)
        size = (call.number("width"), call.number("height"), call.number("duration"))
        upload = take(self._world, kind, file, size)
        return entities.message(wish.channel, self._publish(wish, caption, call, upload))

    def _member(self, item: Mapping[str, Json], call: Call) -> Upload:
        width, height, seconds = (_whole(item, name) for name in ("width", "height", "duration"))
        file = call.file(_words(item, "media"), "")
        return take(self._world, _words(item, "type"), file, (width, height, seconds))

    def _wish(self, robot: Robot, call: Call) -> Wish:
        """Raises what Telegram refuses of any message."""
        channel = allowed(self._world, robot, call)
        if call.text("parse_mode"):
            raise Refusal(400, "Bad Request: the pretend Telegram reads no parse_mode; send entities")
        reply = call.object("reply_parameters").get("message_id")
        if reply is not None and reply not in channel.messages:
            raise Refusal(400, "Bad Request: message to be replied not found")
        return Wish(
            channel=channel,
            reply_to=reply if isinstance(reply, int) else 0,
            buttons=_buttons(call),
            preview=call.json("link_preview_options"),
            silent=call.flag("disable_notification"),
        )

    def _publish(
        self, wish: Wish, text: str, call: Call, upload: Upload | None = None, album: str = ""
    ) -> Message:
        marked = call.json("caption_entities" if upload else "entities")
        message = Message(
            id=next(wish.channel.numbers),
            date=self._world.now(),
            text=text,
            entities=tuple(marked if isinstance(marked, list) else entities.found(text)),
            upload=upload,
            poll=wish.poll,
            album=album,
            reply_to=wish.reply_to,
            buttons=wish.buttons,
            preview=wish.preview,
            silent=wish.silent,
        )
        wish.channel.messages[message.id] = message
        return message


def allowed(world: World, robot: Robot, call: Call) -> Channel:
    """The channel that a call names, if the bot may post there."""
    channel = named(world, call)
    if channel.moved_to:
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refusal(400, text, migrate_to_chat_id=channel.moved_to)
    status = channel.status if channel.robot is robot else "left"
    if status == "kicked":
        raise Refusal(403, "Forbidden: bot was kicked from the channel chat")
    if status == "left":
        raise Refusal(403, "Forbidden: bot is not a member of the channel chat")
    if status != "administrator" or not channel.may_post:
        raise Refusal(400, "Bad Request: need administrator rights in the channel chat")
    return channel


def named(world: World, call: Call) -> Channel:
    if not call.text("chat_id"):
        raise Refusal(400, "Bad Request: chat_id is empty")
    channel = world.channel(call.text("chat_id"))
    if channel is None:
        raise Refusal(400, "Bad Request: chat not found")
    return channel


def _items(call: Call) -> Sequence[Mapping[str, Json]]:
    given = call.json("media")
    items = [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
    if not 2 <= len(items) <= ALBUM:
        few = "few" if len(items) < 2 else "much"
        raise Refusal(400, f"Bad Request: too {few} messages to send as an album")
    return items


def _words(item: Mapping[str, Json], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _whole(item: Mapping[str, Json], name: str) -> int:
    value = item.get(name)
    return value if isinstance(value, int) else 0


def _caption(text: str) -> str:
    if _units(text.strip()) > CAPTION:
        raise Refusal(400, "Bad Request: message caption is too long")
    return text.strip()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _buttons(call: Call) -> Json:
    rows = call.object("reply_markup").get("inline_keyboard")
    for row in rows if isinstance(rows, list) else []:
        for button in row if isinstance(row, list) else []:
            address = _words(button, "url") if isinstance(button, dict) else ""
            if not urlsplit(address).hostname:
                raise Refusal(400, f"Bad Request: inline keyboard button URL '{address}' is invalid")
    return call.json("reply_markup")
