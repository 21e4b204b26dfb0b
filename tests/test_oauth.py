"""What token endpoints answer, and what an owner brings back, read as the networks mean it."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hawker.connect import oauth
from hawker.connect.errors import Later, Refused, SignInAgain
from hawker.connect.http import Answer, Http

APP = oauth.App(client_id="tea", client_secret="steam")


class Giver:
    """A token endpoint that answers as it is told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.says: Mapping[str, object] = {}
        self.status = 200
        self.heard: dict[str, str] = {}
        self.header = ""
        self.address = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.heard = {name: str(value) for name, value in (await request.post()).items()}
        self.header = request.headers.get("Authorization", "")
        return web.json_response(self.says, status=self.status)

    def endpoint(self, *, basic: bool = False, client_id: str = "client_id") -> oauth.Endpoint:
        return oauth.Endpoint(
            address=self.address,
            explain=lambda answer: oauth.explain_refusal("Pretend", answer),
            basic=basic,
            client_id=client_id,
        )


@pytest.fixture
async def giver() -> AsyncIterator[Giver]:
    giver = Giver()
    app = web.Application()
    app.router.add_post("/token", giver.answer)
    async with TestServer(app) as server:
        giver.address = str(server.make_url("/token"))
        yield giver


def told(**body: object) -> oauth.Tokens:
    endpoint = oauth.Endpoint(address="https://pretend.test/token", explain=lambda _: None)
    return oauth.read_tokens(endpoint, Answer(200, {}, json.dumps(body).encode()), former="before")


def test_an_errand_asks_for_what_it_is_given_and_leaves_out_what_is_empty() -> None:
    errand = oauth.begin(
        "https://pretend.test/yes?v=1",
        APP,
        back="https://hawker.test/back",
        scope="read",
        pkce=False,
        memory={"site": "s"},
        client_id="",
        client_key="tea",
    )
    asked = parse_qs(urlsplit(errand.url).query)
    assert asked.keys() == {"v", "response_type", "redirect_uri", "scope", "state", "client_key"}
    assert errand.memory["site"] == "s"
    assert oauth.app_of(errand.memory) == APP


@pytest.mark.parametrize("word", sorted(oauth.DENIALS))
def test_every_word_for_no_is_understood(word: str) -> None:
    with pytest.raises(Refused, match="You did not let Hawker act"):
        oauth.accept({"state": "s"}, {"state": "s", "error": word}, network="Pretend")


@pytest.mark.parametrize("state", ["forged", "", "你好"])
def test_an_answer_of_another_errand_is_refused(state: str) -> None:
    with pytest.raises(Refused, match="does not belong"):
        oauth.accept({"state": "s"}, {"state": state, "code": "c"}, network="Pretend")


async def test_a_code_is_given_with_the_proof_and_the_app_in_the_form(giver: Giver, http: Http) -> None:
    giver.says = {"access_token": "a", "open_id": "me"}
    errand = {**APP.memory(), "back": "https://hawker.test/back", "verifier": "v", "state": "s"}
    given = await oauth.exchange(http, giver.endpoint(client_id="client_key"), errand, "c")
    assert giver.heard == {
        "grant_type": "authorization_code",
        "code": "c",
        "redirect_uri": "https://hawker.test/back",
        "code_verifier": "v",
        "client_key": "tea",
        "client_secret": "steam",
    }
    assert (given.access, given.refresh, given.expires_at) == ("a", "", None)
    assert given.answer.get("open_id") == "me"


async def test_an_app_shows_itself_in_the_header_where_the_network_wants_that(
    giver: Giver, http: Http
) -> None:
    giver.says = {"access_token": "a"}
    await oauth.renew(http, giver.endpoint(basic=True), APP, "r")
    assert giver.heard == {"grant_type": "refresh_token", "refresh_token": "r"}
    assert giver.header == "Basic dGVhOnN0ZWFt"


@pytest.mark.parametrize("given", ["", None])
async def test_a_refresh_token_outlives_an_answer_without_one(
    giver: Giver, http: Http, given: str | None
) -> None:
    giver.says = {"access_token": "b", "refresh_token": given}
    assert (await oauth.renew(http, giver.endpoint(), APP, "r")).refresh == "r"
    giver.says = {"access_token": "b", "refresh_token": "next"}
    assert (await oauth.renew(http, giver.endpoint(), APP, "r")).refresh == "next"


@pytest.mark.parametrize("status", [200, 400])
async def test_a_dead_refresh_token_means_to_sign_in_again(giver: Giver, http: Http, status: int) -> None:
    """Some networks refuse with a 200."""
    giver.status, giver.says = status, {"error": "invalid_grant"}
    with pytest.raises(SignInAgain, match="used, taken back or ran out") as dead:
        await oauth.renew(http, giver.endpoint(), APP, "r")
    assert dead.value.code == "invalid_grant"


async def test_an_app_that_the_network_does_not_know_is_said_at_its_field(giver: Giver, http: Http) -> None:
    giver.status, giver.says = 401, {"error": "invalid_client"}
    with pytest.raises(Refused, match="Pretend does not know your app") as refused:
        await oauth.ask(http, giver.endpoint(), APP, {"grant_type": "refresh_token"})
    assert refused.value.field == "client_secret"


async def test_an_answer_without_a_token_is_tried_later(giver: Giver, http: Http) -> None:
    giver.says = {"access_token": ""}
    with pytest.raises(Later, match="without a key"):
        await oauth.renew(http, giver.endpoint(), APP, "r")


async def test_a_fault_is_no_dead_token(giver: Giver, http: Http) -> None:
    giver.status, giver.says = 503, {"error": "temporarily_unavailable"}
    with pytest.raises(Later, match="fault just now"):
        await oauth.renew(http, giver.endpoint(), APP, "r")


@pytest.mark.parametrize("seconds", [3600, "3600"])
def test_a_token_runs_out_when_the_answer_says(seconds: object) -> None:
    expires_at = told(access_token="a", expires_in=seconds).expires_at
    assert expires_at is not None
    assert timedelta(minutes=59) < expires_at - datetime.now(UTC) <= timedelta(hours=1)


@pytest.mark.parametrize("seconds", [0, None, -5])
def test_a_token_without_an_end_lives_on(seconds: object) -> None:
    given = told(access_token="a", expires_in=seconds)
    assert (given.expires_at, given.refresh) == (None, "before")
