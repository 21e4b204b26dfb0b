"""Bringing the database up to date when Hawker starts."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

ADVISORY_LOCK = 0x6861776B65720000  # "hawker", 0


def pending() -> int:
    """How many migrations the database still lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def trouble() -> str:
    """A sentence where the database cannot be reached or is not this version's, else nothing."""
    try:
        lacking = pending()
    except OperationalError as error:
        return _unreachable(error)
    return f"The database lacks {lacking} migrations: start Hawker once." if lacking else ""


def bring_up_to_date() -> str:
    """Migrates where needed; gives a sentence where the database cannot be reached, else nothing.

    Of many that start at once, one migrates and the others wait for it.
    """
    try:
        with alone():
            if pending():
                call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
    except OperationalError as error:
        return _unreachable(error)
    finally:
        connection.close()
    return ""


@contextmanager
def alone() -> Iterator[None]:
    """For one process at a time, of all that use this database."""
    if not settings.POSTGRESQL:
        with (settings.DATA / "starting.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _unreachable(error: OperationalError) -> str:
    return f"The database cannot be used: {error}. Check DATABASE_URL, or the folder in HAWKER_DATA."
