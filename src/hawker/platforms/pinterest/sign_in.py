"""How an owner gives Hawker the right to act for her account, through an app of her own at Pinterest."""

from collections.abc import Mapping
from dataclasses import replace

from hawker.connect import oauth
from hawker.connect.abilities import Errand, Field, Way
from hawker.connect.apps import VERSION
from hawker.connect.errors import KeyExpired, NetworkError, Refused
from hawker.connect.http import Answer, Http
from hawker.connect.oauth import Endpoint, Tokens
from hawker.connect.text import say
from hawker.connect.typed import visible
from hawker.connect.values import Account
from hawker.platforms.pinterest.account import read_account
from hawker.platforms.pinterest.app import APP, SCOPES, WRITE_PINS, app_in, place
from hawker.platforms.pinterest.refusals import ENDED, NAME, explain, read_trouble

TOKEN, ACCESS, REFRESH = "token", "access_token", "refresh_token"
# Refresh tokens begin so (Set up authentication and authorization, 2026-11).
LASTING = "pinr"
_FOREIGN = say(
    "Pinterest does not know this token, or it has run out. Make one at developers.pinterest.com for the app "
    "whose ID is stored here, and copy it whole."
)


class SignIn:
    ways: tuple[Way, ...] = (
        Way(
            name="oauth",
            label=say("Sign in at Pinterest"),
            fields=(),
            redirects=True,
            help=say(
                "You choose a board for each post afterwards. Until Pinterest gives the app that this Hawker "
                "uses Standard access, it shows what is published to nobody but you."
            ),
        ),
        Way(
            name=TOKEN,
            label=say("With a token"),
            fields=(
                Field(
                    name=TOKEN,
                    label=say("Refresh token or access token"),
                    kind="password",
                    hint=say(
                        "A refresh token begins with pinr and is renewed by Hawker. An access token begins "
                        "with pina and ends by itself: then you sign in again."
                    ),
                ),
            ),
            help=say("Where Pinterest cannot lead back to this Hawker."),
        ),
    )

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        token = visible(fields.get(TOKEN, ""))
        try:
            if not token.startswith(LASTING):
                return await read_account(http, fields, {ACCESS: token}, None)
            form = {"grant_type": REFRESH, REFRESH: token}
            given = await oauth.ask(http, _endpoint(fields), app_in(fields), form)
        except KeyExpired as expired:
            raise Refused(_FOREIGN, code=expired.code, field=TOKEN) from expired
        except Refused as refused:
            field = TOKEN if refused.field == REFRESH else refused.field
            raise Refused(refused.sentence, code=refused.code, field=field) from refused
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
        keys = app or {}
        server, site = place(keys)
        memory = {"server": server, "site": site, VERSION: APP.version(keys)}
        errand = oauth.begin(
            f"{site}/oauth/", app_in(keys), back=back, scope=SCOPES, pkce=False, memory=memory
        )
        return errand, {}

    async def finish(self, http: Http, errand: Mapping[str, str], answer: Mapping[str, str]) -> Account:
        """Apps of before September 2025 get keys that can be renewed again and again only if asked so."""
        code = oauth.accept(errand, answer, network=NAME)
        given = await oauth.exchange(http, _endpoint(errand), errand, code, continuous_refresh="true")
        return await _account(http, errand, given)

    async def refresh(self, http: Http, account: Account) -> Account:
        """The refresh token before may be dead afterwards: what comes back must be kept."""
        former = account.secrets.get(REFRESH)
        if not former:
            return await self._as_long_as_it_lives(http, account)
        keys = {**account.app, "server": account.server}
        given = await oauth.renew(http, _endpoint(keys), app_in(keys), former)
        return replace(account, secrets=_kept(given), expires_at=given.expires_at)

    async def _as_long_as_it_lives(self, http: Http, account: Account) -> Account:
        """Of a pasted key no end is known but the one that Hawker puts at the moment of a refusal."""
        try:
            return replace(await self.check(http, account), expires_at=None)
        except KeyExpired as expired:
            raise ENDED(code=expired.code) from expired

    async def check(self, http: Http, account: Account) -> Account:
        """The boards come with it."""
        keys = {**account.app, "server": account.server, "site": account.site}
        found = await read_account(http, keys, account.secrets, account.expires_at)
        return replace(found, app=account.app)


def _endpoint(keys: Mapping[str, str]) -> Endpoint:
    address = f"{place(keys)[0]}/{APP.version(keys)}/oauth/token"
    return Endpoint(address=address, explain=_refusal, basic=True)


def _refusal(answer: Answer) -> NetworkError | None:
    """Against RFC 6749 the body holds a code that is not stable and words. A code that is used up, and a
    token, are spoken of; else it is the app that is not known."""
    trouble = read_trouble(answer)
    if trouble is None or answer.status not in {400, 401, 403}:
        return explain(answer)
    words = trouble.message.lower()
    if answer.status == 400 or "token" in words or "grant" in words or "code" in words:
        return oauth.dead_key(NAME, str(answer.status))
    return oauth.strange_app(NAME, str(answer.status))


def _kept(given: Tokens) -> dict[str, str]:
    tokens = {ACCESS: given.access, REFRESH: given.refresh}
    return {name: token for name, token in tokens.items() if token}


async def _account(http: Http, keys: Mapping[str, str], given: Tokens) -> Account:
    granted = given.answer.get("scope").replace(",", " ").split()
    if granted and WRITE_PINS not in granted:
        sentence = say(
            "Pinterest gave no right to publish for this account. Begin again, and allow all that its page "
            "asks for."
        )
        raise Refused(sentence, code="scope")
    return await read_account(http, keys, _kept(given), given.expires_at)
