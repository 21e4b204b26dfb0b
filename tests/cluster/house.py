"""An installation with processes of its own, on a database that they share."""

import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from hawker.connect.errors import CannotLook
from hawker.connect.http import Http
from hawker.connect.registry import platforms
from hawker.connect.values import Draft
from hawker.sandbox.app import Sandbox
from hawker.sandbox.faults import Fault, Kind
from tests.conformance.stage import signed_in

PATIENCE_SECONDS = 60.0


def until(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> float:
    """Waits until `condition` holds, and fails where it never does; gives how long it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() < began + seconds, "it never came to that"
        time.sleep(0.05)
    return time.monotonic() - began


@dataclass
class House:
    """`database` is the address that libpq reads; `environment` that of its processes."""

    database: str
    environment: dict[str, str]
    logs: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def begin(self, program: str, *words: str) -> subprocess.Popen[str]:
        with (self.logs / f"{program}-{len(self.started)}.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"hawker.config.{program}", *words],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.started.append(process)
        return process

    def start(self, program: str, *words: str) -> subprocess.Popen[str]:
        process = self.begin(program, *words)
        is_ready(process)
        return process

    def log(self, process: subprocess.Popen[str]) -> str:
        program = str(process.args[2]).rpartition(".")[2]  # type: ignore[index]
        return (self.logs / f"{program}-{self.started.index(process)}.log").read_text()

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.wait()
            assert process.stdout is not None
            process.stdout.close()

    def inside(self, *words: str) -> None:
        command = [sys.executable, "-m", "tests.cluster.inside", *words]
        subprocess.run(command, env=self.environment, check=True, timeout=60)

    def open_shop(self, sandbox: Sandbox, accounts: int) -> None:
        """With channels at every network that takes words."""
        words = []
        for name, network in sandbox.networks.items():
            words += [json.dumps({"app": name, "keys": dict(network.app)})] if network.app else []
            for number in range(accounts):
                way, fields = network.pretend.account(f"shop{number}")
                words.append(json.dumps({"platform": name, "way": way, "fields": dict(fields)}))
        self.inside("open", *words)

    def machine_key(self) -> str:
        keys = json.loads((Path(self.environment["HAWKER_DATA"]) / "keys/keys.json").read_text())
        return f"machine_{keys['machine']}"

    def rows(self, query: str) -> list[tuple[object, ...]]:
        if "DATABASE_URL" in self.environment:
            with psycopg.connect(self.database, autocommit=True) as connection:
                return connection.execute(query).fetchall()
        file = Path(self.environment["HAWKER_DATA"]) / "hawker.sqlite3"
        with closing(sqlite3.connect(file, timeout=30)) as opened:
            return opened.execute(query).fetchall()

    def states(self) -> dict[str, int]:
        found = self.rows("SELECT state, count(*) FROM publishing_delivery GROUP BY state")
        return {str(state): int(str(number)) for state, number in found}

    def all_published(self) -> bool:
        return set(self.states()) == {"published"}

    def settled(self, *, later: int = 0) -> bool:
        """Whether nothing is left to do but what is due `later`. What its owner must settle, and what follows
        that, has no `look_at`."""
        waiting = (
            "state IN ('preparing', 'ready', 'sending') "
            "OR state IN ('scheduled', 'unknown') AND look_at IS NOT NULL"
        )
        return self.rows(f"SELECT count(*) FROM publishing_delivery WHERE {waiting}") == [(later,)]

    def asked(self) -> Counter[str]:
        """By network: of what only its owner can say what became of it."""
        found = self.rows(
            "SELECT platform FROM publishing_delivery "
            "JOIN channels_channel ON channels_channel.id = publishing_delivery.channel_id "
            "WHERE publishing_delivery.state = 'unknown'"
        )
        return Counter(str(platform) for (platform,) in found)

    def duties(self) -> Counter[int]:
        """How many duties each worker of the queue has."""
        found = self.rows("SELECT worker_id FROM procrastinate_jobs WHERE status = 'doing'")
        return Counter(int(str(worker)) for (worker,) in found)


def is_ready(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = process.stdout.readline()
    assert "ready" in said
    return said


def address(said: str) -> str:
    found = re.search(r"ready: (\S+)", said)
    assert found is not None
    return found[1]


def stop(process: subprocess.Popen[str], seconds: float = 20) -> int:
    """Asks it to end; fails where it takes longer than promised."""
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=seconds)


def published_at(sandbox: Sandbox, accounts: int) -> Counter[tuple[str, str, str]]:
    """How often each text stands on each account, counted at the networks."""
    return Counter(
        (name, f"shop{number}", seen.text)
        for name, network in sandbox.networks.items()
        for number in range(accounts)
        for seen in network.pretend.published(f"shop{number}")
    )


def gets_plans(name: str) -> bool:
    """Whether a network gets what `inside plan` writes: it takes a comment, and needs no pages of Hawker's to
    fetch the picture from, for in most houses only workers run."""
    return platforms()[name].comments and not platforms()[name].fetches


def slow(sandbox: Sandbox, seconds: float) -> None:
    """Every call that publishes is answered late."""
    for network in sandbox.networks.values():
        network.faults.add(Fault(kind=Kind.delay_after, times=10_000, seconds=seconds))


def blind(sandbox: Sandbox) -> set[str]:
    """The networks that let nobody look whether a post is there."""
    return {name for name in sandbox.networks if asyncio.run(_is_blind(sandbox, name))}


async def _is_blind(sandbox: Sandbox, name: str) -> bool:
    platform, draft = platforms()[name], Draft(key=uuid4(), text="never sent", language="en")
    async with Http(allow_private=True) as http:
        account = await signed_in(platform, sandbox.networks[name], http, "shop0")
        try:
            await platform.publishes.find(http, account, draft, {}, since=datetime.now(UTC))
        except CannotLook:
            return True
    return False


def fresh_environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HAWKER_", "DATABASE"))}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {
        "DJANGO_SETTINGS_MODULE": "hawker.config.settings",
        "HAWKER_DATA": str(home / "data"),
        "HAWKER_ALLOW_PRIVATE_HOSTS": "1",
        "XDG_STATE_HOME": str(home / "state"),
    }


def in_database(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()
