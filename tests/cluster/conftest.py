"""One server for all tests, a database and a data folder for each."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cluster.house import House, fresh_environment, in_database
from tools.postgres import Postgres
from tools.postgres import server as running_server


@pytest.fixture(scope="package")
def server() -> Iterator[Postgres]:
    with running_server() as running:
        yield running


@pytest.fixture
def house(server: Postgres, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    name = f"house_{abs(hash(request.node.name))}"
    with psycopg.connect(server.address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    database = in_database(server.address, name)
    environment = fresh_environment(tmp_path) | {"DATABASE_URL": database, "HAWKER_ENGINE": "cluster"}
    made = House(database=database, environment=environment, logs=tmp_path)
    yield made
    made.end()
