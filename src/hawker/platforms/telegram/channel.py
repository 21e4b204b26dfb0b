"""Which channel a bot posts to, and whether it may."""

from collections.abc import Mapping

from pydantic import BaseModel

from hawker.connect.errors import NetworkError, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.text import say
from hawker.connect.values import Account, Limits
from hawker.platforms.telegram.refusals import NOT_ALLOWED, explain, read_failure
from hawker.platforms.telegram.wire import Bot

# Bot API 10.1, 2026-06-11. Telegram keeps no alternative texts: theirs is a number that hinders nobody.
LIMITS = Limits(
    text=4_096,
    media=10,
    alt_text=4_096,
    image_bytes=10_000_000,
    image_pixels=25_000_000,
    image_types=("image/jpeg", "image/png", "image/webp", "image/gif"),
    video_bytes=50_000_000,
    video_types=("video/mp4",),
)
CAPTION = 1_024


class User(BaseModel):
    id: int
    username: str = ""


class Chat(BaseModel):
    id: int
    type: str
    title: str = ""
    username: str = ""


class Member(BaseModel):
    status: str
    can_post_messages: bool = False


async def read_channel(bot: Bot, me: User, channel: str, site: str) -> Account:
    """Raises SignInAgain where this is no channel, or not one in which the bot may post."""
    chat = await bot.ask("getChat", Chat, {"chat_id": channel})
    if chat.type != "channel":
        raise SignInAgain(say("This is not a Telegram channel. Name a channel, not a group or a person."))
    asked = {"chat_id": str(chat.id), "user_id": str(me.id)}
    member = await bot.ask("getChatMember", Member, asked, explain=_explain_member)
    if member.status != "creator" and not (member.status == "administrator" and member.can_post_messages):
        raise NOT_ALLOWED()
    return _account(bot, chat, site)


def _explain_member(answer: Answer) -> NetworkError | None:
    """Telegram shows a channel's members to its administrators only, and says so in many ways."""
    failure = read_failure(answer)
    outside = failure is not None and failure.error_code in {400, 403}
    return NOT_ALLOWED(code=str(answer.status)) if outside else explain(answer)


def _account(bot: Bot, chat: Chat, site: str) -> Account:
    """A channel without a public name has its pages under its number, without the -100 of the Bot API."""
    page = chat.username or f"c/{str(chat.id).removeprefix('-100')}"
    secrets: Mapping[str, str] = {"token": bot.token}
    return Account(
        remote_id=str(chat.id),
        handle=f"@{chat.username}" if chat.username else chat.title or str(chat.id),
        name=chat.title or chat.username or str(chat.id),
        server=bot.server,
        site=site,
        url=f"{site}/{page}",
        limits=LIMITS,
        secrets=secrets,
    )
