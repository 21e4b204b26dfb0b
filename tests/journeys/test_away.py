"""The database goes away for a moment while posts are on their way."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from hawker.core.channels.models import Channel
from hawker.core.publishing import actions, ledger, rules
from hawker.core.publishing.states import State
from hawker.sandbox.app import Sandbox
from tests.cast import Somebody
from tests.journeys.conftest import Worker
from tests.journeys.test_publishing import TEXT, all_are, picture, texts_at, write


@pytest.fixture(params=["steps", "intents", "results"])
def away(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first commit that holds such entries fails, and is noted here."""
    commit, entry = ledger.commit, str(request.param)
    failed: list[str] = []

    def shaky(**entries: object) -> object:
        if entries[entry] and not failed:
            failed.append(entry)
            raise OperationalError("server closed the connection unexpectedly")
        return commit(**entries)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "commit", shaky)
    monkeypatch.setattr(rules, "LEASE", timedelta(seconds=3))
    return failed


def test_a_database_that_is_away_for_a_moment_fails_and_doubles_no_post(
    worker: Worker, alice: Somebody, findable: list[Channel], sandbox: Sandbox, away: list[str]
) -> None:
    post = write(alice, findable, pictures=(picture(alice),))
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: all_are(post, State.published))
    assert len(away) == 1
    found = texts_at(sandbox)
    assert [found[channel.platform] for channel in findable] == [[TEXT]] * len(findable)
