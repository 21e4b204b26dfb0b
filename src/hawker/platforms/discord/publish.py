"""Publishing in a channel. Files go along in the one call that publishes: a webhook takes none beforehand."""

from collections.abc import Mapping
from contextlib import suppress

from pydantic import BaseModel

from hawker.connect.at_once import AtOnceUnseen
from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.length import utf16_units
from hawker.connect.refusals import Gone, read_sent
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.discord.checks import problems
from hawker.platforms.discord.message import Letter, write
from hawker.platforms.discord.refusals import explain, explain_delete
from hawker.platforms.discord.wire import Hook, hook_of


class Message(BaseModel):
    """`channel_id` is the thread's where the message is in one."""

    id: str
    channel_id: str


class Publish(AtOnceUnseen):
    """A webhook reads a message by its id only, and the id is in the answer that gets lost."""

    network = "Discord"

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return utf16_units(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(problems(draft))

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:  # noqa: ARG002
        if draft.reply_to:
            raise Refused(say("On Discord a webhook answers no post. Publish this as a post of its own."))
        letter, hook = await write(draft), hook_of(http, account)
        answer = await hook.post(letter.params, **letter.body(), irreversible=True, explain=explain)
        return _published(account, hook, letter, read_sent("Discord", answer, Message))

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        """Raises Refused where another webhook published it: only that one, or a person, can delete it."""
        hook, thread = hook_of(http, account), published.detail.get("thread", "")
        if published.detail.get("webhook", hook.number) != hook.number:
            sentence = say(
                "This post was published through an earlier webhook. Delete it in the Discord app."
            )
            raise Refused(sentence)
        with suppress(Gone):
            params = {"thread_id": thread} if thread else {}
            await hook.delete(published.remote_id, params, explain=explain_delete)


def _published(account: Account, hook: Hook, letter: Letter, message: Message) -> Published:
    inside = "thread_id" in letter.params or "thread_name" in letter.fields
    thread = {"thread": message.channel_id} if inside else {}
    server = account.url.rpartition("/")[0]
    return Published(
        remote_id=message.id,
        url=f"{server}/{message.channel_id}/{message.id}",
        detail={"webhook": hook.number, **thread},
    )
