"""Publishing in a channel. Files go along in the one call that publishes: a webhook takes none beforehand."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime

from pydantic import BaseModel

from hawker.connect.at_once import AtOnce
from hawker.connect.errors import CannotLook, Refused
from hawker.connect.http import Http
from hawker.connect.refusals import Gone, read_sent
from hawker.connect.text import say
from hawker.connect.values import Account, Draft, Limits, Problem, Published
from hawker.platforms.discord.checks import problems
from hawker.platforms.discord.length import units
from hawker.platforms.discord.message import Letter, write
from hawker.platforms.discord.refusals import explain, explain_delete
from hawker.platforms.discord.wire import Hook, hook_of


class Message(BaseModel):
    """`channel_id` is the thread's where the message is in one."""

    id: str
    channel_id: str


class Publish(AtOnce):
    network = "Discord"

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:  # noqa: ARG002
        return units(text)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:  # noqa: ARG002
        return list(problems(draft))

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:  # noqa: ARG002
        if draft.reply_to:
            raise Refused(say("On Discord a webhook answers no post. Publish this as a post of its own."))
        letter, hook = await write(draft), hook_of(http, account)
        if letter.files:
            answer = await hook.post(letter.params, data=letter.form(), explain=explain)
        else:
            answer = await hook.post(letter.params, json=letter.fields, explain=explain)
        return _published(account, hook, letter, read_sent("Discord", answer, Message))

    async def find(
        self,
        http: Http,  # noqa: ARG002
        account: Account,
        draft: Draft,  # noqa: ARG002
        done: Mapping[str, str],  # noqa: ARG002
        *,
        since: datetime,  # noqa: ARG002
        known: Collection[str] = (),  # noqa: ARG002
    ) -> Published | None:
        """A webhook reads a message by its id only, and the id was in the answer that got lost."""
        sentence = say(
            "Discord does not let a webhook read the channel %(channel)s. Look there whether this post is "
            "out.",
            channel=account.handle,
        )
        raise CannotLook(sentence)

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
