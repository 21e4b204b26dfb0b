"""How an owner gives Hawker the right to act for an account, through an app of her own at X."""

from collections.abc import Mapping
from dataclasses import replace

from hawker.connect import oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.connect.values import Account
from hawker.platforms.x import tokens
from hawker.platforms.x.account import read_account
from hawker.platforms.x.app import SCOPES, app_in, app_of, place


class SignIn:
    ways: tuple[Way, ...] = (
        Way(
            name="oauth",
            label=say("Sign in at X"),
            fields=(),
            redirects=True,
        ),
        Way(
            name="token",
            label=say("With a refresh token"),
            fields=(
                Field(
                    name="refresh_token",
                    label=say("Refresh token"),
                    kind="password",
                    hint=say("X takes each refresh token once: Hawker keeps the next one, yours ends here."),
                ),
            ),
            help=say(
                "For whoever has signed in to X through the same app with a program of her own, where X "
                "cannot lead back to this Hawker. The token must have tweet.read, tweet.write, users.read, "
                "media.write and offline.access."
            ),
        ),
    )

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        app, (server, site) = app_in(fields), place(fields)
        form = {"grant_type": "refresh_token", "refresh_token": visible(fields["refresh_token"])}
        given = await oauth.ask(http, tokens.endpoint(server), app, form)
        return await read_account(http, server, site, tokens.secrets(given), given.expires_at)

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
        server, site = place(keys)
        page, memory = f"{site}/i/oauth2/authorize", {"server": server, "site": site}
        return oauth.begin(page, app_in(keys), back=back, scope=SCOPES, memory=memory), {}

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        """X's code lives thirty seconds."""
        code = oauth.accept(errand, answer, network="X")
        given = await oauth.exchange(http, tokens.endpoint(errand["server"]), errand, code)
        if not given.refresh:
            raise Refused(say("X gave no key that lasts. Begin again, and allow offline access."))
        secrets, places = tokens.secrets(given), (errand["server"], errand["site"])
        return await read_account(http, *places, secrets, given.expires_at)

    async def refresh(self, http: Http, account: Account) -> Account:
        """The refresh token before is dead afterwards: what comes back must be kept."""
        app, former = app_of(account), account.secrets["refresh_token"]
        given = await oauth.renew(http, tokens.endpoint(account.server), app, former)
        secrets = {**account.secrets, **tokens.secrets(given)}
        return replace(account, secrets=secrets, expires_at=given.expires_at)

    async def check(self, http: Http, account: Account) -> Account:
        """Refreshes nothing: `check` keeps no secrets, and the refresh token would be lost."""
        return await read_account(http, account.server, account.site, account.secrets, account.expires_at)
