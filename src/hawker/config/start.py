"""What every program of Hawker does first: settings, the database's tables, the place for pictures."""

import os
import sys
from importlib.util import find_spec

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages


def prepare() -> str:
    """Gives a sentence where Hawker cannot start, else nothing."""
    return make_tables() or _keys() or _storage()


def make_tables() -> str:
    """The settings and the database, without a look at the keys: a backup brings its own."""
    trouble = set_up()
    if trouble:
        return trouble
    from hawker.config import migrations  # noqa: PLC0415 - models need the settings made above

    return migrations.bring_up_to_date()


def set_up() -> str:
    """The settings alone: the database is neither asked nor changed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hawker.config.settings")
    trouble = _engine()
    if not trouble:
        django.setup()
    return trouble


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _engine() -> str:
    if settings.ENGINE == "local":
        return ""
    if settings.ENGINE != "cluster":
        return f"HAWKER_ENGINE is {settings.ENGINE}: set it to local or to cluster."
    if not settings.POSTGRESQL:
        return "HAWKER_ENGINE=cluster needs PostgreSQL: set DATABASE_URL to postgresql://user:password@host/name."
    if not find_spec("procrastinate"):
        return "HAWKER_ENGINE=cluster needs one part more: install hawker[cluster], then start Hawker again."
    return ""


def _keys() -> str:
    """With other keys than the other machines this one would take every channel for signed out."""
    from hawker.core.people.belonging import belongs  # noqa: PLC0415 - models need the settings made above

    if not settings.POSTGRESQL or belongs(anew=settings.NEW_KEYS):
        return ""
    file = settings.DATA / "keys" / "keys.json"
    return (
        f"The keys in {file} do not open what this database holds. Copy the file from the machine that was "
        "set up first; where it is lost, start once with HAWKER_NEW_KEYS=1 and sign in to all channels again."
    )


def _storage() -> str:
    try:
        storages["default"]
    except ImproperlyConfigured:
        return "HAWKER_S3_BUCKET needs one part more: install hawker[s3], then start Hawker again."
    return ""
