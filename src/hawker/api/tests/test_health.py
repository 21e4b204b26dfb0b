"""What /healthz says of pages, database and worker."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from hawker.core.publishing import ledger


def broken(execute: Callable[..., object], *query: object) -> object:
    raise OperationalError("disk I/O error")


def test_all_is_well_while_a_worker_beats(db: None) -> None:
    ledger.beat("local", timezone.now())
    answer = Client().get("/healthz")
    told = answer.json()
    assert (answer.status_code, told["status"]) == (200, "ok")
    assert (told["database"], told["worker"], told["overdue"], told["sentence"]) == (True, True, 0, None)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("minutes", [2, None])
def test_a_worker_that_is_gone_or_never_came_is_told(db: None, minutes: int | None) -> None:
    if minutes:
        ledger.beat("local", timezone.now() - timedelta(minutes=minutes))
    answer = Client().get("/healthz")
    told = answer.json()
    assert (answer.status_code, told["status"], told["worker"]) == (503, "ill", False)
    assert "worker" in told["sentence"]


def test_a_database_that_fails_is_told(db: None) -> None:
    with connection.execute_wrapper(broken):
        answer = Client().get("/healthz")
    told = answer.json()
    assert (answer.status_code, told["status"]) == (503, "ill")
    assert (told["database"], told["worker"], told["overdue"]) == (False, False, None)
    assert "database" in told["sentence"]


def test_health_needs_no_key_and_takes_no_writing(db: None) -> None:
    assert Client().post("/healthz").status_code == 405
