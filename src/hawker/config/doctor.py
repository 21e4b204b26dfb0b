"""`hawker doctor`: checks the set-up and says what to mend."""

import argparse
import json
import os
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection, send_mail
from django.db import DatabaseError, connection
from django.utils import timezone

from hawker.config import data, migrations
from hawker.config.start import fail, set_up
from hawker.connect.registry import platforms

CONSOLE = "django.core.mail.backends.console.EmailBackend"
NO_VERSIONS = "Write name=version for networks that have versions, with commas between them."
ROOM_NEEDED = 500 * 2**20


@dataclass(frozen=True)
class Finding:
    """`mend` is empty where all is well."""

    about: str
    found: str
    mend: str = ""


def main(words: Sequence[str] = ()) -> int:
    """`--mail ADDRESS` sends a letter there, too."""
    asked = argparse.ArgumentParser(prog="hawker doctor", description="Looks whether all is sound.")
    asked.add_argument("--mail", metavar="ADDRESS", help="send a test letter there")
    to = asked.parse_args(words).mail
    trouble = set_up()
    if trouble:
        return fail(trouble)
    findings = [*(check() for check in CHECKS), *([_letter(to)] if to else [])]
    for each in findings:
        print(f"{'mend' if each.mend else 'ok  '}  {each.about}: {each.found}")
        if each.mend:
            print(f"      → {each.mend}")
    return 1 if any(each.mend for each in findings) else 0


def _folder() -> Finding:
    home = data.folder()
    free = shutil.disk_usage(home).free
    if not os.access(home, os.W_OK):
        return Finding("Data folder", str(home), "Make it writable for the user that runs Hawker.")
    if free < ROOM_NEEDED:
        return Finding("Data folder", f"{home}, {free // 2**20} MB free", "Make room: 500 MB or more.")
    return Finding("Data folder", f"{home}, {free // 2**30} GB free")


def _keys() -> Finding:
    file = data.folder() / "keys" / "keys.json"
    if file.stat().st_mode & 0o077:
        return Finding("Keys", "others on this machine can read them", f"Run: chmod 600 {file}")
    return Finding("Keys", f"{len(settings.SEAL_KEYS)} to open sealed secrets; keep a copy in a safe place")


def _database() -> Finding:
    try:
        lacking = migrations.pending()
    except DatabaseError as error:
        return Finding("Database", str(error).strip(), "Check DATABASE_URL, and that the server runs.")
    if lacking:
        return Finding("Database", f"{lacking} migrations lacking", "Start `hawker up` once: it migrates.")
    return Finding("Database", f"{connection.vendor}, up to date")


def _media() -> Finding:
    try:
        name = default_storage.save("doctor/probe.txt", ContentFile(b"probe"))
        default_storage.delete(name)
    except OSError as error:
        return Finding("Pictures", str(error), "Check the media folder, or the HAWKER_S3_* settings.")
    except ImproperlyConfigured as error:
        return Finding("Pictures", str(error), "HAWKER_S3_BUCKET needs one part more: install hawker[s3].")
    return Finding("Pictures", "can be stored")


def _front() -> Finding:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return Finding("Pages", "style and script are not built", "Run: make build")
    return Finding("Pages", "style and script are built")


def _networks() -> Finding:
    names = ", ".join(each.title for each in platforms().values())
    return Finding("Networks", names or "none", "" if names else "Install Hawker again: no network is there.")


def editions() -> Finding:
    from hawker.core.channels import queries, rules  # noqa: PLC0415 - models need settings first

    known = {name: each for name, each in platforms().items() if each.app and each.app.versions}
    strange = set(settings.API_VERSIONS) - set(known)
    if strange:
        return Finding("API versions", f"HAWKER_API_VERSIONS names {', '.join(sorted(strange))}", NO_VERSIONS)
    today = timezone.now().date()
    ending = queries.endings(today)
    if ending:
        told = (str(rules.told_ending(known[name].title, each, today)) for name, each in ending.items())
        return Finding("API versions", " ".join(told), str(rules.MEND_ENDING))
    spoken = (f"{each.title} {queries.version_of(each)}" for each in known.values())
    return Finding("API versions", ", ".join(spoken) or "no network here has any")


def _address() -> Finding:
    if settings.PUBLIC_URL.startswith("https://"):
        return Finding("Address", settings.PUBLIC_URL)
    if settings.PUBLIC_URL:
        return Finding("Address", settings.PUBLIC_URL, "Passwords travel in the clear: use https.")
    return Finding("Address", "this machine only; set HAWKER_PUBLIC_URL when a proxy stands in front")


def _fetching() -> Finding:
    from hawker.core.media import addresses  # noqa: PLC0415 - models need settings first

    about, names = "Fetching", ", ".join(each.title for each in platforms().values() if each.fetches)
    if not names:
        return Finding(about, "no network fetches pictures and videos itself")
    if addresses.is_reachable():
        return Finding(about, f"{names} can fetch pictures and videos from here")
    return Finding(
        about,
        f"{names} cannot fetch pictures and videos from here; set HAWKER_PUBLIC_URL to an address on the "
        "internet, or HAWKER_S3_BUCKET to a store there",
    )


def _mail() -> Finding:
    if settings.EMAIL_BACKEND == CONSOLE:
        return Finding("Mail", "printed on the console; set HAWKER_SMTP_HOST to have it sent")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection():
            pass
    except OSError as error:
        return Finding("Mail", f"{server}: {error}", "Check the HAWKER_SMTP_* settings.")
    lacking = "" if settings.PUBLIC_URL else "; without HAWKER_PUBLIC_URL letters carry no links"
    return Finding("Mail", f"{server} answers; sent from {settings.DEFAULT_FROM_EMAIL}{lacking}")


def _letter(to: str) -> Finding:
    try:
        send_mail("A letter from Hawker", "Hawker can send mail to this address.", None, [to])
    except OSError as error:
        return Finding("Test letter", f"{to}: {error}", "Check the HAWKER_SMTP_* settings and the address.")
    return Finding("Test letter", f"handed over for {to}")


def _running() -> Finding:
    note = data.folder() / "run" / "up.json"
    if not note.exists():
        return Finding("Running", "no; start it with `hawker up`")
    url = json.loads(note.read_text())["url"]
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:  # noqa: S310 - our own note
            return Finding("Running", f"{url}, {answer.read().decode()}")
    except (urllib.error.URLError, OSError) as error:
        said = error.read().decode() if isinstance(error, urllib.error.HTTPError) else str(error)
        return Finding("Running", f"{url}: {said}", "Read the log of `hawker up`, or start it again.")


def _workers() -> Finding:
    from hawker.core.publishing import queries as publishing  # noqa: PLC0415 - models need settings first

    now = timezone.now()
    try:
        pulse, found = publishing.pulse(now), publishing.workers()
    except DatabaseError as error:
        return Finding("Workers", str(error).strip(), "Mend the database first.")
    beats = [f"{row.worker} {(now - row.beat_at).seconds} s ago" for row in found]
    said = f"{', '.join(beats) or 'none'}; posts overdue: {pulse.overdue}"
    lacking = pulse.overdue and not pulse.alive
    return Finding("Workers", said, "Start `hawker up`, or one more `hawker worker`." if lacking else "")


CHECKS: tuple[Callable[[], Finding], ...] = (
    _folder,
    _keys,
    _database,
    _media,
    _front,
    _networks,
    editions,
    _address,
    _fetching,
    _mail,
    _running,
    _workers,
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
