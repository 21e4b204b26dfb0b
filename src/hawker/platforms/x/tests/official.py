"""Each call of X's OpenAPI document 2.167 (docs.x.com, 2026-08-22) that Hawker or tweepy makes: what goes
there and as what, the status of success, what comes back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from hawker.platforms.x.tests import answers_of_x as answers
from hawker.platforms.x.tests import requests_of_x as asked
from hawker.platforms.x.tests import uploads_of_x as uploads
from hawker.platforms.x.tests.exact import Exact, Nothing, faults

T = TypeVar("T")
JSON, FORM = "application/json", "multipart/form-data"


class Data(Exact, Generic[T]):
    data: T


class Found(Data[T]):
    includes: answers.Includes | None = None


class Page(Exact):
    """Without posts it has no data."""

    data: list[answers.Post] = []
    meta: answers.Meta


@dataclass(frozen=True, kw_only=True)
class Call:
    answer: type[BaseModel]
    body: type[Exact] = Nothing
    sent_as: str = JSON
    query: type[Exact] = Nothing
    status: int = 200
    refusal: type[BaseModel] = uploads.AnyProblem
    refused_as: str = "application/problem+json"


CALLS: Mapping[str, Call] = {
    "POST /2/tweets": Call(body=asked.Post, answer=Data[answers.Created], status=201),
    "GET /2/tweets/{id}": Call(query=asked.Reading, answer=Found[answers.Post]),
    "DELETE /2/tweets/{id}": Call(answer=Data[answers.Deletion]),
    "GET /2/users/{id}/tweets": Call(query=asked.Listing, answer=Page),
    "GET /2/users/me": Call(query=asked.Me, answer=Data[answers.User]),
    "POST /2/media/upload": Call(body=asked.Upload, sent_as=FORM, answer=Data[uploads.Uploaded]),
    "GET /2/media/upload": Call(query=asked.Status, answer=Data[uploads.Uploaded]),
    "POST /2/media/upload/initialize": Call(body=asked.Beginning, answer=Data[uploads.Begun]),
    "POST /2/media/upload/{id}/append": Call(body=asked.Part, sent_as=FORM, answer=Data[uploads.Appended]),
    "POST /2/media/upload/{id}/finalize": Call(answer=Data[uploads.Uploaded]),
    "POST /2/media/metadata": Call(body=asked.Description, answer=Data[uploads.Described]),
    "POST /2/oauth2/token": Call(
        body=asked.Grant,
        answer=uploads.Tokens,
        refusal=uploads.Refusal,
        sent_as="application/x-www-form-urlencoded",
        refused_as=JSON,
    ),
}


def faults_of_request(call: str, query: Mapping[str, str], kind: str, body: object) -> list[str]:
    """`kind`: its content type, which matters where something is sent."""
    known = CALLS.get(call)
    if known is None:
        return [f"{call}: there is no such call"]
    of_kind = [] if kind == known.sent_as or known.body is Nothing else [f"{call}: sent as {kind}"]
    of_query = faults(known.query, dict(query), f"{call} asked with")
    return [*of_kind, *of_query, *faults(known.body, body, f"{call} sent")]


def faults_of_answer(call: str, status: int, kind: str, body: bytes) -> list[str]:
    """`kind`: its content type."""
    known = CALLS.get(call)
    if known is None:
        return [f"{call}: there is no such call"]
    if status < 400 and status != known.status:
        return [f"{call}: {status} is not {known.status}"]
    expected = JSON if status < 400 else known.refused_as
    of_kind = [] if kind == expected else [f"{call}: {status} as {kind}"]
    model = known.answer if status < 400 else known.refusal
    return [*of_kind, *_of_body(model, body, f"{call} {status}")]


def _of_body(model: type[BaseModel], body: bytes, place: str) -> list[str]:
    try:
        told = json.loads(body)
    except ValueError:
        return [f"{place}: no JSON"]
    return faults(model, told, place)
