"""Connecting a channel with the token of a bot that may post there."""

from collections.abc import Mapping

from hawker.connect.abilities import Field, Way
from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.refusals import Stranger
from hawker.connect.sign_in import ByForm, server_field, site_field
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.telegram.channel import User, read_channel
from hawker.platforms.telegram.typed import SERVER, SITE, Typed, read_typed
from hawker.platforms.telegram.wire import Bot, bot_of

BOT = Way(
    name="bot",
    label=say("With a bot"),
    fields=(
        Field(
            name="channel",
            label=say("Channel"),
            hint=say("Its name, such as @myshop. For a private channel, the link of one of its posts."),
        ),
        Field(
            name="token",
            label=say("The bot's token"),
            kind="password",
            hint=say("@BotFather gives it, such as “123456789:AAF…”."),
        ),
        server_field(SERVER, say("Leave it as it is, unless you keep a Bot API server of your own.")),
        site_field(SITE),
    ),
    help=say(
        "1. In Telegram, write /newbot to @BotFather, give the bot a name, and copy the token it gives you. "
        "2. Open your channel, then Administrators, Add administrator, and choose the bot. "
        "3. Let it post messages, and delete messages if Hawker is to take posts off. "
        "4. Type the channel's name and the token here. Whoever has the token can post: show it to nobody."
    ),
)


class SignIn(ByForm):
    """A bot's token lives until it is taken back (Bots FAQ, 2026-06-11)."""

    ways: tuple[Way, ...] = (BOT,)

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        typed = read_typed(fields)
        bot = Bot(http, typed.server, typed.token)
        me = await _me(bot, typed)
        try:
            return await read_channel(bot, me, typed.channel, typed.site)
        except SignInAgain as outside:
            raise Refused(outside.sentence, code=outside.code, field="channel") from outside

    async def check(self, http: Http, account: Account) -> Account:
        bot = bot_of(http, account)
        me = await bot.ask("getMe", User)
        return await read_channel(bot, me, account.remote_id, account.site)


async def _me(bot: Bot, typed: Typed) -> User:
    try:
        return await bot.ask("getMe", User)
    except SignInAgain as dead:
        sentence = say(
            "Telegram knows no bot with this token. Copy it again, or ask @BotFather for another (/token)."
        )
        raise Refused(sentence, code=dead.code, field="token") from dead
    except Stranger as other:
        sentence = say("No Telegram answers at %(server)s. Leave this field as it was.", server=typed.server)
        raise Refused(sentence, field="server") from other
