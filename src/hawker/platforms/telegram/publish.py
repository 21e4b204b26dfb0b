"""Publishing in a channel. Files go along in the one call that publishes: Telegram takes none beforehand."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated

from pydantic import BaseModel, Field, RootModel, ValidationError, model_validator

from hawker.connect.at_once import AtOnceUnseen
from hawker.connect.http import Http
from hawker.connect.length import utf16_units
from hawker.connect.refusals import Gone, unsaid
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.telegram.checks import problems
from hawker.platforms.telegram.message import write
from hawker.platforms.telegram.refusals import explain_delete
from hawker.platforms.telegram.wire import bot_of, read


class Message(BaseModel):
    message_id: int


class Sent(RootModel[Annotated[tuple[Message, ...], Field(min_length=1)]]):
    """One message, or the several of an album."""

    @model_validator(mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        return value if isinstance(value, list) else [value]


class Publish(AtOnceUnseen):
    """The Bot API lists no channel's history, and a bot is not told of its own posts."""

    network = "Telegram"

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return utf16_units(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(problems(draft))

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:  # noqa: ARG002
        letter, bot = await write(draft, account.remote_id), bot_of(http, account)
        answer = await bot.do(letter.method, **letter.body(), irreversible=True)
        try:
            return _published(account, read(answer, Sent))
        except ValidationError as error:
            raise unsaid("Telegram") from error

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        """Every message of an album. Raises Refused where the post is older than Telegram allows."""
        bot = bot_of(http, account)
        for message in published.detail.get("messages", published.remote_id).split(","):
            wanted = {"chat_id": account.remote_id, "message_id": int(message)}
            with suppress(Gone):
                await bot.do("deleteMessage", json=wanted, explain=explain_delete)


def _published(account: Account, sent: Sent) -> Published:
    """An album is several messages: the first stands for all, `detail` names each."""
    ids = [str(message.message_id) for message in sent.root]
    return Published(remote_id=ids[0], url=f"{account.url}/{ids[0]}", detail={"messages": ",".join(ids)})
