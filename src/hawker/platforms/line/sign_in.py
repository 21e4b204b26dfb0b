"""How an owner gives Hawker the right to write to the friends of her official account."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from hawker.connect import oauth
from hawker.connect.abilities import Field, Way
from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.sign_in import ByForm
from hawker.connect.text import say
from hawker.connect.typed import plain, visible
from hawker.connect.values import Account
from hawker.platforms.line.account import CHANNEL, SECRET, TOKEN, Bot, account_of, server
from hawker.platforms.line.quota import count_friends, look
from hawker.platforms.line.refusals import explain_keys
from hawker.platforms.line.wire import Line, line_of

TYPED = (TOKEN, CHANNEL, SECRET)
# Channel access token API, “Short-lived channel access token”, read 2026-07-01: 30 days, 30 tokens at once.
LIVES = timedelta(days=30)
BY_TOKEN = Way(
    name="token",
    label=say("With a channel access token"),
    fields=(
        Field(
            name=TOKEN,
            label=say("Channel access token"),
            kind="password",
            hint=say("The long-lived one, from the LINE Developers Console, under Messaging API."),
        ),
    ),
    help=say("The simplest way. The token lives until you issue another."),
)
BY_KEYS = Way(
    name="channel",
    label=say("With channel ID and channel secret"),
    fields=(
        Field(
            name=CHANNEL,
            label=say("Channel ID"),
            hint=say("Ten digits, from the LINE Developers Console, under Basic settings."),
        ),
        Field(name=SECRET, label=say("Channel secret"), kind="password", hint=say("On the same page.")),
    ),
    help=say("Hawker then fetches a token itself, and another every month."),
)


class SignIn(ByForm):
    ways: tuple[Way, ...] = (BY_TOKEN, BY_KEYS)

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:
        app = {name: value for name, value in fields.items() if name not in TYPED}
        if way == BY_KEYS.name:
            return await _by_keys(http, app, _keys(fields))
        return await _by_token(http, app, visible(fields.get(TOKEN, "")))

    async def refresh(self, http: Http, account: Account) -> Account:
        """A long-lived token needs none."""
        if not account.secrets.get(SECRET):
            return replace(account, expires_at=None)
        keys = {name: account.secrets[name] for name in (CHANNEL, SECRET)}
        try:
            given = await _given(http, account.server, keys)
        except Refused as refused:
            raise SignInAgain(refused.sentence, code=refused.code) from refused
        return replace(account, secrets={TOKEN: given.access, **keys}, expires_at=given.expires_at)

    async def check(self, http: Http, account: Account) -> Account:
        api = line_of(http, account)
        bot = await api.read("info", Bot)
        if bot.user_id != account.remote_id:
            sentence = say("This key opens another official account. Connect the channel again with its own.")
            raise SignInAgain(sentence)
        await look(api)
        people = await count_friends(api)
        known = account.limits.people if people is None else people
        return account_of(bot, account.app, account.secrets, account.expires_at, people=known)


async def _by_token(http: Http, app: Mapping[str, str], token: str) -> Account:
    try:
        if not token.isascii() or not token:
            raise Refused(_NO_TOKEN, field=TOKEN)
        api = Line(http=http, server=server(app), token=token)
        bot = await api.read("info", Bot)
    except SignInAgain as dead:
        raise Refused(_NO_TOKEN, code=dead.code, field=TOKEN) from dead
    return account_of(bot, app, {TOKEN: token}, None, people=await count_friends(api))


async def _by_keys(http: Http, app: Mapping[str, str], keys: Mapping[str, str]) -> Account:
    given = await _given(http, server(app), keys)
    api = Line(http=http, server=server(app), token=given.access)
    bot, secrets = await api.read("info", Bot), {TOKEN: given.access, **keys}
    return account_of(bot, app, secrets, given.expires_at, people=await count_friends(api))


def _keys(fields: Mapping[str, str]) -> dict[str, str]:
    channel = plain(fields.get(CHANNEL, ""))
    if not channel.isdecimal():
        sentence = say("This is not a channel ID: that has digits only. Copy it from Basic settings.")
        raise Refused(sentence, field=CHANNEL)
    return {CHANNEL: channel, SECRET: visible(fields.get(SECRET, ""))}


async def _given(http: Http, address: str, keys: Mapping[str, str]) -> oauth.Tokens:
    endpoint = oauth.Endpoint(address=f"{address}/v2/oauth/accessToken", explain=explain_keys, lives=LIVES)
    app = oauth.App(client_id=keys[CHANNEL], client_secret=keys[SECRET])
    return await oauth.ask(http, endpoint, app, {"grant_type": "client_credentials"})


_NO_TOKEN = say(
    "LINE does not take this channel access token. Copy all of it, or issue another in the LINE Developers"
    " Console, under Messaging API."
)
