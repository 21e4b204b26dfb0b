"""The database goes away for a moment, or will not have what it is given, while posts are on their way."""

import logging
from datetime import timedelta

import pytest
from django.db import OperationalError, ProgrammingError

from hawker.core.channels.models import Channel
from hawker.core.publishing import actions, ledger, rules
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody
from tests.journeys.conftest import Worker
from tests.journeys.test_publishing import TEXT, all_are, picture, texts_at, write

ENTRIES = ("steps", "intents", "results")


class Trouble:
    """What commits that hold such entries, and no others, fail with, so many `times`."""

    def __init__(self, entry: str, error: Exception, times: int) -> None:
        self.entry, self.error, self.times = entry, error, times
        self._commit = ledger.commit

    def commit(self, **entries: object) -> object:
        if [name for name in ENTRIES if entries[name]] == [self.entry] and self.times:
            self.times -= 1
            raise self.error
        return self._commit(**entries)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LEASE", timedelta(seconds=3))


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_database_that_is_away_for_a_moment_fails_and_doubles_no_post(
    worker: Worker,
    alice: Somebody,
    findable: list[Channel],
    sandbox: Sandbox,
    *,
    entry: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    said = OperationalError("server closed the connection unexpectedly\n\tThis probably means")
    trouble = Trouble(entry, said, times=1)
    monkeypatch.setattr(ledger, "commit", trouble.commit)
    post = write(alice, findable, pictures=(picture(alice),))
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: all_are(post, State.published))
    assert trouble.times == 0
    found = texts_at(sandbox)
    assert [found[channel.platform] for channel in findable] == [[TEXT]] * len(findable)
    told = [record for record in caplog.records if "database_away" in record.message]
    assert {record.levelno for record in told} == {logging.WARNING}
    assert all(record.message.endswith("error=server closed the connection unexpectedly") for record in told)
    assert [record.message for record in caplog.records if record.exc_info] == []
    walks = [record for record in told if record.message.startswith("delivery.")]
    assert bool(walks) == (entry != "results")


def test_a_walk_that_breaks_off_for_another_reason_is_logged_with_its_trace_and_taken_up_again(
    worker: Worker,
    alice: Somebody,
    findable: list[Channel],
    sandbox: Sandbox,
    *,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    trouble = Trouble("intents", ProgrammingError("no such column"), times=1000)
    monkeypatch.setattr(ledger, "commit", trouble.commit)
    post = write(alice, findable)
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: caplog.messages.count("delivery.walk_broken") >= len(findable))
    trouble.times = 0
    worker.until(lambda: all_are(post, State.published))
    traced = {record.message for record in caplog.records if record.exc_info}
    assert traced == {"ledger.not_written", "delivery.walk_broken"}
    found = texts_at(sandbox)
    assert [found[channel.platform] for channel in findable] == [[TEXT]] * len(findable)
