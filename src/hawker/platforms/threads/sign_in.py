"""How an owner gives Hawker the right to act for her account, through an app of her own at Meta."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from hawker.connect import oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.meta import Graph
from hawker.connect.meta_app import FOREIGN, demand, kept
from hawker.connect.meta_oauth import TOKEN, dialog, explain_key, inspect, trade
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.connect.values import Account
from hawker.platforms.threads.account import FIELDS, Profile, account_of, api_of, nobody, server, site
from hawker.platforms.threads.app import APP, NEEDED
from hawker.platforms.threads.refusals import REFUSALS

# A key lives for sixty days and is renewed from its second day on ("Long-lived tokens", read 2026-11-22).
LIFE, YOUNG = timedelta(days=60), timedelta(hours=24)


class SignIn:
    ways: tuple[Way, ...] = (
        Way(
            name="oauth",
            label=say("Sign in at Threads"),
            fields=(),
            redirects=True,
            help=say(
                "Threads asks which rights Hawker gets. As long as your app is not examined, your account"
                " must be a tester of it."
            ),
        ),
        Way(
            name="token",
            label=say("With an access token"),
            fields=(
                Field(
                    name="access_token",
                    label=say("Access token"),
                    kind="password",
                    hint=say("Made for your own app; it begins with TH."),
                ),
            ),
            help=say(
                "For testers of your app: in Meta's developer pages, under Use cases, Access the Threads API,"
                " Settings, User token generator."
            ),
        ),
    )

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        token = visible(fields.get("access_token", ""))
        try:
            account = await _account(http, kept(fields), token)
        except SignInAgain as dead:
            raise Refused(FOREIGN, code=dead.code, field="access_token") from dead
        ends = account.expires_at
        if ends is None or ends > datetime.now(UTC) + YOUNG:
            return account
        return await _lengthened(http, account.app, token)

    async def start(
        self,
        http: Http,  # noqa: ARG002
        way: str,  # noqa: ARG002
        fields: Mapping[str, str],  # noqa: ARG002
        *,
        back: str,
        app: Mapping[str, str] | None,
    ) -> tuple[Errand, Mapping[str, str]]:
        keys = app or {}
        page = f"{site(keys)}/oauth/authorize"
        return dialog(page, keys, back=back, scopes=[scope.name for scope in APP.scopes]), keys

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        """A key of an hour is changed for one of sixty days at once."""
        code = oauth.accept(errand, answer, network=REFUSALS.network).removesuffix("#_")
        explain = partial(explain_key, REFUSALS)
        endpoint = oauth.Endpoint(address=f"{server(errand)}/{TOKEN}", explain=explain)
        short = await oauth.exchange(http, endpoint, errand, code)
        return await _lengthened(http, kept(errand), short.access)

    async def refresh(self, http: Http, account: Account) -> Account:
        """A key of less than a day is not renewed there, and is as good as a fresh one: where Threads refuses
        to renew a key that still opens, it is kept, with the end that Threads tells of it."""
        now = datetime.now(UTC)
        if account.expires_at is None or account.expires_at > now + LIFE - YOUNG:
            return await self.check(http, account)
        params = {"grant_type": "th_refresh_token", "access_token": account.secrets["access_token"]}
        api = replace(api_of(http, account), token="")
        try:
            given = await trade(api, f"{account.server}/refresh_access_token", params)
        except Refused:
            return await _account(http, account.app, account.secrets["access_token"])
        return replace(
            account, secrets={"access_token": given.access}, expires_at=given.expires_at or now + LIFE
        )

    async def check(self, http: Http, account: Account) -> Account:
        profile = await api_of(http, account).read("me", Profile, {"fields": FIELDS})
        return account_of(profile, account.app, account.secrets["access_token"], account.expires_at)


async def _lengthened(http: Http, app: Mapping[str, str], token: str) -> Account:
    params = {
        "grant_type": "th_exchange_token",
        "client_secret": oauth.app_of(app).client_secret,
        "access_token": token,
    }
    long = await trade(nobody(http, app), f"{server(app)}/access_token", params)
    return await _account(http, app, long.access, long.expires_at)


async def _account(
    http: Http, app: Mapping[str, str], token: str, expires_at: datetime | None = None
) -> Account:
    """Whose key this is. Raises Refused where it may not do what is needed."""
    api = nobody(http, app, token)
    profile = await api.read("me", Profile, {"fields": FIELDS})
    ends = await _examine(api, app, token)
    return account_of(profile, app, token, expires_at or ends)


async def _examine(api: Graph, app: Mapping[str, str], token: str) -> datetime | None:
    """When a key ends. Which fields Threads tells of it is not documented: a missing one is no objection."""
    key = await inspect(api, app, token, by=token)
    if not key.is_valid or key.app_id not in {"", app.get("client_id")}:
        raise Refused(FOREIGN, field="access_token")
    if key.scopes:
        demand(key.scopes, NEEDED)
    return key.expires_at
