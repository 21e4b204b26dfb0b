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
    """`thread` is the one thread in which this worker talks to the database, with a connection of its own."""

    http: Http
    worker: str
    quiet: Quiet = field(default_factory=Quiet)
    thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="ledger")
    )

    async def rows(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Runs `work` in the database's thread."""
        return await in_database(self.thread, lambda: work(*args, **named))

    async def close(self) -> None:
        """Gives the database's connection back and ends its thread."""
        await self.rows(connections.close_all)
        self.thread.shutdown()


now = timezone.now
