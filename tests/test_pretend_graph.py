"""The pretend side of the Graph dialect refuses what the dialect refuses."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from hawker.connect.meta import proof
from hawker.connect.pretend_graph import refusal
from hawker.connect.pretend_graph_fields import Asked, parse, show
from hawker.connect.pretend_graph_media import fetch, kind_of, seconds_of
from hawker.sandbox.tests.strangers import Stranger
from tests.graph import APP, Pretend, note, pretending

Body = dict[str, Any]


@pytest.fixture
async def pretend() -> AsyncIterator[Pretend]:
    async with pretending() as pretend:
        yield pretend


async def call(pretend: Pretend, path: str, *, method: str = "GET", **how: Any) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {pretend.key().token}", **how.pop("headers", {})}
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"{pretend.address}{path}", headers=headers, **how) as answer,
    ):
        return answer.status, await answer.json()


def number(body: Body) -> tuple[int, int]:
    return body["error"]["code"], body["error"].get("error_subcode", 0)


def test_fields_are_asked_for_with_modifiers_and_fields_of_their_own() -> None:
    asked = parse("message,comments.limit(0).summary(true){id,from{name}},from")
    comments = Asked(
        name="comments",
        args={"limit": "0", "summary": "true"},
        inner=(Asked(name="id"), Asked(name="from", inner=(Asked(name="name"),))),
    )
    assert asked == (Asked(name="message"), comments, Asked(name="from"))
    assert parse("") == ()


@pytest.mark.parametrize("text", ["a{", "a}", "a.", "a.limit", "a.limit(1", "{a}", "a,!"])
def test_what_is_no_list_of_fields_is_refused(text: str) -> None:
    with pytest.raises(web.HTTPBadRequest) as caught:
        parse(text)
    assert number(json.loads(caught.value.text or ""))[0] == 2500


def test_a_node_shows_what_is_asked_for_and_leaves_out_what_is_empty() -> None:
    node = note("5", "Bao")
    assert show(node) == {"id": "5", "message": "Bao"}
    assert show(node, parse("story,from{name}")) == {"id": "5", "from": {"name": "alice"}}
    shown = show(node, parse("comments.limit(0).summary(true)"))
    assert shown == {"id": "5", "comments": {"data": [], "summary": {"total_count": 1}}}
    inner: Any = show(node, parse("comments{message}"))["comments"]
    assert inner["data"] == [{"id": "5_1", "message": "And tea."}]
    assert set(inner["paging"]["cursors"]) == {"before", "after"}
    with pytest.raises(web.HTTPBadRequest) as caught:
        show(node, parse("shoe_size"))
    assert number(json.loads(caught.value.text or "")) == (100, 0)


async def test_pages_lead_to_each_other_until_there_is_no_next(pretend: Pretend) -> None:
    _, first = await call(pretend, "/v26.0/7/notes?limit=4&summary=true")
    assert [each["id"] for each in first["data"]] == ["0", "1", "2", "3"]
    assert first["summary"] == {"total_count": 7}
    assert "previous" not in first["paging"]
    _, last = await call(pretend, first["paging"]["next"].removeprefix(pretend.address))
    assert [each["id"] for each in last["data"]] == ["4", "5", "6"]
    assert "next" not in last["paging"]
    _, back = await call(pretend, last["paging"]["previous"].removeprefix(pretend.address))
    assert [each["id"] for each in back["data"]] == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    "path", ["/v26.0/7/notes?after=nonsense", "/v26.0/7/notes?limit=many", "/v99.0/7/notes"]
)
async def test_what_nobody_may_ask_is_refused(pretend: Pretend, path: str) -> None:
    status, body = await call(pretend, path)
    assert (status, "error" in body) == (400, True)
    assert body["error"]["fbtrace_id"]


@pytest.mark.parametrize("path", ["/v26.0/7/notes", "/v20.0/7/notes", "/7/notes", "/v26.0/7/notes/"])
async def test_versions_that_are_gone_or_missing_are_served_all_the_same(pretend: Pretend, path: str) -> None:
    assert (await call(pretend, path))[0] == 200


async def test_keys_are_looked_at_in_every_way(pretend: Pretend) -> None:
    old, dead = pretend.key(timedelta(hours=1)), pretend.key()
    pretend.keys.kill("7")
    pretend.ahead = timedelta(hours=2)
    headers = {
        "": (104, 0),
        "Bearer nobody's": (190, 0),
        f"Bearer {dead.token}": (190, 460),
        f"OAuth {old.token}": (190, 460),
    }
    for header, expected in headers.items():
        _, body = await call(pretend, "/v26.0/7", headers={"Authorization": header})
        assert number(body) == expected
    fresh = pretend.key(timedelta(hours=1))
    pretend.ahead = timedelta(hours=4)
    _, body = await call(pretend, "/v26.0/7", headers={"Authorization": f"Bearer {fresh.token}"})
    assert number(body) == (190, 463)


async def test_a_proof_must_fit_its_key_and_may_be_demanded(pretend: Pretend) -> None:
    key = pretend.key()
    good = {"access_token": key.token, "appsecret_proof": proof(APP.client_secret, key.token)}
    assert (await call(pretend, "/v26.0/7", params=good))[0] == 200
    assert number((await call(pretend, "/v26.0/7", params={**good, "appsecret_proof": "0"}))[1])[0] == 100
    pretend.desk.wants_proof = True
    assert (await call(pretend, "/v26.0/7", params=good))[0] == 200
    assert number((await call(pretend, "/v26.0/7"))[1])[0] == 100


@pytest.mark.parametrize(
    "how", [{"params": {"message": "a"}}, {"data": {"message": "a"}}, {"json": {"message": "a"}}]
)
async def test_a_call_may_come_in_any_shape(pretend: Pretend, how: Body) -> None:
    assert await call(pretend, "/v26.0/7/notes", method="POST", **how) == (200, {"id": "a"})


async def test_files_and_fields_come_in_one_form(pretend: Pretend) -> None:
    form = aiohttp.FormData({"message": "a"})
    form.add_field("source", b"bytes", filename="a.png", content_type="image/png")
    await call(pretend, "/v26.0/7/notes", method="POST", data=form)
    (file,) = pretend.received[0].files.values()
    assert (file.name, file.content_type, file.content) == ("a.png", "image/png", b"bytes")


async def test_a_limit_that_is_used_up_says_for_how_long(pretend: Pretend) -> None:
    pretend.rations.leave("7", 1, 120)
    assert (await call(pretend, "/v26.0/7"))[0] == 200
    async with aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bearer {pretend.key().token}"}
        async with session.get(f"{pretend.address}/v26.0/7", headers=headers) as answer:
            told = json.loads(answer.headers["X-Business-Use-Case-Usage"])["7"][0]
            assert number(await answer.json())[0] == 80001
    assert (told["call_count"], told["estimated_time_to_regain_access"]) == (100, 2)
    pretend.rations.leave("7", 100, 1)
    pretend.rations.leave(APP.client_id, 0, 60)
    assert number((await call(pretend, "/v26.0/7"))[1])[0] == 4


async def test_a_batch_answers_each_of_its_calls(pretend: Pretend) -> None:
    pieces = [
        {"method": "GET", "relative_url": "7?fields=message"},
        {"method": "POST", "relative_url": "7/notes", "body": "message=b"},
        {"method": "GET", "relative_url": "7?fields=shoe_size"},
    ]
    _, answers = await call(pretend, "/v26.0/", method="POST", data={"batch": json.dumps(pieces)})
    assert [each["code"] for each in answers] == [200, 200, 400]
    assert [json.loads(each["body"]).get("id") for each in answers] == ["0", "b", None]
    many = json.dumps([pieces[0]] * 51)
    assert (await call(pretend, "/v26.0/", method="POST", data={"batch": many}))[0] == 400


async def test_what_lies_at_an_address_is_fetched_without_a_detour() -> None:
    async with Stranger() as stranger:
        stranger.says["GET /a.png"] = web.Response(body=b"\x89PNG rest")
        stranger.says["GET /moved.png"] = web.Response(status=302, headers={"Location": "/a.png"})
        assert await fetch(f"{stranger.address}/a.png") == b"\x89PNG rest"
        assert await fetch(f"{stranger.address}/moved.png") is None
        assert await fetch(f"{stranger.address}/none.png") is None
    assert await fetch("http://127.0.0.1:9/a.png") is None
    assert await fetch("no address") is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime"),
        (b"RIFF0000WEBP", "image/webp"),
        (b"words", ""),
    ],
)
def test_a_file_is_known_by_its_first_bytes(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


def test_a_video_says_how_long_it_lasts() -> None:
    short = b"mvhd" + bytes(12) + (1000).to_bytes(4) + (4500).to_bytes(4)
    wide = b"mvhd\x01" + bytes(19) + (1000).to_bytes(4) + (90_000).to_bytes(8)
    assert (seconds_of(b"...." + short), seconds_of(wide), seconds_of(b"none")) == (4.5, 90.0, 0)


def test_an_error_leaves_out_what_is_empty() -> None:
    body = json.loads(refusal(100, "No", data={"details": "x"}).text or "")["error"]
    assert set(body) == {"message", "type", "code", "fbtrace_id", "error_data"}
    whole = json.loads(
        refusal(1, "No", subcode=2, title="t", user="u", transient=False, status=500).text or ""
    )
    assert whole["error"]["is_transient"] is False
