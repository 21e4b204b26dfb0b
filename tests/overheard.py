"""What is asked of a pretend network and what it answers, heard at its door, whoever asks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend import Handler
from hawker.sandbox.app import Network


@dataclass(frozen=True, kw_only=True)
class Talk:
    """`path` is the one below the network's address. `body` is what came as JSON, and `form` the fields of a
    form; `files` names those that came along."""

    caller: str
    method: str
    path: str
    query: Mapping[str, str]
    body: Json
    form: Mapping[str, str]
    files: Sequence[str]
    status: int
    answer: bytes = field(repr=False)


def overhear(network: Network, monkeypatch: pytest.MonkeyPatch, talks: list[Talk]) -> None:
    """From here on all talk is added to `talks`."""
    answer = network.faults.answer

    async def listen(request: web.Request, path: str, handler: Handler) -> web.StreamResponse:
        response = await answer(request, path, handler)
        talks.append(await _talk(request, path, response))
        return response

    monkeypatch.setattr(network.faults, "answer", listen)


async def _talk(request: web.Request, path: str, response: web.StreamResponse) -> Talk:
    """aiohttp keeps what the network has read of the request, and reads here what it has not."""
    is_json = request.content_type == "application/json"
    body = _parsed(await request.text()) if is_json else None
    form: dict[str, str] = {}
    files: list[str] = []
    for name, part in () if is_json else (await request.post()).items():
        if isinstance(part, web.FileField):
            files.append(name)
        else:
            form[name] = part.decode() if isinstance(part, bytes | bytearray) else part
    content = response.body if isinstance(response, web.Response) else None
    return Talk(
        caller=request.headers.get("User-Agent", ""),
        method=request.method,
        path=path,
        query=dict(request.query),
        body=body,
        form=form,
        files=files,
        status=response.status,
        answer=content if isinstance(content, bytes) else b"",
    )


def _parsed(text: str) -> Json:
    try:
        parsed: Json = json.loads(text)
    except ValueError:
        return None
    return parsed
