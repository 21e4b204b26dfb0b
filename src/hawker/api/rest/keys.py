"""Who asks: an API key, or this machine's own key for the command line beside the server."""

import ipaddress
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from hawker.connect.text import say
from hawker.core.people import actions, queries
from hawker.core.people.models import ApiKey, Workspace
from hawker.core.people.rules import Actor, Role
from hawker.core.problems import Conflict, Refusal, invalid

WRONG_KEYS = 20
WRONG_KEYS_FOR = 60
USED_AT_EVERY = timedelta(minutes=1)
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP")


class Asked(HttpRequest):
    """A request whose key is known."""

    auth: Actor


class Unauthorised(Refusal):
    """The key is unknown or revoked."""


class TooMany(Refusal):
    """Too many wrong keys came from this address."""


class Keys(HttpBearer):
    """`Authorization: Bearer hawker_…`, or `machine_…` from this machine itself."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """Raises Unauthorised, TooMany, and Conflict or Invalid for the machine's key."""
        address = str(request.META.get("REMOTE_ADDR", ""))
        if _is_machine(request, address, token):
            return _owner(request.headers.get("Hawker-Workspace", ""))
        if cache.get(_place(address), 0) >= WRONG_KEYS:
            raise TooMany(say("Too many wrong keys came from here. Wait a minute."))
        found = queries.key_actor(token)
        if found is None:
            _count(address)
            raise Unauthorised(say("This key is unknown or was revoked. Make another one in the settings."))
        actor, key = found
        _note_use(key, timezone.now())
        return actor


def _is_machine(request: HttpRequest, address: str, token: str) -> bool:
    """A proxy on this machine is a loopback peer too, so what was forwarded does not count."""
    same = secrets.compare_digest(token.encode(), f"machine_{settings.MACHINE_KEY}".encode())
    return same and _is_loopback(address) and not any(name in request.headers for name in FORWARDED)


def _is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def _owner(named: str) -> Actor:
    workspace = _named(named) if named else queries.first_workspace()
    if workspace is None:
        raise Conflict(
            say("Nobody has set up a business here yet. Open the link that Hawker showed when it started.")
        )
    return Actor(workspace=workspace.id, role=Role.owner, label="hawker")


def _named(text: str) -> Workspace:
    with suppress(ValueError, Workspace.DoesNotExist):
        return queries.workspace(UUID(text))
    raise invalid(
        "Hawker-Workspace",
        say("No business here has this id. Leave it out, and GET /me tells the id of the first one."),
    )


def _note_use(key: ApiKey, now: datetime) -> None:
    if key.used_at is None or now - key.used_at >= USED_AT_EVERY:
        actions.mark_key_used(key.id, now)


def _place(address: str) -> str:
    return f"wrong-keys:{address}"


def _count(address: str) -> None:
    """Counts in this process alone: each of several servers gives an address its own tries."""
    if not cache.add(_place(address), 1, WRONG_KEYS_FOR):
        # The entry may run out between the two calls; then there is nothing to count on.
        with suppress(ValueError):
            cache.incr(_place(address))
