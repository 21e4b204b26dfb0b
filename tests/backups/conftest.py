"""Machines with installations of their own, on both kinds of database."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cluster.conftest import house, server
from tests.cluster.house import House, fresh_environment

__all__ = ["house", "server"]

# Named after its database: "sqlite" or "postgresql".
Machine = Callable[[str], House]


@pytest.fixture
def machine(house: House, tmp_path: Path) -> Iterator[Machine]:
    made: list[House] = []

    def make(database: str) -> House:
        home = tmp_path / f"machine-{len(made)}"
        home.mkdir()
        environment = fresh_environment(home)
        if database == "postgresql":
            environment["DATABASE_URL"] = house.database
        made.append(replace(house, environment=environment, logs=home, started=[]))
        return made[-1]

    yield make
    for each in made:
        each.end()


def run(house: House, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", f"hawker.config.{program}", *words]
    return subprocess.run(
        command, env=house.environment, capture_output=True, text=True, timeout=90, check=False
    )
