"""A database that goes away while Hawker runs, and comes back."""

import json
import urllib.error
import urllib.request

import pytest

from hawker.sandbox.app import Sandbox
from tests.cluster.house import House, address, is_ready, published_at, stop, until
from tools.postgres import Postgres

ACCOUNTS = 2


def status(url: str, **headers: str) -> tuple[int, str]:
    asked = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("engine", ["local", "cluster"])
def test_hawker_outlives_its_database(house: House, server: Postgres, sandbox: Sandbox, engine: str) -> None:
    house.environment["HAWKER_ENGINE"] = engine
    running = house.begin("up", "--port", "0")
    pages = address(is_ready(running))
    house.open_shop(sandbox, ACCOUNTS)
    house.inside("plan", "1", "8", "during")
    house.inside("plan", "1", "14", "after")
    server.stop()
    for code, page in (
        status(f"{pages}/join/a"),
        status(f"{pages}/posts/", Cookie=f"hawker_session={'a' * 32}"),
    ):
        assert code == 503
        assert "database does not answer" in page
        assert "Traceback" not in page
    assert status(f"{pages}/healthz")[0] == 503
    refused = status(f"{pages}/api/v1/channels", Authorization=f"Bearer {house.machine_key()}")
    assert refused[0] == 503
    assert json.loads(refused[1])["error"]["code"] == "unavailable"
    server.start()
    until(lambda: status(f"{pages}/healthz")[0] == 200)
    until(house.settled)
    assert set(published_at(sandbox, ACCOUNTS).values()) == {1}
    assert stop(running) == 0


def test_what_stops_while_its_database_is_away_stops_in_time(house: House, server: Postgres) -> None:
    worker, web = house.start("worker"), house.start("web", "--port", "0")
    until(lambda: len(house.duties()) == 1)
    server.stop()
    try:
        assert stop(worker) == 0
        assert stop(web) == 0
    finally:
        server.start()
