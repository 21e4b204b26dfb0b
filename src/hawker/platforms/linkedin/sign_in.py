"""How an owner gives Hawker the right to act for her pages and her profile, through an app of her own."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import BaseModel

from hawker.connect import apps, oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.apps import VERSION
from hawker.connect.errors import KeyExpired, NetworkError, Refused
from hawker.connect.http import Answer, Http
from hawker.connect.refusals import from_epoch, read
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.connect.values import Account
from hawker.platforms.linkedin.account import Key, PageGone, key_of, pages, read_again, read_member, read_page
from hawker.platforms.linkedin.app import APP, MEMBER, PAGES, SCOPES, listed, place, wanted
from hawker.platforms.linkedin.refusals import ENDED, Word, explain
from hawker.platforms.linkedin.wire import Api

# “Refresh tokens with OAuth 2.0”, read 2026-11-22; a refresh token comes only to approved partners.
LIFE = timedelta(days=60)
SCOPE = "scope"
KEPT = (VERSION, SCOPES, "client_id", "client_secret", "server", "site")

_FOREIGN = say(
    "LinkedIn does not know this key, or it belongs to another app. Make one for the app whose client ID is "
    "stored here, and copy it whole."
)


class _Inspected(BaseModel):
    active: bool = False
    client_id: Word = ""
    scope: Word = ""
    expires_at: int | None = None

    @property
    def end(self) -> datetime | None:
        return from_epoch(str(self.expires_at)) if self.expires_at else None


class SignIn:
    ways: tuple[Way, ...] = (
        Way(
            name="oauth",
            label=say("Sign in at LinkedIn"),
            fields=(),
            redirects=True,
            help=say(
                "Afterwards you choose among your pages and your own profile. LinkedIn's keys live sixty "
                "days: ten days before, Hawker tells you to sign in again, unless your app is a partner's."
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
                    hint=say(
                        "From “OAuth token tools” in LinkedIn's developer portal, made for your own app."
                    ),
                ),
            ),
            help=say("For a Hawker to which LinkedIn cannot lead back. The token ends after sixty days."),
        ),
    )

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        token, app = visible(fields.get("access_token", "")), _kept(fields)
        told = await _inspect(http, app, token)
        if not told.active or told.client_id not in {"", app["client_id"]}:
            raise Refused(_FOREIGN, field="access_token")
        secrets = {"access_token": token, SCOPE: told.scope or wanted(app)}
        return await _member(http, app, secrets, told.end)

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
        page = f"{place(keys)[1]}/oauth/v2/authorization"
        client = oauth.App(
            client_id=apps.key(keys, "client_id"), client_secret=apps.key(keys, "client_secret")
        )
        return oauth.begin(page, client, back=back, scope=wanted(keys), pkce=False, memory=_kept(keys)), {}

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        try:
            code = oauth.accept(errand, answer, network="LinkedIn")
        except Refused as refused:
            raise (_of_scopes(refused, answer) if "scope" in refused.code else refused) from refused
        given = await oauth.exchange(http, _endpoint(errand), errand, code)
        granted = given.answer.get("scope") or wanted(errand)
        secrets = {"access_token": given.access, "refresh_token": given.refresh, SCOPE: granted}
        kept = {name: value for name, value in secrets.items() if value}
        return await _member(http, _kept(errand), kept, given.expires_at)

    async def refresh(self, http: Http, account: Account) -> Account:
        """Without a refresh token a key lives until it ends. A refresh token itself is not prolonged."""
        former = account.secrets.get("refresh_token")
        if not former:
            return await self._as_long_as_it_lives(http, account)
        client = oauth.App(
            client_id=apps.key(account.app, "client_id"), client_secret=apps.key(account.app, "client_secret")
        )
        given = await oauth.renew(http, _endpoint(key_of(account).app), client, former)
        secrets = {**account.secrets, "access_token": given.access, "refresh_token": given.refresh}
        return replace(account, secrets=secrets, expires_at=given.expires_at)

    async def _as_long_as_it_lives(self, http: Http, account: Account) -> Account:
        """LinkedIn is asked also after the end that is known: Hawker puts that at the moment of a refusal."""
        try:
            found = await self.check(http, account)
        except KeyExpired as expired:
            raise ENDED(code=expired.code) from expired
        return replace(found, expires_at=await _end(http, account) or found.expires_at)

    async def check(self, http: Http, account: Account) -> Account:
        found = await read_again(_api(http, key_of(account)), account)
        return replace(found, app=account.app)


def is_renewed(account: Account) -> bool:
    """Partners' apps alone get what renews a key."""
    return "refresh_token" in account.secrets


class Reach:
    """A member's own profile, and the pages that she runs: as far as the app's rights go."""

    async def reached(self, http: Http, person: Account) -> Sequence[Account]:
        scopes = listed(person.secrets.get(SCOPE, ""))
        secrets = {name: value for name, value in person.secrets.items() if name != SCOPE}
        key = replace(key_of(person), secrets=secrets)
        api, found = _api(http, key), list[Account]()
        if not scopes.isdisjoint(PAGES):
            async for urn in pages(api):
                with suppress(PageGone):  # roles outlive their pages
                    found.append(await read_page(api, key, urn))
        if MEMBER in scopes:
            found.append(replace(person, secrets=secrets))
        return found


def _kept(keys: Mapping[str, str]) -> dict[str, str]:
    return {name: keys[name] for name in KEPT if keys.get(name)}


def _api(http: Http, key: Key) -> Api:
    server, version = place(key.app)[0], APP.version(key.app)
    return Api(http=http, server=server, version=version, token=key.secrets["access_token"])


async def _member(
    http: Http, app: Mapping[str, str], secrets: Mapping[str, str], expires_at: datetime | None
) -> Account:
    key = Key(secrets=secrets, expires_at=expires_at, app=app)
    return await read_member(_api(http, key), key, listed(secrets.get(SCOPE, "")))


def _endpoint(app: Mapping[str, str]) -> oauth.Endpoint:
    return oauth.Endpoint(
        address=f"{place(app)[1]}/oauth/v2/accessToken", explain=_explain_tokens, lives=LIFE
    )


def _explain_tokens(answer: Answer) -> NetworkError | None:
    return oauth.explain_refusal("LinkedIn", answer) or explain(answer)


async def _inspect(http: Http, app: Mapping[str, str], token: str) -> _Inspected:
    keys = {name: apps.key(app, name) for name in ("client_id", "client_secret")}
    address = f"{place(app)[1]}/oauth/v2/introspectToken"
    answer = await http.request("POST", address, form={**keys, "token": token}, explain=_explain_inspection)
    return read("LinkedIn", answer, _Inspected)


async def _end(http: Http, account: Account) -> datetime | None:
    """None where LinkedIn does not tell: that is no reason to give up a key that still opens."""
    try:
        return (await _inspect(http, key_of(account).app, account.secrets["access_token"])).end
    except NetworkError:
        return None


def _explain_inspection(answer: Answer) -> NetworkError | None:
    """Whether LinkedIn refuses a key that it does not know, or calls it inactive, is not documented."""
    found = _explain_tokens(answer)
    about_key = isinstance(found, Refused) and found.field == "refresh_token"
    return Refused(_FOREIGN, code=found.code, field="access_token") if found and about_key else found


def _of_scopes(refused: Refused, answer: Mapping[str, str]) -> Refused:
    sentence = say(
        "LinkedIn says: “%(reason)s”. Copy the scopes that the Auth tab of your app lists into the field "
        "“OAuth 2.0 scopes” here, and begin again.",
        reason=answer.get("error_description", refused.code)[:300],
    )
    return Refused(sentence, code=refused.code, field=SCOPES)
