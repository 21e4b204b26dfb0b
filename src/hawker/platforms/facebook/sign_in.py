"""How an owner gives Hawker the right to act for her pages, through an app of her own at Meta."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from hawker.connect import oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.apps import VERSION
from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.meta import Graph, Id, graph
from hawker.connect.meta_hooks import WORD
from hawker.connect.meta_oauth import Inspected, dialog, exchange, granted, inspect, prolong
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.connect.values import Account
from hawker.platforms.facebook.account import FIELDS, PERSON, Page, account_of, server, site
from hawker.platforms.facebook.app import APP, NEEDED
from hawker.platforms.facebook.refusals import OF_PAGE, REFUSALS

HEARD = "feed,mention"
KEPT = ("client_id", "client_secret", VERSION, "server", "site")


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
        key = await inspect(_nobody(http, app), app, token)
        if not key.is_valid or key.app_id != app.get("client_id"):
            raise Refused(_FOREIGN, field="access_token")
        _demand(key.scopes)
        if key.kind == "PAGE":
            return await _read(http, app, token, key.expires_at, FIELDS)
        if key.kind == "USER" and key.expires_at:
            long = await prolong(_nobody(http, app), app, token)
            return await _read(http, app, long.access, long.expires_at, PERSON)
        return await _read(http, app, token, key.expires_at, PERSON)

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
        """A key of an hour is changed for one of sixty days at once: the pages' keys then have no end."""
        code = oauth.accept(errand, answer, network=REFUSALS.network)
        nobody = _nobody(http, errand)
        short = await exchange(nobody, errand, code)
        long = await prolong(nobody, errand, short.access)
        app = {name: errand[name] for name in KEPT if name in errand}
        person = await _read(http, app, long.access, long.expires_at, PERSON)
        _demand(await granted(graph(http, person, REFUSALS)))
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
            await _subscribe(api, page)
        known = account_of(page, account.app, account.secrets["access_token"], account.expires_at)
        return replace(known, secrets=account.secrets)


class Reach:
    """The pages of a person: those she runs herself, and those of her businesses."""

    async def reached(self, http: Http, person: Account) -> Sequence[Account]:
        api, token = graph(http, person, REFUSALS), person.secrets["access_token"]
        key = await inspect(api, person.app, token)
        if key.kind == "PAGE":
            return [person]
        pages = {page.id: page for page in await _pages(api, key) if page.access_token and page.may_publish}
        return [account_of(page, person.app, page.access_token) for page in pages.values()]


def _nobody(http: Http, app: Mapping[str, str]) -> Graph:
    return Graph(http=http, server=server(app), version=APP.version(app), refusals=REFUSALS)


async def _read(
    http: Http, app: Mapping[str, str], token: str, expires_at: datetime | None, fields: str
) -> Account:
    api = replace(_nobody(http, app), token=token, secret=app.get("client_secret", ""))
    page = await api.read("me", Page, {"fields": fields})
    return account_of(page, app, token, expires_at)


def _demand(scopes: frozenset[str]) -> None:
    missing = [name for name in NEEDED if name not in scopes]
    if missing:
        sentence = say(
            "Hawker also needs the permission %(scopes)s. Begin again, and leave everything switched on that"
            " Facebook asks about.",
            scopes=", ".join(missing),
        )
        raise Refused(sentence, code="scopes", field="access_token")


async def _pages(api: Graph, key: Inspected) -> list[Page]:
    params = {"fields": f"{FIELDS},access_token,tasks", "limit": "100"}
    pages = [page async for page in api.listed("me/accounts", Page, params)]
    if "business_management" not in key.scopes:
        return pages
    async for business in api.listed("me/businesses", Id, {"fields": "id", "limit": "100"}):
        for edge in ("owned_pages", "client_pages"):
            pages += [page async for page in api.listed(f"{business.id}/{edge}", Page, params)]
    return pages


async def _subscribe(api: Graph, page: Page) -> None:
    """Without the right to it the page works all the same."""
    try:
        await api.do(f"{page.id}/subscribed_apps", {"subscribed_fields": HEARD})
    except (Refused, SignInAgain):
        return


_FOREIGN = say(
    "This token does not work, or was made for another app than the one entered in Hawker. Make one for your"
    " own app and enter it again."
)
