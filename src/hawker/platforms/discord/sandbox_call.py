"""What comes in to the pretend Discord, read as its API reads it, and how it is turned away."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from hawker.connect.http import Json

_FILE = re.compile(r"files?\[?(?P<id>[0-9]*)\]?")


def told(body: Json, status: int = 200) -> web.Response:
    """Discord names no charset, and its clients compare the type as a whole."""
    return web.Response(body=json.dumps(body).encode(), content_type="application/json", status=status)


class Refusal(Exception):
    """An error in Discord's shape. `more` goes into the body beside code and message."""

    def __init__(self, status: int, code: int, message: str, **more: Json) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, Json] = {"message": message, "code": code, **more}

    def answer(self) -> web.Response:
        return told(self.body, self.status)


def invalid(path: str, code: str, message: str) -> Refusal:
    """An invalid form; `path` names the field, with dots."""
    errors: Json = {"_errors": [{"code": code, "message": message}]}
    for name in reversed(path.split(".")):
        errors = {name: errors}
    return Refusal(400, 50035, "Invalid Form Body", errors=errors)


def limited(seconds: float, *, everywhere: bool = False) -> web.Response:
    """`Via` tells clients that it was Discord, and not the gate before it."""
    scope = {"X-RateLimit-Global": "true"} if everywhere else {}
    headers = {"Retry-After": str(int(seconds) + 1), "Via": "1.1 google", **scope}
    headers["X-RateLimit-Scope"] = "global" if everywhere else "user"
    body: dict[str, Json] = {
        "message": "You are being rate limited.",
        "code": 0,
        "retry_after": seconds,
        "global": everywhere,
    }
    answer = told(body, 429)
    answer.headers.update(headers)
    return answer


@dataclass(frozen=True)
class Call:
    """The fields of a message, and its files by their number in the form."""

    fields: Mapping[str, Json]
    files: Mapping[str, web.FileField]

    def text(self, name: str, most: int) -> str:
        value = self.fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise invalid(name, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
        if len(value.encode("utf-16-le")) // 2 > most:
            raise invalid(name, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        return value

    def items(self, name: str) -> list[dict[str, Json]]:
        value = self.fields.get(name)
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

    def number(self, name: str) -> int:
        value = self.fields.get(name) or 0
        if not isinstance(value, int):
            raise invalid(name, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
        return value


async def read_call(request: web.Request) -> Call:
    if request.content_type == "application/json":
        return Call(_object(await request.text()), {})
    fields: dict[str, Json] = {}
    files: dict[str, web.FileField] = {}
    for name, part in (await request.post()).items():
        match = _FILE.fullmatch(name)
        if isinstance(part, web.FileField) and match:
            files[match["id"] or str(len(files))] = part
        elif name == "payload_json":
            fields |= _object(_words(part))
        elif isinstance(part, str):
            fields[name] = part
    return Call(fields, files)


def _words(part: str | bytes | bytearray | web.FileField) -> str:
    """A part that names its type comes in as bytes."""
    if isinstance(part, bytes | bytearray):
        return part.decode()
    return part if isinstance(part, str) else part.file.read().decode()


def _object(text: str) -> dict[str, Json]:
    try:
        body: Any = json.loads(text or "{}")
    except ValueError as error:
        raise Refusal(400, 50109, "The request body contains invalid JSON.") from error
    if not isinstance(body, dict):
        raise invalid("_", "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
    return body
