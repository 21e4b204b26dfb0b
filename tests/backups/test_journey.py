"""The worst day: the machine is lost, and the backup is older than what went out since."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from hawker.sandbox.app import Sandbox
from tests.cluster.house import House, fresh_environment, is_ready, published_at, stop, until

ACCOUNTS = 3


def run(house: House, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"hawker.config.{program}", *words]
    return subprocess.run(command, env=house.environment, capture_output=True, text=True, timeout=90)


def elsewhere(house: House, home: Path, *, on: str) -> House:
    """Another machine: nothing of the first one is there."""
    environment = fresh_environment(home)
    if on == "postgresql":
        environment["DATABASE_URL"] = house.database
    return replace(house, environment=environment, logs=home, started=[])


@pytest.mark.parametrize(("first", "second"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_what_went_out_after_the_backup_is_adopted_and_not_sent_again(
    house: House, sandbox: Sandbox, tmp_path: Path, first: str, second: str
) -> None:
    lost = elsewhere(house, tmp_path / "first", on=first)
    running = lost.begin("up", "--port", "0")
    is_ready(running)
    lost.open_shop(sandbox, ACCOUNTS)
    lost.inside("plan", "5", "0", "before")
    lost.inside("plan", "5", "6", "between")
    lost.inside("plan", "1", "3600", "later")
    file = tmp_path / "backup.zip"
    done = run(lost, "backup", str(file))
    assert done.returncode == 0, done.stderr
    each = ACCOUNTS * len(sandbox.networks)
    until(lambda: len(published_at(sandbox, ACCOUNTS)) == 20 * each)
    lost.end()

    found = elsewhere(house, tmp_path / "second", on=second)
    done = run(found, "restore", str(file))
    assert done.returncode == 0, done.stderr
    doubtful = re.search(r"will be looked for before any is sent: (\d+)", done.stdout)
    assert doubtful is not None
    assert int(doubtful[1]) >= 10 * each
    running = found.begin("up", "--port", "0")
    is_ready(running)
    until(lambda: found.states() == {"published": 20 * each, "scheduled": 2 * each})
    assert set(published_at(sandbox, ACCOUNTS).values()) == {1}
    assert len(published_at(sandbox, ACCOUNTS)) == 20 * each
    assert stop(running) == 0
