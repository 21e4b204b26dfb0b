"""What relays say of an event or of a question: a prefix for machines, and words for people (NIP-01)."""

from functools import partial
from urllib.parse import urlsplit

from hawker.connect.errors import Later, NetworkError, Refused, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.text import say

# Relays word it as they like; these are from NIP-01's own examples and from strfry, 2026-07.
_PERSON = (
    "pubkey",
    "banned",
    "register",
    "whitelist",
    "allowlist",
    "not allowed",
    "member",
    "pay",
    "admission",
)
_LONG = ("too large", "too long", "longer", "size", "length", "content", "bytes")
_CLOCK = ("created_at", "timestamp", "future", "too old", "too late", "too early")
AUTH = "auth-required"


def host_of(address: str) -> str:
    return urlsplit(address).netloc or address


def quoted(text: str) -> str:
    """What anybody may have written, as a sentence can hold it, a page show it and a database keep it."""
    return "".join(filter(str.isprintable, text))[:300]


def explain(relay: str, message: str) -> NetworkError:
    """`relay`: its address; `message`: of an OK that says false, or of a CLOSED."""
    prefix, _, words = quoted(message).partition(":")
    host, code, told = host_of(relay), prefix.strip().lower()[:40], words.strip() or prefix
    if code in {"rate-limited", "error"}:
        return _passing(host, code, told)
    if code in {AUTH, "restricted"} or (code == "blocked" and _speaks_of(told, _PERSON)):
        return _shut_out(host, code, told)
    if code == "pow":
        return _laborious(host, code, told)
    if code == "invalid" and _speaks_of(told, _CLOCK):
        return _ill_timed(host, code, told)
    field = "text" if code == "invalid" and _speaks_of(told, _LONG) else ""
    sentence = say(
        "The relay %(relay)s refused this and said: “%(reason)s”. Change the post and try again.",
        relay=host,
        reason=told,
    )
    return Refused(sentence, code=code, field=field)


def explain_door(relay: str, answer: Answer) -> NetworkError | None:
    """Of a server that opens no socket. None where the rules of all networks hold."""
    if answer.status == 429 or answer.status >= 500:
        return None
    return no_relay(relay, str(answer.status))


def no_relay(relay: str, code: str = "") -> Refused:
    sentence = say("No Nostr relay answers at %(relay)s. Check the address.", relay=host_of(relay))
    return Refused(sentence, code=code, field="server")


def _speaks_of(told: str, words: tuple[str, ...]) -> bool:
    return any(word in told.lower() for word in words)


def _passing(host: str, code: str, told: str) -> Later:
    """Neither says how long to wait."""
    if code == "error":
        sentence = say(
            "The relay %(relay)s has a fault just now (“%(reason)s”). Hawker tries again by itself.",
            relay=host,
            reason=told,
        )
        return Later(sentence, code=code)
    sentence = say(
        "The relay %(relay)s asks to wait: too many posts in a short time. Hawker tries again by itself.",
        relay=host,
    )
    return Later(sentence, code=code)


def _shut_out(host: str, code: str, told: str) -> SignInAgain:
    sentence = say(
        "The relay %(relay)s takes nothing from this key (“%(reason)s”). Settle that with the relay, or "
        "connect the account again with other relays.",
        relay=host,
        reason=told,
    )
    return SignInAgain(sentence, code=code)


def _laborious(host: str, code: str, told: str) -> Refused:
    sentence = say(
        "The relay %(relay)s wants more proof of work than Hawker does (“%(reason)s”). Connect the account "
        "again without this relay.",
        relay=host,
        reason=told,
    )
    return Refused(sentence, code=code)


def _ill_timed(host: str, code: str, told: str) -> Refused:
    sentence = say(
        "The relay %(relay)s does not take the time on this post (“%(reason)s”). Check the clock of the "
        "machine that Hawker runs on, then publish the post anew.",
        relay=host,
        reason=told,
    )
    return Refused(sentence, code=code)


def at_door(relay: str) -> partial[NetworkError | None]:
    return partial(explain_door, relay)
