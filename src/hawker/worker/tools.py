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
    """Two threads talk to the database, each with a connection of its own: what is being sent waits for
    the ledger only, not for whatever else is read and written meanwhile."""

    http: Http
    worker: str
    quiet: Quiet = field(default_factory=Quiet)
    reading: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "rows"))
    writing: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "ledger"))

    async def rows(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Runs any work with rows."""
        return await in_database(self.reading, lambda: work(*args, **named))

    async def ledger(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Runs a commit of the ledger."""
        return await in_database(self.writing, lambda: work(*args, **named))

    async def close(self) -> None:
        """Gives the database's connections back and ends the threads."""
        for thread in (self.reading, self.writing):
            await in_database(thread, connections.close_all)
            thread.shutdown()


now = timezone.now
