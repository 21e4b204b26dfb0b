"""Connecting a channel with the address of a webhook in it."""

from collections.abc import Mapping

from hawker.connect.abilities import Field, Way
from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.refusals import Stranger
from hawker.connect.sign_in import ByForm
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.discord.channel import moved, read_channel
from hawker.platforms.discord.typed import read_typed
from hawker.platforms.discord.wire import Hook, hook_of

WEBHOOK = Way(
    name="webhook",
    label=say("With a webhook"),
    fields=(
        Field(
            name="webhook",
            label=say("Webhook URL"),
            kind="password",
            hint=say("It begins with https://discord.com/api/webhooks/."),
        ),
        Field(
            name="channel",
            label=say("Channel"),
            required=False,
            hint=say("Its name, such as #news, by which you tell it from others. Discord does not tell it."),
        ),
    ),
    help=say(
        "1. In Discord on a computer, open the settings of your channel, then Integrations, Webhooks, New "
        "Webhook. 2. Give it your shop's name and picture: posts appear under these. 3. Press Copy Webhook "
        "URL, and paste it here. Whoever has this address can post: show it to nobody."
    ),
)


class SignIn(ByForm):
    """A webhook lives until it is deleted."""

    ways: tuple[Way, ...] = (WEBHOOK,)

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        typed = read_typed(fields)
        try:
            return await read_channel(Hook(http, typed.server, typed.key), typed.site, typed.channel)
        except (SignInAgain, Refused) as dead:
            raise Refused(dead.sentence, code=dead.code, field="webhook") from dead
        except Stranger as other:
            sentence = say("No Discord answers at this address. Copy the webhook's URL again.")
            raise Refused(sentence, field="webhook") from other

    async def check(self, http: Http, account: Account) -> Account:
        handle = account.handle if account.handle.startswith("#") else ""
        fresh = await read_channel(hook_of(http, account), account.site, handle)
        if fresh.remote_id != account.remote_id:
            raise moved()
        return fresh
