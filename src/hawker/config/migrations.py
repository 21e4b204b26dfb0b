"""Bringing the database up to date when Hawker starts."""

from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


def pending() -> int:
    """How many migrations the database still lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def bring_up_to_date() -> str:
    """Migrates where needed; gives a sentence where the database cannot be reached, else nothing."""
    try:
        if pending():
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        return f"The database cannot be used: {error}. Check DATABASE_URL, or the folder in HAWKER_DATA."
    finally:
        connection.close()
    return ""
