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


@pytest.mark.parametrize("entry", ["steps", "intents", "results"])
def test_a_database_that_is_away_for_a_moment_fails_and_doubles_no_post(
    worker: Worker,
    alice: Somebody,
    shop: list[Channel],
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    entry: str,
) -> None:
    commit, away = ledger.commit, []

    def shaky(**entries: object) -> object:
        if entries[entry] and not away:
            away.append(entry)
            raise OperationalError("server closed the connection unexpectedly")
        return commit(**entries)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "commit", shaky)
    monkeypatch.setattr(rules, "LEASE", timedelta(seconds=3))
    post = write(alice, shop, pictures=(picture(alice),))
    actions.schedule(alice.actor, post.id)
    worker.start()
    worker.until(lambda: all_are(post, State.published))
    assert away == [entry]
    assert texts_at(sandbox) == {name: [TEXT] for name in sandbox.networks}
