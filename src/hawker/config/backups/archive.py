"""A backup as one file: a zip with a manifest, the database as an SQLite file, the keys, the pictures."""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ValidationError

FORMAT = 1
MANIFEST, DATABASE, KEYS, PICTURES = "manifest.json", "database.sqlite3", "keys.json", "media/"
CHUNK = 2**20


class Unfit(Exception):
    """Not a backup that can be used, with a sentence that says why."""


class File(BaseModel):
    size: int
    sha256: str


class Manifest(BaseModel):
    """`made_at`: the database is no older than this. `missing`: pictures that were lost before."""

    format: int
    hawker: str
    made_at: datetime
    migrations: dict[str, list[str]]
    rows: dict[str, int]
    files: dict[str, File] = {}
    missing: list[str] = []

    @property
    def pictures(self) -> list[str]:
        return [name.removeprefix(PICTURES) for name in self.files if name.startswith(PICTURES)]


class Writer:
    """Notes the size and the sum of each file; the manifest comes last."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._zip = file
        self.files: dict[str, File] = {}

    def add(self, name: str, file: Path) -> None:
        with file.open("rb") as source:
            self.add_from(name, source)

    def add_from(self, name: str, source: IO[bytes]) -> None:
        with self._zip.open(_entry(name), "w", force_zip64=True) as target:
            self.files[name] = _copy(source, target)

    def finish(self, manifest: Manifest) -> Manifest:
        """Gives it with the files that were added."""
        whole = manifest.model_copy(update={"files": self.files})
        self._zip.writestr(MANIFEST, whole.model_dump_json(indent=1))
        return whole


class Reader:
    """A backup whose manifest can be read. Raises Unfit."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._zip = file
        try:
            self.manifest = Manifest.model_validate_json(file.read(MANIFEST))
        except (KeyError, ValidationError) as error:
            raise Unfit("This is not a backup of Hawker's.") from error
        if self.manifest.format > FORMAT:
            raise Unfit(f"Hawker {self.manifest.hawker} made this backup: restore it with that version.")

    def check(self) -> None:
        """Reads everything once. Raises Unfit where something is lacking or differs from the manifest."""
        for name, expected in self.manifest.files.items():
            try:
                with self._zip.open(name) as source:
                    found = _copy(source, None)
            except (KeyError, zipfile.BadZipFile) as error:
                raise Unfit(f"The backup is damaged: {name} cannot be read. Use another one.") from error
            if found != expected:
                raise Unfit(f"The backup is damaged: {name} is not what was stored. Use another one.")

    def extract(self, name: str, to: Path) -> None:
        with self._zip.open(name) as source, _private(to) as target:
            _copy(source, target)

    def read(self, name: str) -> bytes:
        return self._zip.read(name)

    def opened(self, name: str) -> IO[bytes]:
        return self._zip.open(name)


@contextmanager
def written(file: Path) -> Iterator[Writer]:
    """The file is there as a whole or not at all, and only its owner may read it. Raises OSError."""
    part = file.with_name(f"{file.name}.part")
    try:
        with _private(part) as raw, zipfile.ZipFile(raw, "w", allowZip64=True) as packed:
            yield Writer(packed)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def opened(file: Path) -> Iterator[Reader]:
    """Raises Unfit, OSError."""
    try:
        with zipfile.ZipFile(file) as packed:
            yield Reader(packed)
    except zipfile.BadZipFile as error:
        raise Unfit("This is not a backup of Hawker's, or it is damaged.") from error


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, datetime.now().timetuple()[:6])  # noqa: DTZ005 - a zip knows local time only
    # Pictures are packed already.
    entry.compress_type = zipfile.ZIP_STORED if name.startswith(PICTURES) else zipfile.ZIP_DEFLATED
    return entry


def _copy(source: IO[bytes], target: IO[bytes] | None) -> File:
    size, sum_ = 0, hashlib.sha256()
    for chunk in _chunks(source):
        size += len(chunk)
        sum_.update(chunk)
        if target is not None:
            target.write(chunk)
    return File(size=size, sha256=sum_.hexdigest())


def _chunks(source: IO[bytes]) -> Iterable[bytes]:
    return iter(lambda: source.read(CHUNK), b"")


def _private(file: Path) -> IO[bytes]:
    file.unlink(missing_ok=True)
    return os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
