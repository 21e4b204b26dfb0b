"""How an owner gives Hawker the right to write from her numbers, through an app of her own at Meta."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace

from hawker.connect import oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.meta import Graph, Id, graph
from hawker.connect.meta_app import demand, kept, lasting, recognise
from hawker.connect.meta_oauth import Inspected, dialog, exchange, inspect, prolong
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.connect.values import Account
from hawker.platforms.whatsapp.account import (
    FIELDS,
    Phone,
    account_of,
    business_of,
    login,
    person_of,
    server,
)
from hawker.platforms.whatsapp.app import APP, BUSINESSES, CONFIG, MANAGEMENT, NEEDED
from hawker.platforms.whatsapp.refusals import OF_NUMBER, REFUSALS

TYPED = ("access_token", "waba_id")


class SignIn:
    ways: tuple[Way, ...] = (
        Way(
            name="token",
            label=say("With a token of a system user"),
            fields=(
                Field(
                    name="access_token",
                    label=say("Access token"),
                    kind="password",
                    hint=say(
                        "Of a system user in Meta Business Suite, made for your own app; it never ends."
                    ),
                ),
                Field(
                    name="waba_id",
                    label=say("WhatsApp Business account ID"),
                    required=False,
                    hint=say("Under WhatsApp, API setup. Leave it empty to let Hawker look for it."),
                ),
            ),
            help=say(
                "The way Meta means for businesses that write from numbers of their own. Hawker then shows"
                " the numbers, and you choose."
            ),
        ),
        Way(
            name="oauth",
            label=say("Sign in at Meta"),
            fields=(),
            redirects=True,
            help=say(
                "Meta asks which business accounts Hawker may act for. Such a key must be renewed every sixty"
                " days; Hawker does that as long as it lives."
            ),
        ),
    )

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        token, waba = (visible(fields.get(name, "")) for name in TYPED)
        app = {name: value for name, value in fields.items() if name not in TYPED}
        key = await recognise(_nobody(http, app), app, token, NEEDED)
        if waba and not waba.isdecimal():
            raise Refused(_NO_NUMBER, field="waba_id")
        return await _person(http, app, token, key, waba)

    async def start(
        self,
        http: Http,  # noqa: ARG002
        way: str,  # noqa: ARG002
        fields: Mapping[str, str],  # noqa: ARG002
        *,
        back: str,
        app: Mapping[str, str] | None,
    ) -> tuple[Errand, Mapping[str, str]]:
        """A configuration names the permissions by itself."""
        keys = app or {}
        page, config = f"{login(keys)}/{APP.version(keys)}/dialog/oauth", keys.get(CONFIG, "")
        scopes = [] if config else [scope.name for scope in APP.scopes]
        errand = dialog(page, keys, back=back, scopes=scopes)
        url = oauth.address(errand.url, {CONFIG: config}) if config else errand.url
        return replace(errand, url=url), {}

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        """A configuration may give a key without end; another is of an hour."""
        code = oauth.accept(errand, answer, network=REFUSALS.network)
        nobody = _nobody(http, errand)
        given = await exchange(nobody, errand, code)
        key = await inspect(nobody, errand, given.access)
        demand(key.scopes, NEEDED)
        return await _person(http, kept(errand), given.access, key, "")

    async def refresh(self, http: Http, account: Account) -> Account:
        """A system user's key never ends; a person's can be prolonged while it lives."""
        if account.expires_at is None:
            return account
        api = graph(http, account, OF_NUMBER)
        given = await prolong(api, account.app, account.secrets["access_token"])
        secrets = {**account.secrets, "access_token": given.access}
        return replace(account, secrets=secrets, expires_at=given.expires_at)

    async def check(self, http: Http, account: Account) -> Account:
        """Asks Meta to tell of this number, too: somebody may have taken the app out since."""
        api, waba = graph(http, account, OF_NUMBER), business_of(account)
        phone = await api.read(account.remote_id, Phone, {"fields": FIELDS})
        await _subscribe(api, waba)
        token = account.secrets["access_token"]
        return account_of(phone, account.app, waba, token, account.expires_at)


class Reach:
    """The numbers of all business accounts that a token opens."""

    async def reached(self, http: Http, person: Account) -> Sequence[Account]:
        api, token, found = graph(http, person, REFUSALS), person.secrets["access_token"], list[Account]()
        typed = business_of(person)
        wabas = [typed] if typed else await _businesses(api, await inspect(api, person.app, token))
        for waba in wabas:
            params = {"fields": FIELDS, "limit": "100"}
            phones = [each async for each in api.listed(f"{waba}/phone_numbers", Phone, params)]
            if phones:
                await _subscribe(api, waba)
            found += [account_of(phone, person.app, waba, token, person.expires_at) for phone in phones]
        return found


def _nobody(http: Http, app: Mapping[str, str]) -> Graph:
    return Graph(http=http, server=server(app), version=APP.version(app), refusals=REFUSALS)


async def _person(http: Http, app: Mapping[str, str], token: str, key: Inspected, waba: str) -> Account:
    token, ends = await lasting(_nobody(http, app), app, token, key)
    return person_of(key.user_id or "Meta", app, waba, token, ends)


async def _businesses(api: Graph, key: Inspected) -> list[str]:
    """Those that the token names, else whatever its holder sees; each once."""
    named = key.targets.get(MANAGEMENT)
    found = list(named) if named else [waba async for waba in _seen(api, key)]
    return list(dict.fromkeys(found))


async def _seen(api: Graph, key: Inspected) -> AsyncIterator[str]:
    params = {"fields": "id", "limit": "100"}
    async for waba in api.listed("me/assigned_whatsapp_business_accounts", Id, params):
        yield waba.id
    if BUSINESSES not in key.scopes:
        return
    async for business in api.listed("me/businesses", Id, params):
        for edge in ("owned_whatsapp_business_accounts", "client_whatsapp_business_accounts"):
            async for waba in api.listed(f"{business.id}/{edge}", Id, params):
                yield waba.id


async def _subscribe(api: Graph, waba: str) -> None:
    """Without the right to it messages go out all the same."""
    try:
        await api.do(f"{waba}/subscribed_apps")
    except (Refused, SignInAgain):
        return


_NO_NUMBER = say("This is not the ID of a WhatsApp Business account: that has digits only. Leave it empty.")
