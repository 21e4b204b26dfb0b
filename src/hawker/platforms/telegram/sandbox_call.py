"""What comes in to the pretend Telegram, read as the Bot API reads it, and how it is turned away."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from hawker.connect.http import Json


class Refusal(Exception):
    """An error in the Bot API's shape. Its wording is from common practice and not documented."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> web.Response:
        body = {"ok": False, "error_code": self.code, "description": self.description}
        given = {"parameters": self.parameters} if self.parameters else {}
        return web.json_response({**body, **given}, status=self.code)


@dataclass(frozen=True)
class Call:
    """Query, form, multipart or JSON, all in one; what is no text in JSON is kept as JSON."""

    values: Mapping[str, str]
    files: Mapping[str, web.FileField]

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "1"}

    def number(self, name: str) -> int:
        try:
            return int(self.text(name) or 0)
        except ValueError as error:
            raise Refusal(400, f"Bad Request: invalid {name} specified") from error

    def json(self, name: str) -> Json:
        if not self.text(name):
            return None
        try:
            parsed: Json = json.loads(self.text(name))
        except ValueError as error:
            raise Refusal(400, f"Bad Request: can't parse {name} JSON object") from error
        return parsed

    def object(self, name: str) -> dict[str, Json]:
        parsed = self.json(name)
        return parsed if isinstance(parsed, dict) else {}

    def file(self, value: str, name: str) -> web.FileField | None:
        """A file of the form: under its own name, or named by `attach://`."""
        return self.files.get(value.removeprefix("attach://") if value.startswith("attach://") else name)


async def read_call(request: web.Request) -> Call:
    values: dict[str, str] = dict(request.query)
    files: dict[str, web.FileField] = {}
    if request.content_type == "application/json":
        values |= await _json(request)
    else:
        for name, part in (await request.post()).items():
            if isinstance(part, web.FileField):
                files[name] = part
            elif isinstance(part, str):
                values[name] = part
    return Call(values, files)


async def _json(request: web.Request) -> dict[str, str]:
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError as error:
        raise Refusal(400, "Bad Request: can't parse JSON object") from error
    if not isinstance(body, dict):
        raise Refusal(400, "Bad Request: object expected")
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
