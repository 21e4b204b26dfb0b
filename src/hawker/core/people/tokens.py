"""One-time links and API keys: made at random, kept as a hash only."""

import hashlib
import secrets


def make() -> str:
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """SHA-256 is enough here: the token itself is 256 random bits, not a word that can be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
