"""What all rows have in common."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from uuid6 import uuid7


def row_id() -> uuid.UUID:
    """Time-ordered (UUID version 7), so that new rows lie together in an index."""
    return uuid.UUID(int=uuid7().int)


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=row_id, editable=False)

    class Meta:
        abstract = True


class Owned(Row):
    """A row that belongs to one workspace and is never read from another."""

    workspace = models.ForeignKey("people.Workspace", on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Change:
    """Other values for the one row that these fields find."""

    where: Mapping[str, object]
    values: Mapping[str, object]


def change_each(model: type[models.Model], changes: Sequence[Change]) -> list[bool]:
    """Gives each row values of its own, and says which were found. All changes name the same fields.

    One prepared statement for all: Django's `bulk_update` builds a CASE for each value instead, and cannot
    find a row by more than its key.
    """
    if not changes:
        return []
    statement, parameters = _statement(model, changes[0]), [_parameters(model, each) for each in changes]
    with connection.cursor() as cursor:
        with transaction.atomic():
            cursor.executemany(statement, parameters)
            if cursor.rowcount == len(changes):
                return [True] * len(changes)
            transaction.set_rollback(True)
        return [_changed(cursor, statement, each) for each in parameters]


def _statement(model: type[models.Model], change: Change) -> str:
    quote = connection.ops.quote_name
    values = ", ".join(f"{quote(_column(model, name))} = %s" for name in change.values)
    where = " AND ".join(f"{quote(_column(model, name))} = %s" for name in change.where)
    return f"UPDATE {quote(model._meta.db_table)} SET {values} WHERE {where}"  # noqa: S608 - names of ours only


def _column(model: type[models.Model], name: str) -> str:
    return str(_field(model, name).column)


def _field(model: type[models.Model], name: str) -> "models.Field[object, object]":
    field: models.Field[object, object] = model._meta.get_field(name)  # type: ignore[assignment]
    return field


def _parameters(model: type[models.Model], change: Change) -> list[Any]:
    named = [*change.values.items(), *change.where.items()]
    return [_field(model, name).get_db_prep_save(value, connection) for name, value in named]


def _changed(cursor: CursorWrapper, statement: str, parameters: Sequence[Any]) -> bool:
    cursor.execute(statement, parameters)
    return bool(cursor.rowcount == 1)
