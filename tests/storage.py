"""Other storages for pictures, until the end of a test."""

from collections.abc import Mapping
from pathlib import Path

from pytest_django import Settings


def place(settings: Settings, storage: Mapping[str, object]) -> None:
    settings.STORAGES = {**settings.STORAGES, "default": storage}


def away(settings: Settings, folder: Path) -> None:
    """Pictures are to lie below something that is no folder."""
    blocked = folder / "media"
    blocked.touch()
    backend = "django.core.files.storage.FileSystemStorage"
    place(settings, {"BACKEND": backend, "OPTIONS": {"location": blocked}})
