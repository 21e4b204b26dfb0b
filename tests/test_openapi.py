"""The checker itself: what is not as an OpenAPI document says is caught."""

import json
from pathlib import Path

import pytest

from tests.openapi import OpenApi

_TEA = {
    "type": "object",
    "properties": {
        "name": {"type": ["string", "null"], "minLength": 1, "maxLength": 3},
        "kind": {"oneOf": [{"const": "green"}, {"const": "black"}, {"type": "null"}]},
        "grams": {"type": "integer", "minimum": 1, "maximum": 100},
        "price": {"type": "number", "nullable": True},
        "picked": {"type": "string", "format": "date-time"},
        "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": True, "maxItems": 2},
        "leaf": {"$ref": "#/components/schemas/Leaf"},
        "any": {"oneOf": [{"type": "integer"}, {"type": "number"}]},
        "notes": {"type": "object", "additionalProperties": {"type": "string"}},
        "bare": {"type": "object", "additionalProperties": False},
    },
    "required": ["name"],
}
_CALLS = {
    "get": {"200": {"$ref": "#/components/schemas/Tea"}, "4XX": {"type": "object"}},
    "delete": {"204": None},
}
_QUERY = {"type": "object", "properties": {"wait": {"type": "boolean"}}, "additionalProperties": False}


@pytest.fixture
def document(tmp_path: Path) -> OpenApi:
    path = tmp_path / "openapi.json"
    calls = {**_CALLS, "post": {"200": None, "query": _QUERY}}
    path.write_text(json.dumps({"paths": {"/teas/{tea}": calls}, "schemas": {"Tea": _TEA}}))
    return OpenApi(path)


def faults(document: OpenApi, **changes: object) -> list[str]:
    return document.faults_of_answer("GET", "/teas/7", 200, json.dumps({"name": "Oo", **changes}).encode())


def test_what_is_right_has_no_fault(document: OpenApi) -> None:
    right = {
        "kind": "green",
        "grams": 100,
        "price": None,
        "tags": ["a", "b"],
        "notes": {"x": "y"},
        "bare": {},
    }
    assert faults(document, name=None, any=1.5, picked="2026-11-23T08:00:00Z", **right) == []
    assert document.faults_of_answer("GET", "/teas/7", 404, b"{}") == []
    assert document.faults_of_answer("DELETE", "/teas/7", 204, b"") == []
    assert document.faults_of_query("POST", "/teas/7", {"wait": "true"}) == []


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("name", "", "too short or too long"),
        ("name", "Long", "too short or too long"),
        ("name", 7, "7 is no ['string', 'null']"),
        ("kind", "white", "'white' is none of green"),
        ("grams", 0, "0 is too small or too large"),
        ("grams", 101, "101 is too small or too large"),
        ("grams", True, "True is no integer"),
        ("grams", None, "None is no integer"),
        ("picked", "today", "'today' is no time"),
        ("tags", ["a", "b", "c"], "3 of them"),
        ("tags", ["a", "a"], "one of them twice"),
        ("leaf", {}, "#/components/schemas/Leaf is not in this part of the document"),
        ("any", 1, "1 is several of which it may be one"),
        ("bare", {"x": 1}, "there is no x"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    document: OpenApi, field: str, value: object, fault: str
) -> None:
    assert faults(document, **{field: value}) == [f"GET /teas/7.{field}: {fault}"]


def test_what_the_document_does_not_have_is_told(document: OpenApi) -> None:
    assert faults(document, colour="red") == ["GET /teas/7: there is no colour"]
    assert document.faults_of_answer("GET", "/teas/7", 200, b"{}") == ["GET /teas/7: no name"]
    assert document.faults_of_answer("GET", "/tea", 200, b"{}") == ["GET /tea: there is no such call"]
    assert len(document.faults_of_answer("GET", "/teas/7", 201, b"{}")) == 1
    assert len(document.faults_of_answer("GET", "/teas/7", 500, b"{}")) == 1
    assert len(document.faults_of_answer("DELETE", "/teas/7", 204, b"{}")) == 1
    assert document.faults_of_request("POST", "/teas/7", {}) == ["POST /teas/7: nothing is asked so"]
    assert document.faults_of_query("POST", "/teas/7", {"haste": "1"}) == ["POST /teas/7: there is no haste"]
    assert len(document.faults_of_query("POST", "/teas/7", {"wait": "1"})) == 1
