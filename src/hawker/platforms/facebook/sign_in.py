"""How an owner gives Hawker the right to act for her pages, through an app of her own at Meta."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hawker.connect import oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.http import Http
from hawker.connect.meta import Graph, graph
from hawker.connect.meta_app import demand, enter, kept, lasting, listen, pages, recognise
from hawker.connect.meta_hooks import WORD
from hawker.connect.meta_oauth import dialog, granted, inspect, prolong
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.connect.values import Account
from hawker.platforms.facebook.account import FIELDS, PERSON, Page, account_of, server, site
from hawker.platforms.facebook.app import APP, NEEDED
from hawker.platforms.facebook.refusals import OF_PAGE, REFUSALS

HEARD = "feed,mention"


class SignIn:
    ways: tuple[Way, ...] = (
        Way(
            name="oauth",
            label=say("Sign in at Facebook"),
            fields=(),
            redirects=True,
            help=say(
                "Facebook asks which pages Hawker may act for, and what it may do there. Leave everything"
                " switched on. Hawker never posts to your personal profile."
            ),
        ),
        Way(
            name="token",
            label=say("With a page access token"),
            fields=(
                Field(
                    name="access_token",
                    label=say("Access token"),
                    kind="password",
                    hint=say(
                        "Of a page, or of a system user in Meta Business Suite, made for your own app; one of"
                        " a system user never runs out."
                    ),
                ),
            ),
            help=say(
                "For whoever manages pages with Meta Business Suite: under Settings, System users, generate a"
                " token for your app, with the permissions that are listed here."
            ),
        ),
    )

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        token = visible(fields.get("access_token", ""))
        app = {name: value for name, value in fields.items() if name != "access_token"}
        nobody = _nobody(http, app)
        key = await recognise(nobody, app, token, NEEDED)
        asked = FIELDS if key.kind == "PAGE" else PERSON
        return await _read(http, app, *await lasting(nobody, app, token, key), asked)

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
        page = f"{site(keys)}/{APP.version(keys)}/dialog/oauth"
        return dialog(page, keys, back=back, scopes=[scope.name for scope in APP.scopes]), {}

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        code = oauth.accept(errand, answer, network=REFUSALS.network)
        long = await enter(_nobody(http, errand), errand, code)
        person = await _read(http, kept(errand), long.access, long.expires_at, PERSON)
        demand(await granted(graph(http, person, REFUSALS)), NEEDED)
        return person

    async def refresh(self, http: Http, account: Account) -> Account:
        """Pages' keys from a sign-in never run out; others can be prolonged while they live."""
        if account.expires_at is None:
            return account
        token = account.secrets["access_token"]
        given = await prolong(graph(http, account, OF_PAGE), account.app, token)
        return replace(account, secrets={"access_token": given.access}, expires_at=given.expires_at)

    async def check(self, http: Http, account: Account) -> Account:
        """Asks Facebook to tell of what happens on the page, too, where the app knows its word for that."""
        api = graph(http, account, OF_PAGE)
        page = await api.read(account.remote_id, Page, {"fields": FIELDS})
        if account.app.get(WORD):
            await listen(api, page.id, HEARD)
        known = account_of(page, account.app, account.secrets["access_token"], account.expires_at)
        return replace(known, secrets=account.secrets)


class Reach:
    """The pages of a person: those she runs herself, and those of her businesses."""

    async def reached(self, http: Http, person: Account) -> Sequence[Account]:
        api, token = graph(http, person, REFUSALS), person.secrets["access_token"]
        key = await inspect(api, person.app, token)
        if key.kind == "PAGE":
            return [person]
        listed = await pages(api, Page, f"{FIELDS},access_token,tasks", key.scopes)
        own = {page.id: page for page in listed if page.access_token and page.may_publish}
        return [account_of(page, person.app, page.access_token) for page in own.values()]


def _nobody(http: Http, app: Mapping[str, str]) -> Graph:
    return Graph(http=http, server=server(app), version=APP.version(app), refusals=REFUSALS)


async def _read(
    http: Http, app: Mapping[str, str], token: str, expires_at: datetime | None, fields: str
) -> Account:
    api = replace(_nobody(http, app), token=token, secret=app.get("client_secret", ""))
    page = await api.read("me", Page, {"fields": fields})
    return account_of(page, app, token, expires_at)
