"""The Graph dialect, whichever network speaks it."""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect import oauth
from hawker.connect.errors import CannotLook, Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer, Heard, Http
from hawker.connect.meta import Graph, Id, Success
from hawker.connect.meta_oauth import dialog, exchange, granted, inspect, prolong
from hawker.connect.meta_refusals import Meaning, Refusals
from hawker.connect.meta_usage import regained_at, usage
from hawker.connect.text import say
from hawker.connect.values import Media
from hawker.sandbox.tests.owner import BACK, decide
from hawker.sandbox.tests.strangers import Stranger
from tests.graph import APP, REFUSALS, VERSIONS, Pretend, graph, pretending

KEYS = {**APP.memory(), "api_version": VERSIONS[0]}


class Note(Id):
    message: str = ""


@pytest.fixture
async def pretend() -> AsyncIterator[Pretend]:
    async with pretending() as pretend:
        yield pretend


@pytest.fixture
async def stranger() -> AsyncIterator[Stranger]:
    async with Stranger() as stranger:
        yield stranger


def at(stranger: Stranger, http: Http) -> Graph:
    return Graph(http=http, server=stranger.address, version="v26.0", refusals=REFUSALS, token="key")


def page(*ids: str, following: str = "") -> web.Response:
    paging = {"cursors": {"after": "x"}, **({"next": following} if following else {})}
    return web.json_response({"data": [{"id": each} for each in ids], "paging": paging})


def refusal(status: int, **error: object) -> Answer:
    return Answer(status, {}, json.dumps({"error": error}).encode())


async def test_a_list_is_read_to_its_last_page(http: Http, pretend: Pretend) -> None:
    api = graph(http, pretend, pretend.key().token)
    listed = [each async for each in api.listed("7/notes", Note, {"limit": "3", "fields": "message"})]
    assert [each.message for each in listed] == [f"Bao {number}" for number in range(7)]


async def test_an_empty_page_with_another_behind_it_is_not_the_end(http: Http, stranger: Stranger) -> None:
    """What leads to the next page may name another host, and keys: neither is followed."""
    following = "https://elsewhere.test/v1.0/7/notes?after=x&access_token=stolen&appsecret_proof=p"
    stranger.says["GET /v26.0/7/notes"] = page(following=following)
    with pytest.raises(CannotLook):
        [each async for each in at(stranger, http).listed("7/notes", Id, pages=3)]
    assert stranger.heard == ["GET /v26.0/7/notes"] * 3
    stranger.says["GET /v26.0/7/notes"] = page("1")
    assert [each.id async for each in at(stranger, http).listed("7/notes", Id)] == ["1"]


@pytest.mark.parametrize("body", ["[]", '{"data": [{"no": "id"}]}', "<h1>Hello</h1>"])
async def test_a_list_that_cannot_be_read_is_asked_for_later(
    http: Http, stranger: Stranger, body: str
) -> None:
    stranger.says["GET /v26.0/7/notes"] = web.Response(text=body)
    with pytest.raises(Later):
        [each async for each in at(stranger, http).listed("7/notes", Id)]


async def test_a_refusal_with_a_good_status_is_a_refusal(http: Http, stranger: Stranger) -> None:
    stranger.says["GET /v26.0/7"] = web.json_response({"error": {"message": "Session", "code": 190}})
    with pytest.raises(SignInAgain):
        await at(stranger, http).read("7", Id)
    stranger.says["POST /v26.0/7"] = web.json_response({"error": {"message": "Oh", "code": 1}})
    with pytest.raises(OutcomeUnknown):
        await at(stranger, http).do("7", irreversible=True)
    stranger.says["DELETE /v26.0/7"] = web.json_response({"error": {"message": "Oh", "code": 100}})
    with pytest.raises(Refused):
        await at(stranger, http).remove("7")


async def test_a_video_goes_on_from_where_it_broke_off(http: Http, pretend: Pretend) -> None:
    key = pretend.key()
    url, content = pretend.uploads.open("video-upload", "31", key), bytes(range(256)) * 100
    pretend.uploads.sessions["31"].breaks_at = 9_000
    medium = Media(
        id="1", content_type="video/mp4", size=len(content), width=1, height=1, alt="", read=lambda: content
    )
    api = graph(http, pretend, key.token)
    with pytest.raises(Later):
        await api.upload(url, medium)
    arrived = len(pretend.uploads.sessions["31"].content)
    assert 0 < arrived < len(content)
    answer = await api.upload(url, medium, start=arrived)
    assert api.parse(answer, Success).success
    assert bytes(pretend.uploads.sessions["31"].content) == content


async def test_what_an_upload_server_says_is_understood(http: Http, pretend: Pretend) -> None:
    url = pretend.uploads.open("video-upload", "31", pretend.key())
    medium = Media(id="1", content_type="video/mp4", size=1, width=1, height=1, alt="", read=lambda: b"x")
    with pytest.raises(SignInAgain):
        await graph(http, pretend, "nobody's").upload(url, medium)
    with pytest.raises(Refused, match="Upload offset"):
        await graph(http, pretend, next(iter(pretend.keys.each))).upload(url, medium, start=1)


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        ({"code": 100, "error_subcode": 33}, Refused, "100/33"),
        ({"code": "190", "error_subcode": None, "message": None}, SignInAgain, "190"),
        ({"code": 7, "is_transient": True}, Later, "7"),
        ({"code": 5, "error_data": {"details": "Bao"}}, Refused, "5"),
        ({"code": 5, "error_data": "blame"}, Refused, "5"),
        ({}, Refused, "0"),
    ],
)
def test_errors_are_read_whatever_is_left_out(
    error: Mapping[str, object], kind: type[NetworkError], code: str
) -> None:
    found = REFUSALS.explain(refusal(400, **error))
    assert isinstance(found, kind)
    assert found.code == code
    assert "Pretend" in str(found.sentence)


def test_a_networks_own_table_comes_before_the_shared_one() -> None:
    own = Meaning(kind=Refused, sentence=say("Sold out at %(network)s."), field="text")
    worded = Meaning(kind=Later, sentence=say("Come back to %(network)s."))
    refusals = Refusals(network="Shop", own={(190, 0): own, (0, 77): own}, words=(("tomorrow", worded),))
    assert str(refusals.explain(refusal(400, code=190))) == "Sold out at Shop."
    assert str(refusals.explain(refusal(400, code=4, error_subcode=77))) == "Sold out at Shop."
    assert isinstance(refusals.explain(refusal(400, code=190, message="Try TOMORROW")), Later)


def test_faults_of_machines_before_the_network_have_the_rules_of_all() -> None:
    for status in (429, 500, 502):
        assert REFUSALS.explain(Answer(status, {}, b"<h1>Wait</h1>")) is None
    assert isinstance(REFUSALS.explain(Answer(403, {}, b"<h1>No</h1>")), Later)


def test_an_older_token_endpoint_is_understood() -> None:
    body = {"error_type": "OAuthException", "code": 400, "error_message": "Invalid authorization code"}
    found = REFUSALS.explain(Answer(400, {}, json.dumps(body).encode()))
    assert isinstance(found, Refused)
    assert "Invalid authorization code" in str(found.sentence)


def heard(**headers: str) -> Heard:
    return Heard(
        "GET", "/", Answer(200, {name.replace("_", "-"): text for name, text in headers.items()}, b"")
    )


def test_headers_tell_what_is_left_of_the_scarcest_limit() -> None:
    uses = [{"type": "pages", "call_count": 20, "total_time": 95.5, "estimated_time_to_regain_access": 0}]
    others = [{"type": "messenger", "call_count": 100, "estimated_time_to_regain_access": 9}]
    told = heard(
        X_App_Usage='{"call_count": 28, "total_time": 25, "total_cputime": 25}',
        X_Business_Use_Case_Usage=json.dumps({"7": uses, "8": others}),
    )
    readings = [(each.budget, each.left, each.resets_at) for each in usage(told, {"pages"})]
    assert readings == [("app_calls", 72, None), ("calls", 4, None)]


def test_the_time_to_regain_access_is_in_minutes() -> None:
    use = {"type": "pages", "call_count": 101, "estimated_time_to_regain_access": 19}
    told = heard(X_Business_Use_Case_Usage=json.dumps({"7": [use]}))
    (reading,) = usage(told, {"pages"})
    assert reading.left == 0
    assert reading.resets_at is not None
    assert timedelta(minutes=18) < reading.resets_at - datetime.now(UTC) <= timedelta(minutes=19)
    assert regained_at(told.answer.headers) is not None


@pytest.mark.parametrize(
    "odd", ["", "7", "[]", "{", '{"call_count": "a lot"}', '{"call_count": 1e999}', '{"7": 1}']
)
def test_headers_that_cannot_be_read_tell_nothing(odd: str) -> None:
    told = heard(X_App_Usage=odd, X_Business_Use_Case_Usage=odd)
    assert [each for each in usage(told, ()) if each.budget == "calls"] == []
    assert regained_at(told.answer.headers) is None


async def test_an_owner_is_led_in_and_her_key_is_prolonged_and_inspected(
    http: Http, pretend: Pretend
) -> None:
    address = f"{pretend.address}/www/{VERSIONS[0]}/dialog/oauth"
    errand = dialog(address, {**KEYS, "server": pretend.address}, back=BACK, scopes=("read", "write"))
    assert errand.memory["api_version"] == VERSIONS[0]
    answer = await decide(errand.url)
    nobody = Graph(http=http, server=errand.memory["server"], version=VERSIONS[0], refusals=REFUSALS)
    code = oauth.accept(errand.memory, answer, network="Pretend")
    short = await exchange(nobody, errand.memory, code)
    long = await prolong(nobody, KEYS, short.access)
    assert short.expires_at is not None
    assert long.expires_at is not None
    assert long.expires_at - short.expires_at > timedelta(days=59)
    told = await inspect(nobody, KEYS, long.access)
    assert (told.kind, told.is_valid, told.app_id, told.user_id) == ("USER", True, "1", "7")
    assert told.expires_at is not None
    assert await granted(graph(http, pretend, long.access)) == {"read", "write"}


async def test_a_dead_key_is_found_out_by_looking(http: Http, pretend: Pretend) -> None:
    nobody = graph(http, pretend, "")
    key = pretend.key()
    pretend.keys.kill("7")
    assert not (await inspect(nobody, KEYS, key.token)).is_valid
    assert not (await inspect(nobody, KEYS, "nobody's")).is_valid
    with pytest.raises(Refused) as caught:
        await inspect(nobody, {**KEYS, "client_secret": "wrong"}, key.token)
    assert caught.value.field == "client_secret"
    with pytest.raises(SignInAgain):
        await prolong(nobody, KEYS, key.token)
