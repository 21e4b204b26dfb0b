"""How an owner gives Hawker the right to act for an account: by OAuth at the server, or with a token."""

from collections.abc import Mapping

from hawker.connect import oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.mastodon.account import read_account
from hawker.platforms.mastodon.address import server_address
from hawker.platforms.mastodon.registration import (
    BROAD_SCOPES,
    Endpoints,
    Registration,
    discover,
    is_known,
    recall,
    register,
    token_endpoint,
)
from hawker.platforms.mastodon.wire import Server

SERVER = Field(
    name="server",
    label=say("Server"),
    hint=say("What stands after the second @ of your handle, for example mastodon.social."),
)


class SignIn:
    ways: tuple[Way, ...] = (
        Way(name="oauth", label=say("Sign in at your server"), fields=(SERVER,), redirects=True),
        Way(
            name="token",
            label=say("With an access token"),
            fields=(SERVER, Field(name="token", label=say("Access token"), kind="password")),
            help=say(
                "On your server open Preferences, Development, New application. Tick read:accounts,"
                " read:statuses, read:notifications, write:statuses and write:media, save, and copy"
                " “Your access token”."
            ),
        ),
    )

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        address = server_address(fields.get("server", ""))
        try:
            return await read_account(http, address, fields.get("token", "").strip())
        except SignInAgain as dead:
            raise Refused(
                say("The server does not accept this access token. Copy it again or make another one."),
                code=dead.code,
                field="token",
            ) from dead

    async def start(
        self,
        http: Http,
        way: str,  # noqa: ARG002
        fields: Mapping[str, str],
        *,
        back: str,
        app: Mapping[str, str] | None,
    ) -> tuple[Errand, Mapping[str, str]]:
        server = Server(http, server_address(fields.get("server", "")))
        endpoints = await discover(server)
        kept = recall(app or {})
        asked = kept.scopes in {endpoints.scopes, BROAD_SCOPES}
        fits = asked and kept.back == back and await is_known(server, endpoints, kept)
        registration = kept if fits else await register(server, back, endpoints.scopes)
        return _errand(server, endpoints, registration), registration.memory()

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        server = Server(http, errand["server"])
        code = oauth.accept(errand, answer, network=server.host)
        endpoint = token_endpoint(server, errand["token_endpoint"])
        given = await oauth.exchange(http, endpoint, errand, code, scope=recall(errand).scopes)
        return await read_account(http, server.address, given.access)

    async def refresh(self, http: Http, account: Account) -> Account:
        """Mastodon's tokens live until they are revoked (spec/oauth, 2026-07-02)."""
        return await self.check(http, account)

    async def check(self, http: Http, account: Account) -> Account:
        return await read_account(http, account.server, account.secrets["token"])


def _errand(server: Server, endpoints: Endpoints, registration: Registration) -> Errand:
    places = {"server": server.address, "token_endpoint": endpoints.token}
    return oauth.begin(
        endpoints.authorize,
        registration.app,
        back=registration.back,
        scope=registration.scopes,
        pkce=endpoints.pkce,
        memory={**registration.memory(), **places},
    )
