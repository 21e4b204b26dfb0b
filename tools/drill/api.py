"""Hawker's REST API as a shop's program uses it: patient with a server that is away for a while."""

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx

AWAY_SECONDS = 0.3
ANSWER_SECONDS = 40.0
A_PAGE = 100


class Away(Exception):
    """No server answers, or those that do cannot serve just now."""


class Refusal(Exception):
    """A server said no, and will say so again."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(
            f"{answer.request.method} {answer.request.url.path} {answer.status_code} {answer.text}"
        )
        self.status = answer.status_code


class Api:
    """`addresses` are asked in turn; `home` is the data folder with the machine's key."""

    def __init__(self, addresses: Sequence[str], home: Path) -> None:
        key = json.loads((home / "keys" / "keys.json").read_text())["machine"]
        headers = {"Authorization": f"Bearer machine_{key}"}
        self._servers = [
            httpx.Client(base_url=f"{each}/api/v1", headers=headers, timeout=ANSWER_SECONDS)
            for each in addresses
        ]

    def get(self, path: str) -> Any:
        return self._ask("GET", path)

    def post(self, path: str, body: object = None) -> Any:
        return self._ask("POST", path, json=body)

    def change(self, path: str, body: object) -> Any:
        return self._ask("PATCH", path, json=body)

    def write(self, body: object, key: str, patience: float) -> str:
        """A post's id: asked for again under the same key until there is an answer. Raises Away."""
        return str(
            self._insist("POST", "/posts", patience, json=body, headers={"Idempotency-Key": key})["id"]
        )

    def keep_app(self, platform: str, keys: dict[str, str], patience: float) -> None:
        self._insist("PUT", f"/apps/{platform}", patience, json={"keys": keys})

    def connect(self, body: object, patience: float) -> str:
        return str(self._insist("POST", "/channels", patience, json=body)["id"])

    def add_medium(self, name: str, content_type: str, data: bytes, patience: float) -> str:
        files = {"file": (name, data, content_type)}
        return str(self._insist("POST", "/media", patience, files=files)["id"])

    def posts(self, shelf: str) -> Iterator[Any]:
        """All posts on a shelf, page by page."""
        before: str | None = ""
        while before is not None:
            page = self.get(f"/posts?state={shelf}&limit={A_PAGE}&before={before}")
            yield from page["posts"]
            before = page["next"]

    def close(self) -> None:
        for server in self._servers:
            server.close()

    def _insist(self, method: str, path: str, patience: float, **more: Any) -> Any:
        deadline = time.monotonic() + patience
        while True:
            try:
                return self._ask(method, path, **more)
            except Away:
                if time.monotonic() > deadline:
                    raise
                time.sleep(AWAY_SECONDS)

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        self._servers.append(self._servers.pop(0))
        for server in list(self._servers):
            try:
                answer = server.request(method, path, **more)
            except httpx.TransportError:
                continue
            if answer.status_code < 500:
                return _read(answer)
        raise Away(f"{method} {path}")


def _read(answer: httpx.Response) -> Any:
    if answer.is_error:
        raise Refusal(answer)
    return answer.json() if answer.content else None
