"""The worst day: the machine is lost, and the backup is older than what went out since."""

import re
from pathlib import Path

import pytest

from hawker.sandbox.app import Sandbox
from tests.backups.conftest import Machine, run
from tests.cluster.house import House, blind, gets_plans, published_at, slow, stop, until

ACCOUNTS = 3


@pytest.mark.parametrize(("first", "second"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
def test_what_went_out_after_the_backup_is_adopted_and_not_sent_again(
    machine: Machine, sandbox: Sandbox, tmp_path: Path, first: str, second: str
) -> None:
    lost = machine(first)
    lost.start("up", "--port", "0")
    lost.open_shop(sandbox, ACCOUNTS)
    lost.inside("plan", "1", "3600", "later")
    slow(sandbox, 1.5)
    lost.inside("plan", "5", "0", "tea")
    commented = set(filter(gets_plans, sandbox.networks))
    file, each = tmp_path / "backup.zip", ACCOUNTS * len(commented)
    until(lambda: lost.states().get("published", 0) > each)
    assert run(lost, "backup", str(file)).returncode == 0
    for network in sandbox.networks.values():
        network.faults.clear()
    until(lambda: len(published_at(sandbox, ACCOUNTS)) == 10 * each)
    lost.end()

    found = machine(second)
    done = run(found, "restore", str(file))
    assert done.returncode == 0, done.stderr
    doubtful = re.search(r"will be looked for before any is sent: (\d+)", done.stdout)
    assert doubtful is not None
    assert int(doubtful[1]) > each
    running = found.start("up", "--port", "0")
    until(lambda: found.settled(later=each))
    assert set(published_at(sandbox, ACCOUNTS).values()) == {1}
    assert len(published_at(sandbox, ACCOUNTS)) == 10 * each
    assert set(found.asked()) == blind(sandbox) & commented
    assert stop(running) == 0


def test_a_running_hawker_is_not_replaced_under_its_feet(machine: Machine, tmp_path: Path) -> None:
    here, file = machine("sqlite"), tmp_path / "backup.zip"
    running = here.start("up", "--port", "0")
    assert run(here, "backup", str(file)).returncode == 0
    refused = run(here, "restore", str(file))
    assert refused.returncode == 1
    assert refused.stderr == (
        "Hawker is running here. Stop all of it; after a crash wait a minute, then try again.\n"
    )
    stop(running)
    assert run(here, "restore", str(file)).returncode == 0
    assert run(here, "backup", str(file)).stderr == f"{file} is there already: name another file.\n"


def test_a_cluster_comes_back_to_its_workers(house: House, sandbox: Sandbox, tmp_path: Path) -> None:
    file, worker = tmp_path / "backup.zip", house.start("worker")
    house.open_shop(sandbox, 1)
    assert run(house, "backup", str(file)).returncode == 0
    assert stop(worker) == 0
    restored = run(house, "restore", "--replace", str(file))
    assert restored.returncode == 0, restored.stderr
    kept = re.search(r"What was here before is in (\S+)", restored.stdout)
    assert kept is not None
    assert Path(kept[1]).stat().st_mode & 0o777 == 0o600
    house.start("worker")
    house.inside("plan", "1", "0", "tea")
    until(house.all_published)


def test_a_backup_before_the_first_start_says_what_is_lacking(machine: Machine, tmp_path: Path) -> None:
    refused = run(machine("sqlite"), "backup", str(tmp_path / "backup.zip"))
    assert refused.returncode == 1
    assert "start Hawker once" in refused.stderr


def test_what_cannot_be_reached_is_said(machine: Machine, tmp_path: Path) -> None:
    here = machine("sqlite")
    lacking = run(here, "restore", str(tmp_path / "backup.zip"))
    assert lacking.returncode == 1
    assert "could not be restored" in lacking.stderr
    assert "No such file" in lacking.stderr
    here.environment["DATABASE_URL"] = f"postgresql://u@/h?host={tmp_path}"
    away = run(here, "backup", str(tmp_path / "backup.zip"))
    assert away.returncode == 1
    assert "Check DATABASE_URL" in away.stderr
    assert "Traceback" not in lacking.stderr + away.stderr
