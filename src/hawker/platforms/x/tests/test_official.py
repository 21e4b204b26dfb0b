import json
from dataclasses import replace

import pytest

from hawker.platforms.x.tests.official import CALLS, JSON, faults_of_answer, faults_of_request
from hawker.platforms.x.tests.requests_of_x import FILE
from hawker.platforms.x.tests.scene import Scene
from hawker.platforms.x.tests.watch import Watch
from hawker.platforms.x.wire import api_of
from hawker.sandbox.tests.makers import draft, medium, picture

PROBLEM = "application/problem+json"
POST = {"id": "1", "text": "Tea", "edit_history_tweet_ids": ["1"]}
BLANK = {"title": "Forbidden", "detail": "No.", "type": "about:blank", "status": 403}
GONE = {**BLANK, "type": "https://api.x.com/2/problems/resource-not-found"}
FILM = medium(b"\0\0\0 ftypisom", "video/mp4", "Steam")


async def test_hawker_makes_every_call_that_is_held_against_the_document(scene: Scene, watch: Watch) -> None:
    """But for reading a single post, which only programs of others do."""
    since, post = scene.world.now(), draft("Tea", FILM)
    first = await scene.post(draft("Bao", picture("Steam"), replies="verified", made_with_ai="yes"))
    done = await scene.prepare(post)
    published = await scene.send(post, done)
    await scene.post(draft("Which?", poll="tea / coffee"))
    await scene.post(draft("Two", reply_to=first))
    assert await scene.find(post, since, done) == published
    await scene.delete(published)
    await scene.signs_in.refresh(scene.http, scene.shop)
    assert watch.calls == set(CALLS) - {"GET /2/tweets/{id}"}


@pytest.mark.parametrize(
    ("call", "status", "told"),
    [
        ("POST /2/tweets", 200, {"data": POST}),
        ("POST /2/tweets", 201, {"data": {**POST, "lang": "en"}}),
        ("POST /2/tweets", 201, {"data": {**POST, "id": 1}}),
        ("POST /2/tweets", 201, {"data": {"id": "1", "text": "Tea"}}),
        ("GET /2/tweets/{id}", 200, {"data": {**POST, "created_at": "2026-11-23"}}),
        ("GET /2/tweets/{id}", 200, {"data": {**POST, "entities": None}}),
        ("GET /2/users/{id}/tweets", 200, {"data": [{"id": "1"}], "meta": {"result_count": 1}}),
        ("GET /2/users/{id}/tweets", 200, {"data": []}),
        ("GET /2/users/me", 200, {"data": {"id": "1", "name": "shop"}}),
        ("GET /2/media/upload", 200, {"data": {"id": "1"}}),
        ("DELETE /2/tweets/{id}", 200, {"data": {"deleted": "yes"}}),
        ("POST /2/oauth2/token", 200, {"access_token": "a"}),
        ("PUT /2/tweets", 200, {}),
    ],
)
def test_an_answer_that_is_not_as_the_document_says_is_found(call: str, status: int, told: object) -> None:
    assert faults_of_answer(call, status, JSON, json.dumps(told).encode())


def test_an_answer_that_is_no_json_is_found() -> None:
    assert faults_of_answer("GET /2/users/me", 200, JSON, b"<h1>Hello</h1>") == [
        "GET /2/users/me 200: no JSON"
    ]


@pytest.mark.parametrize(
    ("kind", "told"), [(JSON, BLANK), (PROBLEM, GONE), (PROBLEM, {**BLANK, "reason": "None"})]
)
def test_a_refusal_that_is_not_as_the_document_says_is_found(kind: str, told: object) -> None:
    assert faults_of_answer("DELETE /2/tweets/{id}", 403, PROBLEM, json.dumps(BLANK).encode()) == []
    assert faults_of_answer("DELETE /2/tweets/{id}", 403, kind, json.dumps(told).encode())


@pytest.mark.parametrize(
    ("call", "query", "body"),
    [
        ("POST /2/tweets", {}, {"text": "Tea", "visibility": "public"}),
        ("POST /2/tweets", {}, {"text": None}),
        ("POST /2/tweets", {}, {"text": "Tea", "reply_settings": "everyone"}),
        ("POST /2/tweets", {}, {"media": {"media_ids": ["1"] * 5}}),
        ("POST /2/tweets", {}, {"poll": {"options": ["tea", "coffee"], "duration_minutes": 10_081}}),
        ("POST /2/tweets", {}, {"poll": {"options": ["tea", "c" * 26], "duration_minutes": 60}}),
        ("GET /2/users/{id}/tweets", {"max_results": "4"}, {}),
        ("GET /2/users/{id}/tweets", {"start_time": "yesterday"}, {}),
        ("GET /2/users/me", {"user.fields": "subscription_type,shoe_size"}, {}),
        ("POST /2/media/upload", {}, {"media": FILE, "media_category": "picture"}),
        ("POST /2/media/upload/{id}/append", {}, {"media": FILE, "segment_index": "1000"}),
        ("POST /2/media/upload/{id}/finalize", {}, {"media": FILE}),
        ("POST /2/media/metadata", {}, {"id": "1", "metadata": {"alt_text": {"text": "a" * 1_001}}}),
        ("POST /2/oauth2/token", {}, {"grant_type": "password"}),
        ("PUT /2/tweets", {}, {}),
    ],
)
def test_a_wish_that_is_not_as_the_document_says_is_found(
    call: str, query: dict[str, str], body: object
) -> None:
    known = CALLS.get(call)
    assert faults_of_request(call, query, known.sent_as if known else JSON, body)


def test_a_wish_in_another_shape_than_the_documents_is_found() -> None:
    assert faults_of_request("POST /2/tweets", {}, JSON, {"text": "Tea"}) == []
    assert faults_of_request("POST /2/tweets", {}, "multipart/form-data", {"text": "Tea"})


async def test_what_passes_by_wrongly_is_noticed(scene: Scene, watch: Watch) -> None:
    await api_of(scene.http, scene.shop).ask("/2/users/me", {"user.fields": "shoe_size"})
    person = scene.world.people["shop"]
    scene.world.people["shop"] = replace(person, id="one")

    await api_of(scene.http, scene.shop).ask("/2/users/me")
    asked, answered = watch.faults
    assert asked.startswith("GET /2/users/me asked with user.fields")
    assert answered.startswith("GET /2/users/me 200 data.id")
    watch.faults.clear()
