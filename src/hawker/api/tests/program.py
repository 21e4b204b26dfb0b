"""A program that talks to the API, as the tests play it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hawker.core.people import actions as people
from hawker.core.people.rules import Role
from tests.cast import Somebody
from tests.pictures import drawn


@dataclass(frozen=True)
class Answer:
    """`body` is the JSON; None where there is none."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(repr=False)

    @property
    def code(self) -> str:
        return str(self.body["error"]["code"])

    @property
    def sentence(self) -> str:
        return str(self.body["error"]["sentence"])

    @property
    def fields(self) -> list[str]:
        return [problem["field"] for problem in self.body["error"]["problems"]]


class Program:
    """Calls paths below /api/v1 with a token."""

    def __init__(self, token: str = "", *, address: str = "127.0.0.1", language: str = "en") -> None:
        self._client = Client(REMOTE_ADDR=address)
        self._headers = {"Accept-Language": language}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def call(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """`body`: bytes as they are, all else as JSON."""
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        response = self._client.generic(
            method,
            f"/api/v1{path}",
            sent,
            content_type="application/json",
            headers={**self._headers, **(headers or {})},
        )
        return _read(response.status_code, response.content, response.headers)

    def get(self, path: str) -> Answer:
        return self.call("GET", path)

    def post(self, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Answer:
        return self.call("POST", path, body, headers)

    def upload(self, name: str, data: bytes) -> Answer:
        file = SimpleUploadedFile(name, data)
        response = self._client.post("/api/v1/media", {"file": file}, headers=self._headers)
        return _read(response.status_code, response.content, response.headers)


def key_of(somebody: Somebody, role: Role = Role.owner) -> str:
    return people.make_key(somebody.actor, "till", role)


def picture(kind: str = "JPEG") -> bytes:
    return drawn(kind)


def _read(status: int, content: bytes, headers: Mapping[str, str]) -> Answer:
    return Answer(status, json.loads(content) if content else None, headers)
