"""Secrets at rest: sealed with the first key of `settings.SEAL_KEYS`, opened with any of them."""

import json
from collections.abc import Mapping
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(secrets: Mapping[str, str]) -> str:
    return _box(tuple(settings.SEAL_KEYS)).encrypt(json.dumps(dict(secrets)).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    """Raises cryptography.fernet.InvalidToken where no key fits."""
    opened: dict[str, str] = json.loads(_box(tuple(settings.SEAL_KEYS)).decrypt(sealed.encode()))
    return opened
