"""The whole database as an SQLite file, from SQLite or from PostgreSQL, and back into either."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import load_backend

FILE, SNAPSHOT = "copy", "snapshot"
BATCH = 1000
# The queue of the cluster engine exists on PostgreSQL only, and is filled anew at every start.
LEFT_OUT = {"procrastinate"}


@contextmanager
def file_opened(file: Path) -> Iterator[str]:
    """An SQLite file as a database of Django's, for as long as the block lasts; gives its alias."""
    options = {"init_command": "PRAGMA foreign_keys=ON;", "timeout": 30}
    changes = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file), "OPTIONS": options}
    with _database(FILE, changes):
        yield FILE


def copy_out(file: Path) -> None:
    """Copies the database as it is at one instant, while others write to it."""
    if connection.vendor == "sqlite":
        _copy_pages(file)
        return
    with file_opened(file) as target, _as_of_now() as source:
        migrate(target)
        with transaction.atomic(using=target):
            copy_rows(source, target)


def migrate(database: str) -> None:
    """Meanwhile this thread's default database is that one: a migration that changes rows may name none."""
    own, connections["default"] = connections["default"], connections[database]
    try:
        executor = MigrationExecutor(connections[database])
        executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] not in LEFT_OUT])
    finally:
        connections["default"] = own


def migrations(database: str) -> dict[str, list[str]]:
    """Those that the database has had."""
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connections[database]).applied_migrations()):
        if app not in LEFT_OUT:
            applied.setdefault(app, []).append(name)
    return applied


def strange(applied: Mapping[str, Iterable[str]]) -> list[str]:
    """Migrations that this version of Hawker does not know."""
    known = MigrationLoader(None).disk_migrations
    return [f"{app}.{name}" for app, names in applied.items() for name in names if (app, name) not in known]


def copy_rows(source: str, target: str) -> None:
    """Replaces all rows of `target` by those of `source`, whose tables are alike; within a transaction."""
    kept = connections[target]
    tables = [model._meta.db_table for model in all_models()]
    for statement in kept.ops.sql_flush(no_style(), tables, reset_sequences=True):
        with kept.cursor() as cursor:
            cursor.execute(statement)
    for model in all_models():
        _copy_model(model, source, kept)
    with kept.cursor() as cursor:
        for statement in kept.ops.sequence_reset_sql(no_style(), all_models()):
            cursor.execute(statement)


def counts(database: str) -> dict[str, int]:
    return {model._meta.label: model._base_manager.using(database).count() for model in all_models()}


def all_models() -> list[type[models.Model]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and model._meta.app_label not in LEFT_OUT]


def _copy_model(model: type[models.Model], source: str, target: BaseDatabaseWrapper) -> None:
    """Without Django's saving: a field that notes when its row was made would note the copy."""
    fields = model._meta.concrete_fields
    quote = target.ops.quote_name
    names, places = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - names of ours only
    found = model._base_manager.using(source).order_by().values_list(*(field.attname for field in fields))
    with target.cursor() as cursor:
        for batch in _batches(iter(found.iterator(chunk_size=BATCH))):
            cursor.executemany(statement, [_prepared(fields, row, target) for row in batch])


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _prepared(fields: Iterable[Any], row: tuple[Any, ...], target: BaseDatabaseWrapper) -> list[Any]:
    return [field.get_db_prep_save(value, target) for field, value in zip(fields, row, strict=True)]


def _copy_pages(file: Path) -> None:
    """SQLite's own online backup: one read transaction, during which others may write."""
    connection.ensure_connection()
    with sqlite3.connect(file) as target:
        connection.connection.backup(target)
    target.close()


@contextmanager
def _as_of_now() -> Iterator[str]:
    from psycopg import IsolationLevel  # noqa: PLC0415 - only where PostgreSQL is used

    options = {
        **connection.settings_dict["OPTIONS"],
        "isolation_level": IsolationLevel.REPEATABLE_READ,
    }
    with _database(SNAPSHOT, {"OPTIONS": options}), transaction.atomic(using=SNAPSHOT):
        yield SNAPSHOT


@contextmanager
def _database(alias: str, changes: Mapping[str, object]) -> Iterator[None]:
    """One more database beside the installation's own, for this thread; made of that one's settings."""
    settings: dict[str, Any] = {**connection.settings_dict, **changes}
    connections[alias] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, alias)
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
