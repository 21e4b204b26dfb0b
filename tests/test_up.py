"""The programs of the top floor, as a person starts them."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools.postgres import postgres


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Of a fresh installation that no test's settings reach."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HAWKER_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    return kept | {"HAWKER_DATA": str(tmp_path / "data"), "XDG_STATE_HOME": str(tmp_path / "state")}


def run(environment: dict[str, str], program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"hawker.config.{program}", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@contextmanager
def running(environment: dict[str, str], *arguments: str) -> Iterator[str]:
    """A started Hawker; gives what it says until it is ready."""
    command = [sys.executable, "-m", "hawker.config.up", "--port", "0", *arguments]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline() + process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0


def channels(environment: dict[str, str], said: str) -> list[dict[str, str]]:
    address = re.search(r"ready: (\S+)", said)
    assert address is not None
    keys = json.loads((Path(environment["HAWKER_DATA"]) / "keys/keys.json").read_text())
    request = urllib.request.Request(
        f"{address[1]}/api/v1/channels", headers={"Authorization": f"Bearer machine_{keys['machine']}"}
    )
    with urllib.request.urlopen(request) as answer:
        found: list[dict[str, str]] = json.load(answer)["channels"]
        return found


def test_the_demo_keeps_its_channels_from_start_to_start(environment: dict[str, str]) -> None:
    with running(environment, "--demo") as said:
        first = channels(environment, said)
        assert "Sign in with: " in said
    with running(environment, "--demo") as said:
        again = channels(environment, said)
    assert [each["id"] for each in again] == [each["id"] for each in first]
    assert {each["state"] for each in again} == {"connected"}


def test_two_that_start_at_once_on_an_empty_folder_both_start(environment: dict[str, str]) -> None:
    with running(environment) as first, running(environment) as second:
        assert "ready" in first
        assert "ready" in second


def test_a_port_that_is_taken_is_said(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run(environment, "up", "--port", port)
    assert ended.returncode == 1
    assert ended.stderr == f"Port {port} cannot be used: Address already in use. Set PORT to another one.\n"


def test_a_database_that_is_away_is_said(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    ended = run(environment | {"DATABASE_URL": f"postgresql://u:p@127.0.0.1:{port}/h"}, "up", "--port", "0")
    assert ended.returncode == 1
    assert "The database cannot be used" in ended.stderr
    assert "Check DATABASE_URL" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_object_store_without_its_library_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "boto3.py").write_text("raise ImportError('it is not installed')")
    lacking = environment | {"HAWKER_S3_BUCKET": "pictures", "PYTHONPATH": str(tmp_path)}
    ended = run(lacking, "up", "--port", "0")
    assert ended.returncode == 1
    assert "install hawker[s3]" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_hawker_starts_on_postgresql(environment: dict[str, str]) -> None:
    with postgres() as address, running(environment | {"DATABASE_URL": address}, "--demo") as said:
        assert len(channels(environment, said)) >= 2


def test_the_doctor_says_what_to_mend(environment: dict[str, str]) -> None:
    before = run(environment, "doctor")
    assert before.returncode == 1
    assert "Start `hawker up` once" in before.stdout
    with running(environment):
        after = run(environment, "doctor")
    assert after.returncode == 0
    assert "mend" not in after.stdout
    (Path(environment["HAWKER_DATA"]) / "keys/keys.json").chmod(0o644)
    open_keys = run(environment, "doctor")
    assert open_keys.returncode == 1
    assert "chmod 600" in open_keys.stdout


def test_the_data_folder_is_for_its_owner_only(environment: dict[str, str]) -> None:
    with running(environment):
        pass
    home = Path(environment["HAWKER_DATA"])
    assert home.stat().st_mode & 0o077 == 0
    assert (home / "keys").stat().st_mode & 0o077 == 0
    assert (home / "keys/keys.json").stat().st_mode & 0o077 == 0
    assert not (home / "run/up.json").exists()
