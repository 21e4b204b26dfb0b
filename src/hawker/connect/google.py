"""Google as all its networks speak: OAuth 2.0, and the calls of an account. Its refusals: `google_errors`.

Where the keys of the owner's app name a `server`, everything of Google's is found there: a pretend network
plays the house with all its doors.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, TypeVar

import aiohttp
from pydantic import BaseModel, BeforeValidator
from pydantic import Field as Key

from hawker.connect import oauth, refusals
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.apps import Scope
from hawker.connect.errors import Refused
from hawker.connect.google_errors import NAME, explain_tokens
from hawker.connect.http import Answer, Explain, Http
from hawker.connect.text import Sentence, say
from hawker.connect.values import Account

CONSOLE = "https://console.cloud.google.com/"
# developers.google.com, identity/protocols/oauth2/web-server, as of 2026-11.
CONSENT, TOKENS, APIS = (
    "https://accounts.google.com",
    "https://oauth2.googleapis.com",
    "https://www.googleapis.com",
)
FIELDS = (
    Field(
        name="client_id",
        label=say("Client ID"),
        hint=say("It ends in .apps.googleusercontent.com."),
    ),
    Field(
        name="client_secret",
        label=say("Client secret"),
        kind="password",
        hint=say("Google shows it once, when the client is made; it begins with GOCSPX-."),
    ),
)
WAYS = (
    Way(
        name="oauth",
        label=say("Sign in with Google"),
        fields=(),
        redirects=True,
        help=say("Choose the account there, and tick every box that Google shows."),
    ),
    Way(
        name="token",
        label=say("With a refresh token"),
        fields=(
            Field(
                name="refresh_token",
                label=say("Refresh token"),
                kind="password",
                hint=say("Made for the client ID that this installation uses; it begins with 1//."),
            ),
        ),
        help=say(
            "Where Google cannot lead back to this Hawker: it wants an address with https, or localhost."
        ),
    ),
)


def steps(api: str) -> tuple[Sentence, ...]:
    """What an owner does at Google, once; `api` names what she switches on."""
    return (
        say("Open Google Cloud console (console.cloud.google.com), and make a project or choose one."),
        say("Under “APIs & Services”, “Library”, search for %(api)s, and press “Enable”.", api=api),
        say(
            "Under “Google Auth Platform”, “Branding”, give a name and your e-mail address; as audience "
            "choose “External”."
        ),
        say("Under “Data access”, add the rights that are listed here."),
        say(
            "Under “Audience”, press “Publish app”. While it says “Testing”, every sign-in ends after "
            "seven days, and only test users can sign in."
        ),
        say(
            "Under “Clients”, make a client of the kind “Web application”, and copy the address shown here "
            "to its “Authorized redirect URIs”, exactly as it is."
        ),
        say("Copy the client ID and the client secret of that client, and type them here."),
    )


def base(app: Mapping[str, str], usual: str) -> str:
    """Where one of Google's servers is found."""
    return app.get("server") or usual


def keys(memory: Mapping[str, str]) -> Mapping[str, str]:
    """The keys of the owner's app, of all that an errand remembers."""
    return {name: value for name, value in memory.items() if name not in {"back", "state", "verifier"}}


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What an owner gave: `secrets` for her account, and the rights that stand behind them."""

    secrets: Mapping[str, str] = field(repr=False)
    expires_at: datetime | None

    @property
    def token(self) -> str:
        return self.secrets["access_token"]


def begin(app: Mapping[str, str], scopes: Sequence[Scope], *, back: str) -> Errand:
    """Consent is asked for each time: Google gives a refresh token with it only."""
    return oauth.begin(
        f"{base(app, CONSENT)}/o/oauth2/v2/auth",
        oauth.app_of(app),
        back=back,
        scope=" ".join(scope.name for scope in scopes),
        memory=app,
        access_type="offline",
        prompt="consent select_account",
        include_granted_scopes="true",
    )


async def finish(
    http: Http, errand: Mapping[str, str], answer: Mapping[str, str], scopes: Sequence[Scope]
) -> Grant:
    """Raises Refused where the owner said no, or un-ticked what Hawker needs."""
    code = oauth.accept(errand, answer, network=NAME)
    given = await oauth.exchange(http, _endpoint(errand), errand, code)
    if not given.refresh:
        raise Refused(say("Google gave no key that lasts. Begin again."))
    return _grant(given, scopes)


async def sign_in(http: Http, fields: Mapping[str, str], scopes: Sequence[Scope]) -> Grant:
    """By a refresh token; `fields` holds the keys of the owner's app beside it."""
    form = {"grant_type": "refresh_token", "refresh_token": fields.get("refresh_token", "").strip()}
    return _grant(await oauth.ask(http, _endpoint(fields), oauth.app_of(fields), form), scopes)


async def refresh(http: Http, account: Account) -> Account:
    """Google gives no second refresh token: the first one stays. Raises SignInAgain where it is dead."""
    former = account.secrets["refresh_token"]
    given = await oauth.renew(http, _endpoint(account.app), oauth.app_of(account.app), former)
    secrets = {**account.secrets, "access_token": given.access, "refresh_token": given.refresh}
    return replace(account, secrets=secrets, expires_at=given.expires_at)


def _endpoint(app: Mapping[str, str]) -> oauth.Endpoint:
    return oauth.Endpoint(address=f"{base(app, TOKENS)}/token", explain=explain_tokens)


def _grant(given: oauth.Tokens, scopes: Sequence[Scope]) -> Grant:
    allowed = given.answer.get("scope").split()
    missing = [scope.name for scope in scopes if scope.name not in allowed]
    if missing:
        names = ", ".join(name.rpartition("/")[2] for name in missing)
        sentence = say(
            "Google did not give Hawker all it needs (%(scopes)s). Begin again, and tick every box.",
            scopes=names,
        )
        raise Refused(sentence, code="scope")
    secrets = {"access_token": given.access, "refresh_token": given.refresh}
    return Grant(secrets=secrets, expires_at=given.expires_at)


class Paged(BaseModel):
    """A page of a list; the last one names no further one."""

    following: Annotated[str, Key(alias="nextPageToken")] = ""


T = TypeVar("T", bound=BaseModel)
P = TypeVar("P", bound=Paged)
# int64 comes as text in Google's JSON.
Count = Annotated[int, BeforeValidator(lambda value: int(value or 0))]


@dataclass(frozen=True)
class Api:
    """An API of Google's on behalf of an account; `explain` reads its refusals (`google_errors.explains`)."""

    http: Http
    address: str
    token: str = field(repr=False)
    explain: Explain

    async def call(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] | None = None,
        *,
        json: object = None,
        data: bytes | aiohttp.FormData | None = None,
        headers: Mapping[str, str] | None = None,
        irreversible: bool = False,
        explain: Explain | None = None,
    ) -> Answer:
        return await self.http.request(
            method,
            f"{self.address}{path}",
            token=self.token,
            params=params,
            json=json,
            data=data,
            headers=headers,
            irreversible=irreversible,
            explain=explain or self.explain,
        )

    async def pages(
        self, path: str, params: Mapping[str, str], kind: type[P], *, most: int = 20
    ) -> AsyncIterator[P]:
        """The pages of a list, so many at most: each costs anew."""
        following: Mapping[str, str] = {}
        for _ in range(most):
            page = read(await self.call("GET", path, {**params, **following}), kind)
            yield page
            if not page.following:
                return
            following = {"pageToken": page.following}


def read(answer: Answer, kind: type[T]) -> T:
    """Raises Later where the answer cannot be read."""
    return refusals.read(NAME, answer, kind)
