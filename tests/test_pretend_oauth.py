"""The door of a pretend network that has no ways of its own."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from hawker.connect import oauth
from hawker.connect.errors import Refused, SignInAgain
from hawker.connect.http import Http, Json
from hawker.connect.pretend_oauth import App, Door, Grant, Keys, Words
from hawker.connect.pretend_pages import Look

BACK = "https://hawker.test/back"
APP = App(client_id="tea", client_secret="steam", callbacks=frozenset({BACK}))


class TeaDoor(Door[App]):
    words = Words(title="Tea & bao")

    def __init__(self) -> None:
        super().__init__(Look(""), "", lambda: datetime.now(UTC) + self.ahead)
        self.ahead = timedelta(0)
        self.keys = Keys(self.now, timedelta(hours=1))

    def app(self, client_id: str) -> App | None:
        return APP if client_id == APP.client_id else None

    def handles(self) -> Sequence[str]:
        return []

    def owner(self, typed: str) -> str:
        return typed.lstrip("@")

    def give(self, app: App, grant: Grant) -> Mapping[str, Json]:
        return self.keys.give(grant)

    def give_otherwise(self, app: App, form: Mapping[str, str]) -> Mapping[str, Json]:
        given = self.keys.renew(form.get("refresh_token", ""), app.client_id)
        return given or super().give_otherwise(app, form)

    async def who(self, request: web.Request) -> web.Response:
        grant = self.keys.of(request)
        return web.json_response({"handle": grant.handle if grant else ""})

    def endpoint(self) -> oauth.Endpoint:
        address = f"{self.address}/oauth/token"
        return oauth.Endpoint(address=address, explain=lambda answer: oauth.explain_refusal("Tea", answer))

    async def asked(self, http: Http, token: str) -> str:
        return (await http.request("GET", f"{self.address}/who", token=token)).get("handle")


@pytest.fixture
async def door() -> AsyncIterator[TeaDoor]:
    door = TeaDoor()
    app = web.Application()
    app.add_routes([*door.routes(), web.get("/who", door.who)])
    async with TestServer(app) as server:
        door.address = str(server.make_url("")).rstrip("/")
        yield door


async def allow(url: str, **changes: str) -> Mapping[str, str]:
    """What the owner brings back who presses the button."""
    form = {"username": "@shop", "decision": "allow", **changes}
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as shown:
            assert "Tea &amp; bao" in await shown.text()
        async with session.post(url, data=form, allow_redirects=False) as answer:
            return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def begin(door: TeaDoor) -> Mapping[str, str]:
    errand = oauth.begin(f"{door.address}/oauth/authorize", APP, back=BACK, scope="read write")
    return {**errand.memory, "url": errand.url}


async def test_an_owner_comes_in_and_her_key_is_renewed_and_taken_back(door: TeaDoor, http: Http) -> None:
    errand = begin(door)
    code = oauth.accept(errand, await allow(errand["url"]), network="Tea")
    first = await oauth.exchange(http, door.endpoint(), errand, code)
    assert await door.asked(http, first.access) == "shop"
    second = await oauth.renew(http, door.endpoint(), APP, first.refresh)
    door.ahead = timedelta(hours=2)
    assert await door.asked(http, second.access) == ""
    with pytest.raises(SignInAgain):
        await oauth.renew(http, door.endpoint(), APP, first.refresh)
    third = await oauth.renew(http, door.endpoint(), APP, second.refresh)
    door.keys.revoke("shop")
    assert await door.asked(http, third.access) == ""


async def test_a_code_works_once_in_its_time_and_with_its_proof(door: TeaDoor, http: Http) -> None:
    for spoil in ("used", "late", "proof"):
        errand = begin(door)
        code = (await allow(errand["url"]))["code"]
        if spoil == "used":
            await oauth.exchange(http, door.endpoint(), errand, code)
        door.ahead = timedelta(minutes=11 if spoil == "late" else 0)
        told = {**errand, "verifier": "another"} if spoil == "proof" else errand
        with pytest.raises(Refused, match="used, taken back or ran out"):
            await oauth.exchange(http, door.endpoint(), told, code)


async def test_a_plain_proof_is_the_verifier_itself(door: TeaDoor, http: Http) -> None:
    errand = {**begin(door), "verifier": "leaves"}
    back = await allow(errand["url"], code_challenge="leaves", code_challenge_method="plain")
    assert (await oauth.exchange(http, door.endpoint(), errand, back["code"])).access


async def test_an_owner_who_says_no_brings_that_back(door: TeaDoor) -> None:
    errand = begin(door)
    with pytest.raises(Refused, match="You did not let Hawker act"):
        oauth.accept(errand, await allow(errand["url"], decision="deny"), network="Tea")


@pytest.mark.parametrize("changes", [{"client_id": "coffee"}, {"redirect_uri": "https://thief.example"}])
async def test_nobody_is_sent_to_a_stranger(door: TeaDoor, changes: Mapping[str, str]) -> None:
    params = {"client_id": "tea", "redirect_uri": BACK, **changes}
    url = f"{door.address}/oauth/authorize"
    async with aiohttp.ClientSession() as session, session.get(url, params=params) as answer:
        assert answer.status == 400
        assert "Something went wrong" in await answer.text()


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
async def test_the_token_endpoint_refuses_as_the_rules_say(
    door: TeaDoor, form: Mapping[str, str], status: int, error: str
) -> None:
    url, sent = f"{door.address}/oauth/token", {"client_id": "tea", "client_secret": "steam", **form}
    async with aiohttp.ClientSession() as session, session.post(url, json=sent) as answer:
        assert (answer.status, (await answer.json())["error"]) == (status, error)


@pytest.mark.parametrize("body", ["[]", "{"])
async def test_a_body_that_is_no_object_is_refused(door: TeaDoor, body: str) -> None:
    url, headers = f"{door.address}/oauth/token", {"Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "invalid_request")
