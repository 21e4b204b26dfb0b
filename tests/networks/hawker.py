"""A running Hawker with its own data folder, seen from outside: through its REST API."""

import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from tests.networks.browser import Browser
from tools.process import Process

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 90.0
CONNECT_SECONDS = 30.0
OWNER = {
    "business": "Alice's Tea",
    "time_zone": "Asia/Taipei",
    "name": "Alice",
    "email": "alice@example.com",
    "password": "correct-horse-42",
}


class Refusal(Exception):
    """What the API refused. `fields`: what is to be changed."""

    def __init__(self, answer: httpx.Response) -> None:
        error = answer.json()["error"]
        super().__init__(f"{answer.status_code} {error}")
        self.status = answer.status_code
        self.sentence = str(error["sentence"])
        self.fields = [problem["field"] for problem in error["problems"]]


class Hawker:
    """`home` holds its data, `log` takes what it prints; `owner` is signed in once there is a business;
    `settings` are added to its own, all of them in `env`."""

    def __init__(self, home: Path, log: Path, settings: Mapping[str, str] | None = None) -> None:
        self.home = home
        self.log = log
        self.owner = Browser()
        self._client = httpx.Client()
        self.env = {
            **os.environ,
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "hawker.config.settings",
            "HAWKER_ALLOW_PRIVATE_HOSTS": "1",
            "HAWKER_ANSWER_SECONDS": "20",
            "HAWKER_DATA": str(home),
            "HAWKER_PUBLIC_URL": "",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "XDG_STATE_HOME": str(home / "state"),
            **(settings or {}),
        }

    def start(self) -> None:
        command = [sys.executable, "-m", "hawker.config.up", "--port", "0"]
        self._process = Process("Hawker", command, log=self.log, at=ROOT, env=self.env)
        self._process.until(self._note.exists)
        self.address = str(json.loads(self._note.read_text())["url"])
        self._client.close()
        keys = json.loads((self.home / "keys" / "keys.json").read_text())
        self._client = httpx.Client(
            base_url=self.address,
            headers={"Authorization": f"Bearer machine_{keys['machine']}"},
            timeout=CONNECT_SECONDS,
        )
        self._process.until(self._is_well)

    def found(self) -> None:
        """Sets up a business on the page to which Hawker's first words lead."""
        url = next(word for word in self.log.read_text().split() if "/setup/" in word)
        answer = self.owner.fill_in(url, OWNER)
        assert answer.is_redirect, answer.text

    def stop(self) -> None:
        self.owner.close()
        self._client.close()
        self._process.stop()

    def die(self) -> None:
        """As in a power cut."""
        self._process.kill()
        self._note.unlink()

    def expire(self, channel: str) -> None:
        """Lets the channel's session run out; where it has none, nothing happens."""
        with closing(sqlite3.connect(self.home / "hawker.sqlite3", timeout=30)) as rows, rows:
            rows.execute(
                "UPDATE channels_channel SET expires_at = ? WHERE id = ? AND expires_at IS NOT NULL",
                [datetime.now(UTC).replace(tzinfo=None).isoformat(" "), UUID(channel).hex],
            )

    def get(self, path: str) -> Any:
        return self._read(self._client.get(f"/api/v1{path}"))

    def post(self, path: str, body: object = None) -> Any:
        return self._read(self._client.post(f"/api/v1{path}", json=body))

    def connect(self, platform: str, way: str, fields: Mapping[str, str]) -> str:
        """The id of the channel."""
        wish = {"platform": platform, "way": way, "fields": dict(fields)}
        return str(self.post("/channels", wish)["id"])

    def add_picture(self, data: bytes) -> str:
        answer = self._client.post("/api/v1/media", files={"file": ("tea.jpg", data, "image/jpeg")})
        return str(self._read(answer)["id"])

    def write(self, *channels: str | Mapping[str, object], text: str, wait: float = 0, **more: object) -> Any:
        """A post that goes out after `wait` seconds, or now."""
        at = (datetime.now(UTC) + timedelta(seconds=wait)).isoformat() if wait else None
        wish = {"text": text, "channels": channels, "language": "zh-Hant", **more}
        return self.post("/posts", {**wish, "at": at} if at else wish)

    def until(self, state: str, post: Any) -> Any:
        """The post, as soon as all its deliveries are in this state."""
        wait(
            lambda: {each["state"] for each in self.deliveries(post)} == {state},
            lambda: self.deliveries(post),
        )
        return self.get(f"/posts/{post['id']}")

    def until_told(self, sentence: str, post: Any) -> None:
        """Until each of its deliveries says this as its reason."""
        wait(
            lambda: all(sentence in str(each["error"]) for each in self.deliveries(post)),
            lambda: self.deliveries(post),
        )

    def deliveries(self, post: Any) -> list[Any]:
        found: list[Any] = self.get(f"/posts/{post['id']}")["deliveries"]
        return found

    @property
    def _note(self) -> Path:
        return self.home / "run" / "up.json"

    def _is_well(self) -> bool:
        return self._client.get("/healthz").status_code == httpx.codes.OK

    @staticmethod
    def _read(answer: httpx.Response) -> Any:
        if answer.is_error:
            raise Refusal(answer)
        return answer.json() if answer.content else None


@contextmanager
def founded(hawker: Hawker) -> Iterator[Hawker]:
    """Runs with a business in it; in the end it is stopped."""
    try:
        hawker.start()
        hawker.found()
        yield hawker
    finally:
        hawker.stop()


def wait(condition: Callable[[], bool], told: Callable[[], object] = str) -> None:
    """Until the condition holds; fails with what is `told` where it never does."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"it never came to that: {told()}"
        time.sleep(0.05)
