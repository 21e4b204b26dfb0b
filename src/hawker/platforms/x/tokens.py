"""OAuth 2.0 at X: where codes and refresh tokens become access tokens, and what it refuses there."""

from datetime import timedelta

from hawker.connect.errors import NetworkError
from hawker.connect.http import Answer
from hawker.connect.oauth import Endpoint, Tokens, explain_refusal, strange_app
from hawker.platforms.x.problem import read_trouble
from hawker.platforms.x.refusals import explain


def endpoint(server: str) -> Endpoint:
    """An access token lives two hours."""
    address = f"{server}/2/oauth2/token"
    return Endpoint(address=address, explain=_refusal, basic=True, lives=timedelta(hours=2))


def secrets(given: Tokens) -> dict[str, str]:
    kept = {"access_token": given.access, "refresh_token": given.refresh}
    return {name: value for name, value in kept.items() if value}


def _refusal(answer: Answer) -> NetworkError | None:
    """X's wording of these errors is not documented: 400 is about the token or code, 401 about the app."""
    trouble = read_trouble(answer)
    if trouble and answer.status in {401, 403}:
        return strange_app("X", trouble.oauth or str(answer.status))
    return explain_refusal("X", answer) or explain(answer)
