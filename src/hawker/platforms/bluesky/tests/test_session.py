"""What a server says of a session: where the account lives, and until when its key lasts."""

import base64
import json
from datetime import UTC, datetime

import pytest
from aiohttp import web

from hawker.connect.errors import Later
from hawker.connect.http import Json
from hawker.platforms.bluesky.limits import LIMITS, read_limits
from hawker.platforms.bluesky.session import expiry, home
from hawker.platforms.bluesky.sign_in import SignIn
from hawker.platforms.bluesky.tests.world import World, website
from hawker.sandbox.faults import Kind

BSKY, PDS = "https://bsky.social", "https://amanita.example.net"


def document(endpoint: Json, name: str = "#atproto_pds") -> Json:
    other: Json = {"id": "#bsky_chat", "serviceEndpoint": "https://chat.example.net"}
    return {
        "service": [other, {"id": name, "type": "AtprotoPersonalDataServer", "serviceEndpoint": endpoint}]
    }


@pytest.mark.parametrize(
    ("said", "server", "expected"),
    [
        (document(f"{PDS}/"), BSKY, PDS),
        (document(PDS, "did:plc:x#atproto_pds"), BSKY, PDS),
        (document("http://amanita.example.net"), BSKY, BSKY),
        (document("http://127.0.0.1:2583"), "http://localhost:2583", "http://127.0.0.1:2583"),
        (document({"uri": PDS}), BSKY, BSKY),
        ({"service": []}, BSKY, BSKY),
        ({"service": "none"}, BSKY, BSKY),
        (None, BSKY, BSKY),
    ],
)
def test_calls_go_to_the_server_that_holds_the_account(said: Json, server: str, expected: str) -> None:
    assert home(said, server) == expected


def jwt(payload: bytes) -> str:
    return f"e30.{base64.urlsafe_b64encode(payload).decode().rstrip('=')}.c2ln"


def test_a_key_says_when_it_runs_out() -> None:
    assert expiry(jwt(json.dumps({"exp": 1_800_000_000}).encode())) == datetime.fromtimestamp(
        1_800_000_000, UTC
    )


@pytest.mark.parametrize(
    "token",
    ["opaque", "a.b.c", "a.é.c", jwt(b"no json"), jwt(b"{}"), jwt(b'{"exp": 99999999999999999}')],
)
def test_a_key_that_does_not_say_is_taken_to_last(token: str) -> None:
    assert expiry(token) is None


@pytest.mark.parametrize(
    "described", [b"<html>", b'{"blobUploadLimit": 0}', b'{"blobUploadLimit": 52428800}', b"{}"]
)
def test_a_server_that_says_nothing_of_its_limits_has_the_usual_ones(described: bytes) -> None:
    assert read_limits(described) == LIMITS


async def test_an_account_that_lives_elsewhere_is_signed_in_there(world: World) -> None:
    """As at bsky.social, which opens sessions for the servers that hold the accounts."""
    _, fields = world.pretend.account("alice")

    async def entrance(request: web.Request) -> web.StreamResponse:
        path = f"{world.address}{request.path}"
        answer = await world.http.request("POST", path, json=await request.json())
        return web.Response(body=answer.body, content_type="application/json")

    async with website(entrance) as address:
        account = await SignIn().sign_in(world.http, "password", {**fields, "server": address})
    assert account.server == world.address


async def test_a_fallback_that_must_wait_waits(world: World) -> None:
    account = await world.alice()
    await SignIn().refresh(world.http, account)
    world.strike(Kind.limited, "createSession")
    with pytest.raises(Later) as caught:
        await SignIn().refresh(world.http, account)
    assert caught.value.code == "RateLimitExceeded"


async def test_there_is_no_way_that_redirects(world: World) -> None:
    with pytest.raises(NotImplementedError):
        await SignIn().start(world.http, "oauth", {}, back="https://hawker.example", app=None)
    with pytest.raises(NotImplementedError):
        await SignIn().finish(world.http, {}, {})
