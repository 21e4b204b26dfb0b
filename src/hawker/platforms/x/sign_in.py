"""How an owner gives Hawker the right to act for an account, through an app of her own at X."""

from collections.abc import Mapping
from dataclasses import replace

from hawker.connect import oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.errors import Refused
from hawker.connect.http import Http
from hawker.connect.sign_in import server_field, site_field
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.connect.values import Account
from hawker.platforms.x import tokens
from hawker.platforms.x.account import read_account
from hawker.platforms.x.typed import SERVER, SITE, read_typed

SCOPES = "tweet.read tweet.write users.read media.write offline.access"
CLIENT_ID = Field(
    name="client_id",
    label=say("Client ID"),
    hint=say("Of your app in X's developer console, under Keys and tokens, OAuth 2.0."),
)
CLIENT_SECRET = Field(
    name="client_secret",
    label=say("Client secret"),
    kind="password",
    required=False,
    hint=say("Leave it empty for a public app, or where Hawker knows it from the last time."),
)
ADDRESSES = (
    server_field(SERVER, say("Leave it as it is.")),
    site_field(SITE),
)


class SignIn:
    ways: tuple[Way, ...] = (
        Way(
            name="oauth",
            label=say("Sign in at X"),
            fields=(CLIENT_ID, CLIENT_SECRET, *ADDRESSES),
            redirects=True,
            help=say(
                "1. At console.x.com make an app, and add credit: X takes a fee for each post (in August "
                "2026: 0.015 US dollars, with a link 0.20). "
                "2. In its user authentication settings choose “Read and write” and “Web App” (a "
                "confidential client, with a secret) or “Native App” (a public one, without). "
                "3. As callback address give exactly the address of your Hawker followed by "
                "/channels/back/x, for example https://hawker.example/channels/back/x; as website your own. "
                "4. Copy the client ID and the client secret of OAuth 2.0, and type them here. "
                "X then asks you to allow five things: tweet.read and users.read to know your account and "
                "find a post whose answer was lost, tweet.write to publish and delete, media.write for "
                "pictures and their descriptions, offline.access so that Hawker may act while you are away."
            ),
        ),
        Way(
            name="token",
            label=say("With a refresh token"),
            fields=(
                CLIENT_ID,
                CLIENT_SECRET,
                Field(
                    name="refresh_token",
                    label=say("Refresh token"),
                    kind="password",
                    hint=say("X takes each refresh token once: Hawker keeps the next one, yours ends here."),
                ),
                *ADDRESSES,
            ),
            help=say(
                "For whoever has signed in to X with a program of her own, where X cannot lead back to this "
                "Hawker. The token must have tweet.read, tweet.write, users.read, media.write and "
                "offline.access."
            ),
        ),
    )

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        typed, refresh_token = read_typed(fields), visible(fields.get("refresh_token", ""))
        await tokens.probe(http, typed.server)
        form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        given = await oauth.ask(http, tokens.endpoint(typed.server), typed.app, form)
        secrets = tokens.secrets(typed.app, given)
        return await read_account(http, typed.server, typed.site, secrets, given.expires_at)

    async def start(
        self,
        http: Http,
        way: str,  # noqa: ARG002
        fields: Mapping[str, str],
        *,
        back: str,
        app: Mapping[str, str] | None,
    ) -> tuple[Errand, Mapping[str, str]]:
        typed = read_typed(fields, app)
        await tokens.probe(http, typed.server)
        errand = oauth.begin(
            f"{typed.site}/i/oauth2/authorize",
            typed.app,
            back=back,
            scope=SCOPES,
            memory={"server": typed.server, "site": typed.site},
        )
        return errand, typed.app.memory()

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        """X's code lives thirty seconds."""
        code = oauth.accept(errand, answer, network="X")
        given = await oauth.exchange(http, tokens.endpoint(errand["server"]), errand, code)
        if not given.refresh:
            raise Refused(say("X gave no key that lasts. Begin again, and allow offline access."))
        secrets = tokens.secrets(oauth.app_of(errand), given)
        return await read_account(http, errand["server"], errand["site"], secrets, given.expires_at)

    async def refresh(self, http: Http, account: Account) -> Account:
        """The refresh token before is dead afterwards: what comes back must be kept."""
        app, former = oauth.app_of(account.secrets), account.secrets["refresh_token"]
        given = await oauth.renew(http, tokens.endpoint(account.server), app, former)
        return replace(account, secrets=tokens.secrets(app, given), expires_at=given.expires_at)

    async def check(self, http: Http, account: Account) -> Account:
        """Refreshes nothing: `check` keeps no secrets, and the refresh token would be lost."""
        return await read_account(http, account.server, account.site, account.secrets, account.expires_at)
