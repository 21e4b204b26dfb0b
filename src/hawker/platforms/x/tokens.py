"""OAuth 2.0 at X: where codes and refresh tokens become access tokens, and what it refuses there."""

from datetime import timedelta

from hawker.connect.errors import KeyExpired, NetworkError, Refused
from hawker.connect.http import Answer, Http
from hawker.connect.oauth import App, Endpoint, Tokens, explain_refusal, strange_app
from hawker.connect.refusals import Stranger
from hawker.connect.text import say
from hawker.platforms.x.problem import read_trouble
from hawker.platforms.x.refusals import explain
from hawker.platforms.x.wire import Api


def endpoint(server: str) -> Endpoint:
    """An access token lives two hours."""
    address = f"{server}/2/oauth2/token"
    return Endpoint(address=address, explain=_refusal, basic=True, lives=timedelta(hours=2))


def secrets(app: App, given: Tokens) -> dict[str, str]:
    kept = {"access_token": given.access, "refresh_token": given.refresh, **app.memory()}
    return {name: value for name, value in kept.items() if value}


async def probe(http: Http, server: str) -> None:
    """Whether X answers there: no secret goes to a stranger. Raises Refused(field="server")."""
    try:
        await Api(http, server).ask("/2/users/me")
    except KeyExpired:  # what X says to whoever shows no key
        return
    except Stranger as other:
        raise _nowhere(server) from other
    raise _nowhere(server)


def _nowhere(server: str) -> Refused:
    sentence = say("No X answers at %(server)s. Leave this field as it was.", server=server)
    return Refused(sentence, field="server")


def _refusal(answer: Answer) -> NetworkError | None:
    """X's wording of these errors is not documented: 400 is about the token or code, 401 about the app."""
    trouble = read_trouble(answer)
    if trouble and answer.status in {401, 403}:
        return strange_app("X", trouble.oauth or str(answer.status))
    return explain_refusal("X", answer) or explain(answer)
