"""What all rows have in common."""

import uuid

from django.db import models
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
