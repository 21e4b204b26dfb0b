"""What lies on this installation's database, and whether somebody works on it."""

import json
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hawker.config import migrations
from hawker.config.backups import copies
from hawker.core.people import queries as people
from hawker.core.publishing import queries as publishing


def is_used() -> bool:
    return not people.is_empty()


def is_running() -> bool:
    """A worker anywhere on the database, or pages on this machine."""
    return publishing.pulse(timezone.now()).alive or _serves_here()


def replace_rows(source: str) -> None:
    """All or nothing, and nobody starts Hawker meanwhile."""
    with migrations.alone(), transaction.atomic():
        copies.copy_rows(source, "default")


def _serves_here() -> bool:
    note = settings.DATA / "run" / "up.json"
    if not note.exists():
        return False
    url = urlsplit(json.loads(note.read_text())["url"])
    try:
        socket.create_connection((url.hostname or "", url.port or 0), timeout=2).close()
    except OSError:
        return False
    return True
