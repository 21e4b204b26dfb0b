"""OAuth 2.0 at X: codes and refresh tokens for access tokens, which live two hours."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel

from hawker.connect.errors import KeyExpired, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer, Http
from hawker.connect.text import say
from hawker.platforms.x.problem import read_trouble
from hawker.platforms.x.refusals import NotX, explain
from hawker.platforms.x.typed import App
from hawker.platforms.x.wire import Api, read

TOKEN = "/2/oauth2/token"  # noqa: S105
HOURS = 2


class _Answer(BaseModel):
    access_token: str
    refresh_token: str = ""
    expires_in: int = HOURS * 3600


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """`refresh` is empty where X gave none."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime

    def secrets(self, app: App, former: str = "") -> dict[str, str]:
        """X gives another refresh token with each refreshing; where it gives none, the one before stays."""
        kept = {"access_token": self.access, "refresh_token": self.refresh or former, **app.memory()}
        return {name: value for name, value in kept.items() if value}


async def probe(http: Http, server: str) -> None:
    """Whether X answers there: no secret goes to a stranger. Raises Refused(field="server")."""
    try:
        await Api(http, server).ask("/2/users/me")
    except KeyExpired:  # what X says to whoever shows no key
        return
    except NotX as other:
        raise _nowhere(server) from other
    raise _nowhere(server)


def _nowhere(server: str) -> Refused:
    sentence = say("No X answers at %(server)s. Leave this field as it was.", server=server)
    return Refused(sentence, field="server")


async def fetch(http: Http, server: str, app: App, form: Mapping[str, str]) -> Tokens:
    """Raises Refused with the field `client_secret` where X does not know the app, else with none."""
    headers = {"Authorization": f"Basic {_basic(app)}"} if app.client_secret else {}
    body = dict(form) if app.client_secret else {**form, "client_id": app.client_id}
    answer = await http.request("POST", f"{server}{TOKEN}", headers=headers, form=body, explain=_refusal)
    given = read(answer, _Answer)
    expires_at = datetime.now(UTC) + timedelta(seconds=given.expires_in)
    return Tokens(access=given.access_token, refresh=given.refresh_token, expires_at=expires_at)


async def renew(http: Http, server: str, app: App, refresh_token: str) -> Tokens:
    """Raises SignInAgain where X takes the refresh token no more."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token}
    try:
        return await fetch(http, server, app, form)
    except Refused as refused:
        raise SignInAgain(refused.sentence, code=refused.code) from refused


def _basic(app: App) -> str:
    return base64.b64encode(f"{app.client_id}:{app.client_secret}".encode()).decode()


def _refusal(answer: Answer) -> NetworkError | None:
    """X's wording of these errors is not documented: 400 is about the token or code, 401 about the app."""
    trouble = read_trouble(answer)
    if trouble is None:
        return explain(answer)
    if answer.status in {401, 403} or trouble.oauth in {"invalid_client", "unauthorized_client"}:
        sentence = say(
            "X does not know your app by this client ID and secret. Copy both again from X's developer "
            "console. A public app has no secret: leave it empty."
        )
        return Refused(sentence, code=trouble.oauth or str(answer.status), field="client_secret")
    if answer.status == 400:
        sentence = say(
            "X no longer takes this key to the account: it was used, taken back or ran out. Connect the "
            "channel again."
        )
        return Refused(sentence, code=trouble.oauth or "400", field="refresh_token")
    return explain(answer)
