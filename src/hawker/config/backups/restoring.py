"""Bringing a backup back: an installation as it was, and nothing sent again that may have gone out since."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from hawker.config import data
from hawker.config.backups import archive, copies, installation, pictures, saving
from hawker.config.backups.archive import Reader, Unfit
from hawker.core.publishing import restored

REPLACED = "replaced"


def check(reader: Reader, *, replace: bool) -> None:
    """Raises Unfit where this backup cannot be restored here, with what to do."""
    reader.check()
    if copies.strange(reader.manifest.migrations):
        raise Unfit(f"A newer Hawker made this backup ({reader.manifest.hawker}): upgrade, then restore it.")
    if installation.is_running():
        raise Unfit("Hawker is running here. Stop all of it; after a crash wait a minute, then try again.")
    if installation.is_used() and not replace:
        raise Unfit("There is a business here already. To replace it, add --replace: a backup is kept.")


def keep_what_is_here() -> Path | None:
    """A backup of its own, where there is a business. Raises OSError."""
    if not installation.is_used():
        return None
    folder = Path(settings.DATA) / REPLACED
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / f"hawker-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.zip"
    saving.save(file)
    return file


def restore(reader: Reader) -> int:
    """Keys first, which open the rows of before as well; rows last, all at once: whatever goes wrong until
    then, what was here still is. Gives how many deliveries will be looked for. Raises OSError."""
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="restore-") as place:
        copy = Path(place) / archive.DATABASE
        reader.extract(archive.DATABASE, copy)
        with copies.file_opened(copy) as database:
            copies.migrate(database)
            doubtful = restored.look_again(reader.manifest.made_at, datetime.now(UTC), database=database)
            before = pictures.names("default")
            pictures.unpack(reader)
            data.take_over(settings.DATA, json.loads(reader.read(archive.KEYS)))
            installation.replace_rows(database)
            pictures.drop(set(before) - set(pictures.names("default")))
    return doubtful
