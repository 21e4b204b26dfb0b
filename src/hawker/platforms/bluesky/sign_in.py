"""Signing in with an app password, and keeping the session without asking for it again."""

from collections.abc import Mapping
from dataclasses import replace

from pydantic import BaseModel, ValidationError
from pydantic import Field as Key

from hawker.connect.abilities import Field, Way
from hawker.connect.errors import KeyExpired, Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, Http
from hawker.connect.sign_in import ByForm, server_field, site_field
from hawker.connect.text import say
from hawker.connect.values import Account
from hawker.platforms.bluesky.limits import LIMITS, read_limits
from hawker.platforms.bluesky.session import Session, open_session, renew_session
from hawker.platforms.bluesky.typed import SERVER, SITE, read
from hawker.platforms.bluesky.wire import Xrpc, explain, reset

PASSWORD = Way(
    name="password",
    label=say("With an app password"),
    fields=(
        Field(
            name="handle",
            label=say("Handle"),
            hint=say("Such as “alice.bsky.social”, or your e-mail address."),
        ),
        Field(
            name="password",
            label=say("App password"),
            kind="password",
            hint=say("Four groups of four letters and digits. Not the password you sign in to Bluesky with."),
        ),
        server_field(SERVER, say("Leave it as it is, unless your account lives on a server of your own.")),
        site_field(SITE),
    ),
    help=say("At Bluesky, open Settings, Privacy and security, App passwords, and make one for Hawker."),
)


class SignIn(ByForm):
    ways: tuple[Way, ...] = (PASSWORD,)

    async def sign_in(self, http: Http, way: str, fields: Mapping[str, str]) -> Account:  # noqa: ARG002
        typed = read(fields)
        xrpc = Xrpc(http, typed.server)
        try:
            session = await open_session(xrpc, typed.identifier, typed.password, explain_typed)
        except ValidationError as error:
            raise _no_server() from error
        if not session.active:
            sentence = say("This Bluesky account is switched off. Switch it on again at Bluesky first.")
            raise Refused(sentence, field="handle")
        account = Account(
            remote_id=session.did,
            handle=session.handle,
            name=session.handle,
            server=session.server,
            site=typed.site,
            url=typed.site,
            limits=LIMITS,
            secrets={"password": typed.password},
        )
        return await _describe(http, _with(account, session))

    async def refresh(self, http: Http, account: Account) -> Account:
        try:
            session = await _renewed(http, account)
        except Refused as refused:
            raise Later(refused.sentence, code=refused.code) from refused
        except ValidationError as error:
            raise Later(say("%(server)s gives no new key just now.", server=account.server)) from error
        return _with(account, session)

    async def check(self, http: Http, account: Account) -> Account:
        """Refreshes as well where the key has run out."""
        try:
            xrpc = Xrpc(http, account.server, account.secrets["access"])
            answer = await xrpc.ask("com.atproto.server.getSession")
            account = _named(account, answer.get("handle"))
        except KeyExpired:
            account = await self.refresh(http, account)
        return await _describe(http, account)


async def _renewed(http: Http, account: Account) -> Session:
    """By the refresh token, which lives 90 days; by the app password where that one is dead."""
    try:
        return await renew_session(Xrpc(http, account.server, account.secrets["refresh"]))
    except KeyExpired:
        xrpc = Xrpc(http, account.server)
        return await open_session(xrpc, account.remote_id, account.secrets["password"], explain_kept)


def _with(account: Account, session: Session) -> Account:
    secrets = {**account.secrets, "access": session.access, "refresh": session.refresh}
    renewed = replace(account, server=session.server, secrets=secrets, expires_at=session.expires_at)
    return _named(renewed, session.handle)


def _named(account: Account, handle: str) -> Account:
    """A handle that stopped to lead anywhere is given as “handle.invalid”: its page is under the DID."""
    handle = handle or account.handle
    page = account.remote_id if handle == "handle.invalid" else handle
    return replace(account, handle=handle, url=f"{account.site}/profile/{page}")


class _Profile(BaseModel):
    name: str = Key(default="", alias="displayName")


class _ProfileRecord(BaseModel):
    value: _Profile = _Profile()


async def _describe(http: Http, account: Account) -> Account:
    """With the name on the account's profile and the limits of its server. The server that holds the account
    keeps its profile too, so that none but this one is asked."""
    xrpc = Xrpc(http, account.server)
    described = await xrpc.ask("com.atproto.server.describeServer")
    params = {"repo": account.remote_id, "collection": "app.bsky.actor.profile", "rkey": "self"}
    try:
        profile = await xrpc.ask("com.atproto.repo.getRecord", params)
        name = _ProfileRecord.model_validate_json(profile.body).value.name
    except (Refused, Later, ValidationError):
        name = ""
    return replace(account, name=name or account.handle, limits=read_limits(described.body))


def explain_typed(answer: Answer) -> NetworkError | None:
    """What a sign-in form must say."""
    code = answer.get("error")
    if answer.status in {404, 405, 501} or (answer.status < 500 and not code):
        return _no_server()
    if answer.status == 429:
        sentence = say(
            "Bluesky takes only so many sign-ins in a short time. Wait five minutes and try again."
        )
        return Later(sentence, code=code, at=reset(answer.headers))
    if code == "AuthFactorTokenRequired":
        sentence = say(
            "This is the password of the account, which also wants a code by e-mail. Make an app password "
            "at Bluesky and use that."
        )
        return Refused(sentence, code=code, field="password")
    if code == "AccountTakedown":
        sentence = say("Bluesky has taken this account down. Settle that with Bluesky first.")
        return Refused(sentence, code=code, field="handle")
    if answer.status in {400, 401}:
        sentence = say(
            "Bluesky does not know this handle together with this app password. Check both, or make a new "
            "app password at Bluesky."
        )
        return Refused(sentence, code=code, field="password")
    return explain(answer)


def explain_kept(answer: Answer) -> NetworkError | None:
    """What it means that the app password no longer opens the account."""
    code = answer.get("error")
    if code in {"AuthenticationRequired", "AuthFactorTokenRequired"}:
        sentence = say(
            "The app password for this Bluesky account was taken back or replaced. Make a new one at Bluesky "
            "and sign in again here."
        )
        return SignInAgain(sentence, code=code)
    return explain(answer)


def _no_server() -> Refused:
    sentence = say(
        "No Bluesky server answers at this address. Leave “https://bsky.social”, unless your account lives "
        "on a server of your own."
    )
    return Refused(sentence, field="server")
