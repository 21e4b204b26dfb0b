"""Making a backup, while others write to the database."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from hawker import __version__
from hawker.config.backups import archive, copies, pictures
from hawker.config.backups.archive import FORMAT, Manifest


def save(file: Path) -> Manifest:
    """Raises OSError; then no file is left."""
    made_at = datetime.now(UTC)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="backup-") as place:
        copy = Path(place) / archive.DATABASE
        copies.copy_out(copy)
        with archive.written(file) as writer, copies.file_opened(copy) as database:
            writer.add(archive.DATABASE, copy)
            writer.add(archive.KEYS, settings.DATA / "keys" / "keys.json")
            missing = pictures.pack(writer, database)
            manifest = Manifest(
                format=FORMAT,
                hawker=__version__,
                made_at=made_at,
                migrations=copies.migrations(database),
                rows=copies.counts(database),
                missing=missing,
            )
            return writer.finish(manifest)
