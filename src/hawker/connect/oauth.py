"""OAuth 2 as networks speak it: authorization code (RFC 6749, section 4.1) with PKCE S256 (RFC 7636).

A sign-in begins with `begin`, goes on with `accept` and `exchange`, and lives by `renew`.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from pydantic import BaseModel, BeforeValidator, ValidationError
from pydantic import Field as Key

from hawker.connect.abilities import Errand
from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.http import LONGEST_WAIT, Answer, Explain, Http
from hawker.connect.text import say

# The word for an owner's no: that of RFC 6749, and those of networks that have their own.
DENIALS = {"access_denied", "user_cancelled_authorize", "user_cancelled_login"}
STRANGE_APPS = {"invalid_client", "unauthorized_client"}


@dataclass(frozen=True, kw_only=True)
class App:
    """An app at a network. Without a secret it is a public client."""

    client_id: str
    client_secret: str = field(default="", repr=False)

    def memory(self) -> dict[str, str]:
        return {"client_id": self.client_id, "client_secret": self.client_secret}


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Where a network gives tokens, and how it is spoken to.

    `explain` reads its refusals, and what it answers instead of a token; `basic`: an app with a secret shows
    itself in the header, else in the form; `client_id`: what the form calls the app's id; `lives`: how long a
    token lives where the answer does not say.
    """

    address: str
    explain: Explain
    basic: bool = False
    client_id: str = "client_id"
    lives: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """`refresh` is empty where the network gave none; without `expires_at` (UTC) the token lives on. `answer`
    is all that came, for what a network tells beside its tokens."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime | None
    answer: Answer = field(repr=False)


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def address(endpoint: str, params: Mapping[str, str]) -> str:
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(params)}"


def app_of(memory: Mapping[str, str]) -> App:
    """The app that an errand, or an account's secrets, remember."""
    return App(client_id=memory.get("client_id", ""), client_secret=memory.get("client_secret", ""))


def begin(
    page: str,
    app: App,
    *,
    back: str,
    scope: str,
    pkce: bool = True,
    memory: Mapping[str, str] | None = None,
    **more: str,
) -> Errand:
    """Sends the owner to `page`. `memory` is kept beside what `accept` and `exchange` need; `more` goes into
    the address, also in place of a usual parameter, which is left out where it is empty."""
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48) if pkce else ""
    params = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": back,
        "scope": scope,
        "state": state,
        "code_challenge": challenge(verifier) if pkce else "",
        "code_challenge_method": "S256" if pkce else "",
        **more,
    }
    kept = {**app.memory(), "back": back, "state": state, "verifier": verifier}
    asked = {name: value for name, value in params.items() if value}
    return Errand(url=address(page, asked), memory={**(memory or {}), **kept})


def accept(errand: Mapping[str, str], answer: Mapping[str, str], *, network: str) -> str:
    """The code with which the owner comes back from this very errand; raises Refused where she said no."""
    if not _same(errand["state"], answer.get("state", "")):
        raise Refused(say("This answer does not belong to the sign-in that was begun here. Begin again."))
    error, code = answer.get("error", ""), answer.get("code", "")
    if error in DENIALS:
        raise Refused(
            say("You did not let Hawker act for your account. Begin again if that was a slip."), code=error
        )
    if error or not code:
        told = answer.get("error_description") or error or "?"
        sentence = say(
            "%(network)s did not finish the sign-in: %(reason)s. Begin again.",
            network=network,
            reason=told[:300],
        )
        raise Refused(sentence, code=error)
    return code


def _same(expected: str, given: str) -> bool:
    """The guard against forged returns."""
    return bool(expected) and secrets.compare_digest(expected.encode(), given.encode())


async def exchange(
    http: Http, endpoint: Endpoint, errand: Mapping[str, str], code: str, **more: str
) -> Tokens:
    """An errand's code for tokens. Raises what `endpoint.explain` makes of a refusal."""
    verifier = {"code_verifier": errand["verifier"]} if errand["verifier"] else {}
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": errand["back"]}
    return await ask(http, endpoint, app_of(errand), {**form, **verifier, **more})


async def renew(http: Http, endpoint: Endpoint, app: App, refresh: str, **more: str) -> Tokens:
    """Fresh tokens; `refresh` stays where the network gives no other. Raises SignInAgain where it is dead."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh, **more}
    try:
        return await ask(http, endpoint, app, form)
    except Refused as refused:
        raise SignInAgain(refused.sentence, code=refused.code) from refused


async def ask(http: Http, endpoint: Endpoint, app: App, form: Mapping[str, str]) -> Tokens:
    """One call to the endpoint, of whatever grant. A refresh token in `form` stays where no other comes."""
    basic = endpoint.basic and bool(app.client_secret)
    headers = {"Authorization": f"Basic {_basic(app)}"} if basic else {}
    shown = {endpoint.client_id: app.client_id, "client_secret": app.client_secret}
    body = {**form, **({} if basic else {name: value for name, value in shown.items() if value})}
    answer = await http.request(
        "POST", endpoint.address, headers=headers, form=body, explain=endpoint.explain
    )
    return read_tokens(endpoint, answer, former=form.get("refresh_token", ""))


def _basic(app: App) -> str:
    return base64.b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()


class _Given(BaseModel):
    access_token: Annotated[str, Key(min_length=1)]
    refresh_token: Annotated[str, BeforeValidator(lambda value: value or "")] = ""
    expires_in: int | None = None


def read_tokens(endpoint: Endpoint, answer: Answer, *, former: str = "") -> Tokens:
    """What an endpoint gave; `former` is the refresh token that stays where none came. Some networks refuse
    with a 200: raises what `endpoint.explain` makes of an answer without a token, else Later."""
    try:
        given = _Given.model_validate_json(answer.body)
    except ValidationError as error:
        host = urlsplit(endpoint.address).hostname or endpoint.address
        sentence = say("%(host)s answered without a key. Try again later.", host=host)
        raise (endpoint.explain(answer) or Later(sentence, code=str(answer.status))) from error
    seconds = min(max(given.expires_in or 0, 0), LONGEST_WAIT)
    lives = timedelta(seconds=seconds) if seconds else endpoint.lives
    return Tokens(
        access=given.access_token,
        refresh=given.refresh_token or former,
        expires_at=datetime.now(UTC) + lives if lives else None,
        answer=answer,
    )


def explain_refusal(network: str, answer: Answer) -> Refused | None:
    """What an endpoint that keeps to RFC 6749, section 5.2, refuses; None where it says something else."""
    code = answer.get("error")
    if code in STRANGE_APPS:
        return strange_app(network, code)
    if not code or answer.status >= 429:
        return None
    return dead_key(network, code)


def dead_key(network: str, code: str) -> Refused:
    sentence = say(
        "%(network)s no longer takes this key to the account: it was used, taken back or ran out. Connect the"
        " channel again.",
        network=network,
    )
    return Refused(sentence, code=code, field="refresh_token")


def strange_app(network: str, code: str) -> Refused:
    sentence = say(
        "%(network)s does not know your app by this client ID and secret. Copy both again from the network's"
        " developer pages. An app without a secret wants that field left empty.",
        network=network,
    )
    return Refused(sentence, code=code, field="client_secret")
