"""The pretend networks, as the drill sees them: faults to order, and what a visitor reads."""

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from uuid import uuid4

import httpx

from hawker.connect.errors import CannotLook
from hawker.connect.http import Http
from hawker.connect.registry import platforms
from hawker.connect.values import Draft
from hawker.core.channels.reaching import reached
from hawker.sandbox.faults import Fault
from tools.drill.marks import marks_in

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, kw_only=True)
class Place:
    """An account at a network."""

    platform: str
    handle: str

    def __str__(self) -> str:
        return f"{self.platform}/{self.handle}"


@dataclass(frozen=True, kw_only=True)
class Key:
    """How to sign in to an account, and the keys of a developer app there, where its network asks for one."""

    way: str
    fields: Mapping[str, str]
    app: Mapping[str, str]


class Networks:
    """A client of the process that plays them."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=PATIENCE_SECONDS)

    def account(self, place: Place) -> Key:
        """An account that is not there is opened."""
        answer = self._http.get("/_account", params=asdict(place)).raise_for_status().json()
        return Key(way=str(answer["way"]), fields=dict(answer["fields"]), app=dict(answer["app"]))

    def add(self, platform: str, faults: Iterable[Fault]) -> None:
        for fault in faults:
            body = {"platform": platform, **asdict(fault)}
            self._http.post("/_faults", json=body).raise_for_status()

    def clear(self) -> None:
        for name in platforms():
            self._http.post("/_faults", json={"platform": name, "kind": ""}).raise_for_status()

    def seen(self, place: Place) -> Counter[str]:
        """How often each mark stands on this account."""
        posts = self._http.get("/_published", params=asdict(place)).raise_for_status().json()
        return Counter(mark for post in posts for mark in marks_in(post["text"]))

    def blind(self, places: Iterable[Place]) -> frozenset[str]:
        """The networks of which nobody can find out whether a post is there."""
        first = {place.platform: place for place in places}
        return frozenset(
            name for name, place in first.items() if asyncio.run(_is_blind(self.account(place), name))
        )

    def close(self) -> None:
        self._http.close()


async def _is_blind(key: Key, name: str) -> bool:
    platform, draft = platforms()[name], Draft(key=uuid4(), text="never sent", language="en")
    app = platform.app.complete(key.app) if platform.app else {}
    async with Http(allow_private=True) as http:
        person = await platform.signs_in.sign_in(http, key.way, {**app, **key.fields})
        account, *_ = await reached(http, platform, replace(person, app=app))
        try:
            await platform.publishes.find(http, account, draft, {}, since=datetime.now(UTC))
        except CannotLook:
            return True
    return False


@contextmanager
def pretending() -> Iterator[Networks]:
    """The process, for as long as the block lasts."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tools.drill.pretending"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    networks = Networks(child.stdout.readline().strip())
    try:
        yield networks
    finally:
        networks.close()
        child.stdin.close()
        child.wait(PATIENCE_SECONDS)
        child.stdout.close()
