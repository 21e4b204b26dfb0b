"""Connecting an account with its AppID and AppSecret, and keeping its token fresh."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hawker.connect.abilities import Field, Way
from hawker.connect.errors import Later, OnlyByHand, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.sign_in import ByForm
from hawker.connect.text import say
from hawker.connect.typed import plain, visible
from hawker.connect.values import Account
from hawker.platforms.wechat.account import SECRET, TOKEN, account_of, server
from hawker.platforms.wechat.refusals import ADDRESSES
from hawker.platforms.wechat.wire import Api, Said, Token, api_of, fetch_token

_APPID = re.compile(r"wx[0-9a-f]{16}")
_NAME_LENGTH = 100
_NO_DRAFT = "none"

KEYS = Way(
    name="keys",
    label=say("With AppID and AppSecret"),
    fields=(
        Field(name="appid", label=say("AppID"), hint=say("It begins with wx.")),
        Field(
            name=SECRET,
            label=say("AppSecret"),
            kind="password",
            hint=say("WeChat shows it only once, when you enable or reset it."),
        ),
        Field(
            name="name",
            label=say("Name of the account"),
            required=False,
            hint=say("By which you tell it from others here. WeChat does not tell it to programs."),
        ),
    ),
    help=say(
        "What Hawker can do then depends on the account. Verified subscription accounts: publish, and send to"
        " all followers once a day. Verified service accounts: publish, and send four times a month."
        " Personal accounts, and those not verified: at its time Hawker puts the article among your drafts"
        " and tells you, and you publish it by hand. The address of this server must be on the account's IP"
        " allow-list."
    ),
)


class SignIn(ByForm):
    """Its token lives for two hours at most; the AppSecret fetches another."""

    ways: tuple[Way, ...] = (KEYS,)

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        appid, secret = plain(fields.get("appid", "")).lower(), visible(fields.get(SECRET, ""))
        if not _APPID.fullmatch(appid):
            sentence = say("This is not an AppID: it is wx and 16 letters and digits. Copy it again.")
            raise Refused(sentence, field="appid")
        app = {name: value for name, value in fields.items() if name not in {"appid", SECRET, "name"}}
        token = await _first_token(http, server(app), appid, secret)
        name = visible(fields.get("name", ""))[:_NAME_LENGTH]
        account = account_of(appid, name, app, _secrets(secret, token), _end(token))
        return await self.check(http, account)

    async def refresh(self, http: Http, account: Account) -> Account:
        secret = account.secrets[SECRET]
        try:
            token = await fetch_token(http, account.server, account.remote_id, secret)
        except Refused as refused:
            raise SignInAgain(refused.sentence, code=refused.code) from refused
        return replace(account, secrets=_secrets(secret, token), expires_at=_end(token))

    async def check(self, http: Http, account: Account) -> Account:
        """Counts its drafts: whoever may not do that can do nothing here. Whether it may publish is told by
        nothing but the answer to a call of that family."""
        api, name = api_of(http, account), account.handle if account.handle != account.remote_id else ""
        await api.get("draft/count", Said)
        found = account_of(account.remote_id, name, account.app, account.secrets, account.expires_at)
        by_hand = not await _publishes(api, known=not account.limits.by_hand)
        return replace(found, limits=replace(found.limits, by_hand=by_hand))


async def _publishes(api: Api, *, known: bool) -> bool:
    """Asks for what is published, and to publish a draft that is not there: some accounts may list and not
    publish. Both are allowed 100 times a day; then what was `known` is believed."""
    try:
        await api.ask("freepublish/batchget", {"offset": 0, "count": 1, "no_content": 1}, Said)
        return await _submits(api)
    except OnlyByHand:
        return False
    except Later:
        return known


async def _submits(api: Api) -> bool:
    """WeChat can only refuse it: because of the account, or because of the draft."""
    try:
        await api.ask("freepublish/submit", {"media_id": _NO_DRAFT}, Said)
    except Refused as refused:
        return not isinstance(refused, OnlyByHand)
    return True


async def _first_token(http: Http, address: str, appid: str, secret: str) -> Token:
    """While she sits at the form, what she can mend is said at its fields."""
    try:
        return await fetch_token(http, address, appid, secret)
    except SignInAgain as wrong:
        raise Refused(wrong.sentence, code=wrong.code, field=SECRET) from wrong
    except Later as later:
        if later.code in {str(code) for code in ADDRESSES}:
            raise Refused(later.sentence, code=later.code, field="appid") from later
        raise


def _secrets(secret: str, token: Token) -> dict[str, str]:
    return {SECRET: secret, TOKEN: token.access_token}


def _end(token: Token) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=min(max(token.expires_in, 0), 7200))
