"""Hawker's registration on a server, and where that server's OAuth lives."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from hawker.connect import oauth
from hawker.connect.errors import NetworkError, Refused
from hawker.connect.http import Answer
from hawker.connect.text import say
from hawker.platforms.mastodon.entity import entity
from hawker.platforms.mastodon.refusals import reason_of, stranger
from hawker.platforms.mastodon.wire import Server

SCOPES = "read:accounts read:statuses read:notifications write:statuses write:media"
BROAD_SCOPES = "read write"


@dataclass(frozen=True, kw_only=True)
class Endpoints:
    """`scopes`: those to ask for first."""

    authorize: str
    token: str
    pkce: bool
    scopes: str


@dataclass(frozen=True, kw_only=True)
class Registration:
    client_id: str
    client_secret: str = field(repr=False)
    scopes: str
    back: str

    @property
    def app(self) -> oauth.App:
        return oauth.App(client_id=self.client_id, client_secret=self.client_secret)

    def memory(self) -> Mapping[str, str]:
        return asdict(self)


def recall(memory: Mapping[str, str]) -> Registration:
    """What `memory` kept."""
    names = ("client_id", "client_secret", "scopes", "back")
    return Registration(**{name: memory.get(name, "") for name in names})


async def discover(server: Server) -> Endpoints:
    """RFC 8414, at Mastodon since 4.3. Where 404 or a page answers, the usual places hold and no PKCE."""
    try:
        answer = await server.call(
            "GET",
            "/.well-known/oauth-authorization-server",
            explain=lambda answer: refusal(server, answer),
        )
    except Refused:
        answer = Answer(404, {}, b"")
    said = entity(answer.json())
    known = said.texts("scopes_supported")
    return Endpoints(
        authorize=_endpoint(server, said.web_address("authorization_endpoint"), "/oauth/authorize"),
        token=_endpoint(server, said.web_address("token_endpoint"), "/oauth/token"),
        pkce="S256" in said.texts("code_challenge_methods_supported"),
        scopes=SCOPES if not known or set(SCOPES.split()) <= set(known) else BROAD_SCOPES,
    )


def _endpoint(server: Server, told: str, usual: str) -> str:
    """No secret leaves a safe connection because a server says so."""
    safe = told.startswith("https://") or server.address.startswith("http://")
    return told if told and safe else f"{server.address}{usual}"


async def register(server: Server, back: str, scopes: str) -> Registration:
    """Raises Refused(field="server") where this is no server of the Mastodon kind."""
    try:
        return await _register(server, back, scopes)
    except Refused as refused:
        if "scope" not in str(refused).lower() or scopes == BROAD_SCOPES:
            raise
    return await _register(server, back, BROAD_SCOPES)


async def _register(server: Server, back: str, scopes: str) -> Registration:
    form = {"client_name": "Hawker", "redirect_uris": back, "scopes": scopes}
    answer = await server.call(
        "POST", "/api/v1/apps", form=form, explain=lambda answer: refusal(server, answer)
    )
    said = entity(answer.json())
    if not (said.text("client_id") and said.text("client_secret")):
        raise stranger(server.host)
    return Registration(
        client_id=said.text("client_id"), client_secret=said.text("client_secret"), scopes=scopes, back=back
    )


async def is_known(server: Server, endpoints: Endpoints, kept: Registration) -> bool:
    """Whether the server still knows a registration: Mastodon sweeps those that nobody signed in with after a
    day (ApplicationsVacuum), and its page for the owner would be a dead end."""
    form = {"grant_type": "client_credentials", "scope": kept.scopes}
    try:
        await oauth.ask(server.http, token_endpoint(server, endpoints.token), kept.app, form)
    except NetworkError as error:
        return error.code != "invalid_client"
    return True


def token_endpoint(server: Server, address: str) -> oauth.Endpoint:
    """A code works once and for ten minutes. The errors are asked for in English, as in `Server.call`."""
    return oauth.Endpoint(
        address=oauth.address(address, {"lang": "en"}), explain=lambda answer: refusal(server, answer)
    )


def refusal(server: Server, answer: Answer) -> NetworkError | None:
    """What a refusal means while nobody is signed in yet: there is no key that could be dead."""
    if answer.status >= 500 or answer.status == 429:
        return server.explain(answer)
    reason, error = reason_of(answer), entity(answer.json()).text("error")
    if not reason:
        return stranger(server.host, str(answer.status))
    return Refused(
        say(
            "%(host)s refused the sign-in (%(reason)s). Begin again, or use a token.",
            host=server.host,
            reason=reason,
        ),
        code=error if error.startswith("invalid_") else str(answer.status),
        field="server",
    )
