"""Taking a network's call in: whether it is genuine, and keeping it before anything is done with it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from hawker.connect.hooks import Hears, Unseals
from hawker.connect.registry import platforms
from hawker.core.channels import queries as channels
from hawker.core.hooks.models import Hook
from hawker.core.problems import NotFound

MOST_BYTES = 2**20


def challenge(platform: str, query: Mapping[str, str]) -> str | None:
    """The answer to a network that asks whether this address is Hawker's; None where it is not the network
    that asks. Raises NotFound for a network that tells nothing."""
    hears, keys = _hearing(platform)
    return None if keys is None else hears.challenge(query, keys)


def take(
    platform: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes, now: datetime
) -> bool:
    """Keeps what a network tells, once however often it comes. Gives whether the network told it.

    `query`: of the address; `headers` by their lower-case names. Raises NotFound for a network that tells
    nothing.
    """
    hears, keys = _hearing(platform)
    told = None if keys is None else _told(hears, query, headers, body, keys)
    if told is None:
        return False
    digest = hashlib.sha256(platform.encode() + b"\0" + told).hexdigest()
    hook = Hook(platform=platform, digest=digest, body=told, received_at=now, look_at=now)
    Hook.objects.bulk_create([hook], ignore_conflicts=True)
    return True


def _told(
    hears: Hears, query: Mapping[str, str], headers: Mapping[str, str], body: bytes, keys: Mapping[str, str]
) -> bytes | None:
    """What the network says; None where somebody else says it."""
    if isinstance(hears, Unseals):
        return hears.unseal(query, body, keys)
    return body if hears.is_genuine(headers, body, keys) else None


def _hearing(name: str) -> tuple[Hears, Mapping[str, str] | None]:
    """With the keys of the owner's app there; None where the network needs some and nobody entered them."""
    found = platforms().get(name)
    if found is None or found.hears is None:
        raise NotFound
    keys = channels.app_keys(name)
    return found.hears, None if found.app and not keys else keys
