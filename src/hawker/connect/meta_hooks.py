"""Webhooks as all of Meta's products send them (Graph API, "Webhooks: getting started", read 2026-11-22)."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence

from hawker.connect.hooks import Event

# The names, in the keys of an app, of its secret and of the word with which Meta asks for the address.
SECRET, WORD = "client_secret", "verify_token"


class MetaHears:
    """Extended by networks with a `read` of their own; as it is, all is kept and nothing understood."""

    def challenge(self, query: Mapping[str, str], app: Mapping[str, str]) -> str | None:
        word = app.get(WORD, "")
        asked = query.get("hub.mode") == "subscribe" and bool(word)
        if asked and hmac.compare_digest(query.get("hub.verify_token", "").encode(), word.encode()):
            return query.get("hub.challenge", "")
        return None

    def is_genuine(self, headers: Mapping[str, str], body: bytes, app: Mapping[str, str]) -> bool:
        given, secret = headers.get("x-hub-signature-256", ""), app.get(SECRET, "")
        return bool(secret) and hmac.compare_digest(given.encode(), signature(body, secret).encode())

    def read(self, body: bytes) -> Sequence[Event]:  # noqa: ARG002
        return ()


def signature(body: bytes, secret: str) -> str:
    """Of the bytes as they came: Meta writes letters beyond ASCII as \\uXXXX."""
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"
