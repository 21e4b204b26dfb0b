"""Addresses at which networks fetch a medium themselves: signed, and dead after a day."""

import json
from ipaddress import ip_address
from pathlib import PurePath
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.signing import BadSignature, TimestampSigner

from hawker.connect.errors import Later, Refused
from hawker.connect.text import say
from hawker.core.media.models import MediaFile, Rendition
from hawker.core.problems import NotFound

LASTS_SECONDS = 24 * 3600
NOT_REACHABLE = say(
    "This network fetches pictures and videos from Hawker itself, but Hawker has no address on the internet. "
    "Whoever runs Hawker sets HAWKER_PUBLIC_URL to its address there, or HAWKER_S3_BUCKET to an object store "
    "on the internet."
)
NOT_YET = say("Hawker's pages do not run, from which this network fetches pictures. Hawker tries again.")
_ROWS: dict[str, type[MediaFile] | type[Rendition]] = {"m": MediaFile, "r": Rendition}
_INSIDE = ("localhost", "local", "internal", "lan", "home", "arpa", "test", "invalid")
_signer = TimestampSigner(salt="hawker.media.address", sep=".")


def of(row: MediaFile | Rendition) -> str:
    """Raises Refused where no network can reach Hawker, Later where it only cannot just now."""
    if is_public(settings.PUBLIC_URL):
        return settings.PUBLIC_URL + path_of(row)
    if settings.ALLOW_PRIVATE_HOSTS:
        return _here() + path_of(row)
    stored = _in_the_store(row.file)
    if not stored:
        raise Refused(NOT_REACHABLE, field="media")
    return stored


def path_of(row: MediaFile | Rendition) -> str:
    """With the ending of the file: some networks look at that first."""
    kind = "m" if isinstance(row, MediaFile) else "r"
    return f"/m/{_signer.sign(kind + row.id.hex)}/file{PurePath(row.file).suffix}"


def find(token: str) -> MediaFile | Rendition:
    """What an address shows. Raises NotFound where it is dead, forged or gone."""
    try:
        name = _signer.unsign(token, max_age=LASTS_SECONDS)
        found = _ROWS[name[:1]].objects.filter(id=UUID(name[1:])).exclude(file="").first()
    except (BadSignature, KeyError, ValueError) as error:
        raise NotFound from error
    if found is None:
        raise NotFound
    return found


def is_reachable() -> bool:
    """Whether networks can fetch media from this Hawker."""
    return bool(is_public(settings.PUBLIC_URL) or settings.ALLOW_PRIVATE_HOSTS or _in_the_store("probe"))


def is_public(url: str) -> bool:
    """Whether an address leads somewhere on the internet, as far as its name tells."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host:
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.rstrip(".") and host.rstrip(".").rpartition(".")[2] not in _INSIDE


def _here() -> str:
    """Where this machine's Hawker serves its pages, as the settings or the running one say."""
    if settings.LOCAL_URL or settings.PUBLIC_URL:
        return str(settings.LOCAL_URL or settings.PUBLIC_URL)
    try:
        return str(json.loads((settings.DATA / "run" / "up.json").read_text())["url"])
    except (OSError, ValueError, KeyError) as error:
        raise Later(NOT_YET) from error


def _in_the_store(path: str) -> str:
    """Empty where the files lie on a disk, or in a store that is not on the internet either."""
    presign = getattr(default_storage, "presigned", None)
    address = str(presign(path, LASTS_SECONDS)) if presign else ""
    return address if is_public(address) else ""
