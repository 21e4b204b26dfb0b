"""Whether the keys of this machine are those of the installation whose database it uses."""

from uuid import UUID

from cryptography.fernet import InvalidToken

from hawker.core.people.models import Installation
from hawker.core.seal import seal, unseal

ONLY = UUID(int=0)


def belongs(*, anew: bool = False) -> bool:
    """Who asks first, or `anew`, makes its own keys those of the installation."""
    own = {"proof": seal({"proof": "this installation"})}
    if anew:
        Installation.objects.update_or_create(id=ONLY, defaults=own)
    row, _ = Installation.objects.get_or_create(id=ONLY, defaults=own)
    try:
        unseal(row.proof)
    except InvalidToken:
        return False
    return True
