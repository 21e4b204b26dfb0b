"""What a worker writes down in groups: who is told what, where an entry is poison or the database is away."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from hawker.core.bridge import client
from hawker.core.publishing import ledger
from hawker.core.publishing.claims import Claim
from hawker.core.publishing.ledger import Result
from hawker.core.publishing.states import Next, State
from hawker.worker import writer
from hawker.worker.tools import Tools
from hawker.worker.writer import Writer, Written
from tests.ledger.claims import claimed

GONE = OperationalError("server closed the connection unexpectedly\n\tThis probably means the server")


@dataclass
class Book:
    """The ledger's commits. `away`: what each of the next ones fails with; `poison`: the delivery that no
    commit takes, and why."""

    away: list[Exception] = field(default_factory=list)
    poison: dict[UUID, Exception] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)

    def commit(
        self, *, now: datetime, steps: Sequence[Claim], intents: Sequence[Claim], results: Sequence[Result]
    ) -> set[UUID]:
        ids = {each.id for each in (*steps, *intents, *(result.claim for result in results))}
        self.sizes.append(len(ids))
        if self.away:
            raise self.away.pop(0)
        for delivery in self.poison.keys() & ids:
            raise self.poison[delivery]
        return ids


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Book:
    made = Book()
    monkeypatch.setattr(ledger, "commit", made.commit)
    monkeypatch.setattr(writer, "AGAIN_SECONDS", 0.01)
    return made


@pytest.fixture
async def tools() -> AsyncIterator[Tools]:
    async with client() as http:
        made = Tools(http=http, worker="test")
        yield made
        await made.close()


@pytest.fixture
def written(tools: Tools) -> Writer:
    return Writer(tools, crowded=lambda: False)


def ended(claim: Claim | None = None) -> Result:
    return Result(claim or claimed(), Next(state=State.published))


async def told(*waiting: Written) -> list[bool | BaseException]:
    return await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), timeout=10)


@pytest.mark.parametrize(
    "error", [IntegrityError("null"), DataError("long"), ProgrammingError("no table"), ValueError("odd")]
)
@pytest.mark.parametrize("kind", ["step", "intent", "result"])
async def test_a_poisonous_entry_takes_no_other_with_it(
    kind: str, error: Exception, book: Book, written: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    poison = claimed()
    book.poison = {poison.id: error}
    entered = {"step": written.step, "intent": written.intent}
    bad = written.result(ended(poison)) if kind == "result" else entered[kind](poison)
    good = [written.step(claimed()), written.intent(claimed()), written.result(ended())]
    assert await told(bad, *good) == [error, True, True, True]
    assert book.sizes == [4, 1, 1, 1, 1]
    assert [record.exc_info and record.exc_info[1] for record in caplog.records] == [error]


@pytest.mark.parametrize("error", [GONE, InterfaceError("connection already closed")])
async def test_results_wait_while_the_database_is_away_and_what_is_still_to_be_sent_does_not(
    error: Exception, book: Book, written: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    book.away = [error, error]
    entered = written.step(claimed()), written.intent(claimed()), written.result(ended())
    assert await told(*entered) == [error, error, True]
    assert book.sizes == [3, 1, 1]
    line = str(error).partition("\n")[0]
    assert [(record.levelno, record.message, record.exc_info) for record in caplog.records] == [
        (logging.WARNING, f"ledger.database_away entries={number} error={line}", None) for number in (3, 1)
    ]


async def test_a_database_that_goes_away_while_a_group_is_split_is_waited_for_once(
    book: Book, written: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    book.away = [DataError("long"), GONE]
    assert await told(*(written.result(ended()) for _ in range(3))) == [True, True, True]
    assert book.sizes == [3, 1, 3]
    assert len(caplog.records) == 1


async def test_what_nobody_waits_for_any_more_is_not_kept(book: Book, written: Writer) -> None:
    book.away = [GONE]
    given_up, kept = written.result(ended()), written.result(ended())
    given_up.cancel()
    assert await told(kept) == [True]
    assert book.sizes == [2, 1]


async def test_an_entry_gives_way_to_that_of_a_later_claim_and_is_told_so(
    book: Book, written: Writer
) -> None:
    claim = claimed()
    assert await told(written.result(ended(claim)), written.result(ended(claim))) == [False, True]
    book.away = [GONE]
    earlier = written.result(ended(claim))
    # By the next turn of the loop its commit is under way.
    await asyncio.sleep(0)
    assert await told(earlier, written.result(ended(claim))) == [False, True]
