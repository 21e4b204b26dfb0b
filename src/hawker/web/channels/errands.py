"""Sign-ins under way, kept in the owner's own session: until she comes back from the network, and until she
has chosen among the accounts that a sign-in opened."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from cryptography.fernet import InvalidToken
from django.utils import timezone

from hawker.connect.abilities import Errand
from hawker.connect.values import Account
from hawker.core.channels import reaching
from hawker.core.seal import seal, unseal
from hawker.web.session import HawkerRequest

KEY = "errands"
REACHED = "reached"
REACHED_LASTS = timedelta(minutes=30)


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


def keep_reached(request: HawkerRequest, platform: str, way: str, accounts: Sequence[Account]) -> None:
    """For half an hour, and for this business."""
    kept = {
        "workspace": str(request.actor.workspace),
        "way": way,
        "until": (timezone.now() + REACHED_LASTS).timestamp(),
        "accounts": seal({"accounts": reaching.packed(accounts)}),
    }
    request.session[REACHED] = {**request.session.get(REACHED, {}), platform: kept}


def reached(request: HawkerRequest, platform: str) -> tuple[str, list[Account]] | None:
    """The way by which she signed in and what that opened; None where that is over, as in `take`."""
    found = request.session.get(REACHED, {}).get(platform)
    if found is None or found["workspace"] != str(request.actor.workspace):
        return None
    if timezone.now().timestamp() > found["until"]:
        forget_reached(request, platform)
        return None
    try:
        return found["way"], reaching.unpacked(unseal(found["accounts"])["accounts"])
    except InvalidToken:
        return None


def forget_reached(request: HawkerRequest, platform: str) -> None:
    kept = request.session.get(REACHED, {})
    kept.pop(platform, None)
    request.session[REACHED] = kept
