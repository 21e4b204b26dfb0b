"""What every job works with: the database's thread, the HTTP client, the clock."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from django.db import connections
from django.utils import timezone

from hawker.connect.http import Http
from hawker.core.bridge import in_database
from hawker.worker.quiet import Quiet

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Tools:
    """Three threads talk to the database, each with a connection of its own: what is being sent waits for
    the ledger's commits only, what is due for the claims only, and neither for what is done on the side."""

    http: Http
    worker: str
    quiet: Quiet = field(default_factory=Quiet)
    reading: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "rows"))
    writing: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "ledger"))
    beside: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "beside"))

    async def rows(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Runs what publishing waits for."""
        return await in_database(self.reading, lambda: work(*args, **named))

    async def ledger(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Runs a commit of the ledger."""
        return await in_database(self.writing, lambda: work(*args, **named))

    async def aside(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Runs what publishing does not wait for."""
        return await in_database(self.beside, lambda: work(*args, **named))

    async def close(self) -> None:
        """Gives the database's connections back and ends the threads."""
        for thread in (self.reading, self.writing, self.beside):
            await in_database(thread, connections.close_all)
            thread.shutdown()


now = timezone.now
