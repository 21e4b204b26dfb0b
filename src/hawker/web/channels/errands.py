"""Sign-ins under way at networks, kept in the owner's own session until she comes back."""

from collections.abc import Mapping

from cryptography.fernet import InvalidToken

from hawker.connect.abilities import Errand
from hawker.core.seal import seal, unseal
from hawker.web.session import HawkerRequest

KEY = "errands"


def keep(request: HawkerRequest, platform: str, way: str, errand: Errand) -> None:
    """One a network: a second start takes the place of the first."""
    kept = {"workspace": str(request.actor.workspace), "way": way, "memory": seal(errand.memory)}
    request.session[KEY] = {**request.session.get(KEY, {}), platform: kept}


def take(request: HawkerRequest, platform: str) -> tuple[str, Mapping[str, str]] | None:
    """The way that was begun and its memory, once; None where nothing was begun here for this business, or
    under a key that this installation no longer has."""
    kept = request.session.get(KEY, {})
    found = kept.pop(platform, None)
    request.session[KEY] = kept
    if found is None or found["workspace"] != str(request.actor.workspace):
        return None
    try:
        return found["way"], unseal(found["memory"])
    except InvalidToken:
        return None
