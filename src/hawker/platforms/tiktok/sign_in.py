"""How an owner gives Hawker the right to act for her account, through an app of her own at TikTok."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from hawker.connect import oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.apps import VERSION
from hawker.connect.errors import Later, NetworkError, Refused
from hawker.connect.http import Answer, Http
from hawker.connect.oauth import Endpoint, Tokens
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.connect.values import Account
from hawker.platforms.tiktok.app import APP, PUBLISH, SCOPES, app_in, place
from hawker.platforms.tiktok.creator import read_account
from hawker.platforms.tiktok.refusals import NAME, explain

# Said of the token endpoint, not of the key (OAuth error codes, 2026-11-05; RFC 6749, 4.1.2.1).
PASSING = {"server_error", "temporarily_unavailable"}


class SignIn:
    ways: tuple[Way, ...] = (
        Way(
            name="oauth",
            label=say("Sign in at TikTok"),
            fields=(),
            redirects=True,
            help=say(
                "Leave everything switched on that TikTok’s page shows. Until TikTok has audited the app "
                "that this Hawker uses, it posts for you alone (“Only you”), and only while the account is "
                "set to private in the TikTok app."
            ),
        ),
        Way(
            name="token",
            label=say("With a refresh token"),
            fields=(
                Field(
                    name="refresh_token",
                    label=say("Refresh token"),
                    kind="password",
                    hint=say("It begins with rft. and ends here: Hawker keeps the next one."),
                ),
            ),
            help=say("Where TikTok cannot lead back to this Hawker: it wants an address with https."),
        ),
    )

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        form = {"grant_type": "refresh_token", "refresh_token": visible(fields["refresh_token"])}
        given = await oauth.ask(http, _endpoint(fields), app_in(fields), form)
        return await _account(http, fields, given)

    async def start(
        self,
        http: Http,  # noqa: ARG002
        way: str,  # noqa: ARG002
        fields: Mapping[str, str],  # noqa: ARG002
        *,
        back: str,
        app: Mapping[str, str] | None,
    ) -> tuple[Errand, Mapping[str, str]]:
        keys, verifier = app or {}, secrets.token_urlsafe(48)
        client, (server, site) = app_in(keys), place(keys)
        errand = oauth.begin(
            f"{site}/{APP.version(keys)}/auth/authorize/",
            client,
            back=back,
            scope=SCOPES,
            pkce=False,
            memory={"server": server, "site": site, VERSION: APP.version(keys)},
            client_id="",
            client_key=client.client_id,
            code_challenge=challenge(verifier),
            code_challenge_method="S256",
        )
        return replace(errand, memory={**errand.memory, "verifier": verifier}), {}

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        code = oauth.accept(errand, answer, network=NAME)
        given = await oauth.exchange(http, _endpoint(errand), errand, code)
        return await _account(http, errand, given)

    async def refresh(self, http: Http, account: Account) -> Account:
        """The refresh token before may be dead afterwards: what comes back must be kept."""
        keys, former = account.app, account.secrets["refresh_token"]
        given = await oauth.renew(http, _endpoint(keys), app_in(keys), former)
        return replace(account, secrets=_kept(given), expires_at=given.expires_at)

    async def check(self, http: Http, account: Account) -> Account:
        """What the creator may choose comes with it."""
        keys = {**account.app, "server": account.server, "site": account.site}
        found = await read_account(http, keys, account.remote_id, account.secrets, account.expires_at)
        return replace(found, app=account.app)


def challenge(verifier: str) -> str:
    """TikTok wants it in hex, against RFC 7636 (Login Kit for Desktop, 2026-11-05)."""
    return hashlib.sha256(verifier.encode()).hexdigest()


def _endpoint(keys: Mapping[str, str]) -> Endpoint:
    """An access token lives two hours (Manage User Access Tokens, 2026-11-05); the answer says so too."""
    return Endpoint(
        address=f"{place(keys)[0]}/{APP.version(keys)}/oauth/token/",
        explain=_refusal,
        client_id="client_key",
        lives=timedelta(hours=2),
    )


def _refusal(answer: Answer) -> NetworkError | None:
    """The token endpoint refuses flatly, also with a 200; the envelope comes from what is before it."""
    code = answer.get("error")
    if code in PASSING:
        sentence = say(
            "TikTok has a fault just now. A channel is renewed by itself in some minutes; where you were "
            "signing in, begin again then."
        )
        return Later(sentence, code=code)
    return oauth.explain_refusal(NAME, answer) or explain(answer)


def _kept(given: Tokens) -> dict[str, str]:
    return {"access_token": given.access, "refresh_token": given.refresh}


async def _account(http: Http, keys: Mapping[str, str], given: Tokens) -> Account:
    granted, open_id = given.answer.get("scope"), given.answer.get("open_id")
    if (granted and PUBLISH not in granted.split(",")) or not (given.refresh and open_id):
        sentence = say(
            "TikTok gave no right to post for this account. Begin again, and leave everything switched on "
            "that TikTok’s page shows."
        )
        raise Refused(sentence, code="scope_not_authorized")
    app = {name: keys[name] for name in (*APP.names, VERSION) if keys.get(name)}
    return await read_account(http, app, open_id, _kept(given), given.expires_at)
