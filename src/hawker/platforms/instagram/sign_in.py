"""How an owner gives Hawker the right to act for her professional account: by signing in through the page
that the account is linked to, or at Instagram itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hawker.connect import oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.http import Http
from hawker.connect.meta_app import demand, enter, kept, lasting, listen, pages, recognise
from hawker.connect.meta_hooks import WORD
from hawker.connect.meta_oauth import dialog, granted, inspect, prolong
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.connect.values import Account
from hawker.platforms.instagram import business
from hawker.platforms.instagram.account import (
    FIELDS,
    PAGE_FIELDS,
    Page,
    Person,
    Profile,
    account_of,
    person_of,
    read_own,
)
from hawker.platforms.instagram.developer import APP, CLIENT_ID, CLIENT_SECRET, NEEDED, SCOPES
from hawker.platforms.instagram.hosts import (
    INSTAGRAM_KEY,
    MARK,
    api_of,
    at_instagram,
    at_meta,
    is_of_instagram,
)
from hawker.platforms.instagram.hosts import dialog as login_page
from hawker.platforms.instagram.refusals import REFUSALS

HEARD = "comments,mentions"
PAGE, INSTAGRAM, TOKEN = "page", "instagram", "token"
# "The token must be at least 24 hours old" to be renewed (Business Login, read 2026-11-22).
YOUNG = business.LIFE - timedelta(hours=25)


class SignIn:
    ways: tuple[Way, ...] = (
        Way(
            name=PAGE,
            label=say("Sign in at Facebook (recommended)"),
            fields=(),
            redirects=True,
            help=say(
                "For professional accounts that are linked to a Facebook page. Choose the page and the"
                " account there, and leave everything switched on. Hawker uploads videos itself, can delete"
                " posts, and need not sign in again."
            ),
        ),
        Way(
            name=INSTAGRAM,
            label=say("Sign in at Instagram"),
            fields=(),
            redirects=True,
            help=say(
                "For professional accounts without a Facebook page. Your app needs the Instagram app ID and"
                " secret for it. Instagram fetches videos from Hawker's public address, and posts can be"
                " deleted in its app only."
            ),
        ),
        Way(
            name=TOKEN,
            label=say("With an access token"),
            fields=(
                Field(
                    name="access_token",
                    label=say("Access token"),
                    kind="password",
                    hint=say(
                        "Of the page that the account is linked to, of a system user in Meta Business"
                        " Suite, or of the account itself from the app dashboard; it begins with EAA or IG."
                    ),
                ),
            ),
            help=say("Where Meta cannot lead back to this Hawker. The token must be made for your own app."),
        ),
    )

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        token, app = visible(fields.get("access_token", "")), _kept(fields)
        if token.startswith(MARK):
            profile = await read_own(at_instagram(http, app, token))
            # How long a pasted key lives is not told; it is renewed before a fresh one would end.
            ends = datetime.now(UTC) + business.LIFE
            return account_of(profile, app, {INSTAGRAM_KEY: token}, ends)
        nobody = at_meta(http, app)
        key = await recognise(nobody, app, token, NEEDED)
        return await _read_person(http, app, *await lasting(nobody, app, token, key))

    async def start(
        self,
        http: Http,  # noqa: ARG002
        way: str,
        fields: Mapping[str, str],  # noqa: ARG002
        *,
        back: str,
        app: Mapping[str, str] | None,
    ) -> tuple[Errand, Mapping[str, str]]:
        keys = app or {}
        if way == INSTAGRAM:
            return business.errand(keys, back), keys
        page = f"{login_page(keys)}/{APP.version(keys)}/dialog/oauth"
        return dialog(page, keys, back=back, scopes=[scope.name for scope in SCOPES]), keys

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        code = oauth.accept(errand, answer, network=REFUSALS.network)
        if errand.get("way") == INSTAGRAM:
            return await business.finish(http, errand, code, _kept(errand))
        app = _kept(errand)
        long = await enter(at_meta(http, errand), errand, code)
        demand(await granted(at_meta(http, app, long.access)), NEEDED)
        return await _read_person(http, app, long.access, long.expires_at)

    async def refresh(self, http: Http, account: Account) -> Account:
        """Pages' keys never run out; those of the login at Instagram are renewed once they are a day old."""
        ends = account.expires_at
        if ends is None or (is_of_instagram(account) and ends > datetime.now(UTC) + YOUNG):
            return await self.check(http, account)
        if is_of_instagram(account):
            return await business.renew(http, account)
        given = await prolong(api_of(http, account), account.app, account.secrets["access_token"])
        return replace(account, secrets={"access_token": given.access}, expires_at=given.expires_at)

    async def check(self, http: Http, account: Account) -> Account:
        """Asks Instagram to tell of what happens there, too, where the app has a word for that."""
        api = api_of(http, account)
        if is_of_instagram(account):
            profile = await read_own(api)
        else:
            profile = await api.read(account.remote_id, Profile, {"fields": FIELDS})
        if account.app.get(WORD):
            await listen(api, "me" if is_of_instagram(account) else account.remote_id, HEARD)
        return account_of(profile, account.app, account.secrets, account.expires_at)


class Reach:
    """The accounts that are linked to the pages of a person, or to the one page whose key it is."""

    async def reached(self, http: Http, person: Account) -> Sequence[Account]:
        if is_of_instagram(person):
            return [person]
        api, token, app = api_of(http, person), person.secrets["access_token"], person.app
        key = await inspect(api, app, token)
        if key.kind == "PAGE":
            page = await api.read("me", Page, {"fields": PAGE_FIELDS})
            secrets, ends = {"access_token": token}, person.expires_at
            return [account_of(page.profile, app, secrets, ends)] if page.profile else []
        found = {
            page.profile.id: account_of(page.profile, app, {"access_token": page.access_token})
            for page in await pages(api, Page, f"{PAGE_FIELDS},access_token", key.scopes)
            if page.profile and page.access_token
        }
        return list(found.values())


async def _read_person(http: Http, app: Mapping[str, str], token: str, ends: datetime | None) -> Account:
    person = await at_meta(http, app, token).read("me", Person, {"fields": "id,name"})
    return person_of(person, app, token, ends)


def _kept(keys: Mapping[str, str]) -> dict[str, str]:
    return kept(keys, CLIENT_ID, CLIENT_SECRET)
