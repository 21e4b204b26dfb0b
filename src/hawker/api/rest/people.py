"""GET /me."""

from ninja import Router

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas.people import MeOut, me_of
from hawker.core.people import queries

router = Router(tags=["people"])


@router.get("/me", response={200: MeOut, **ANSWERS})
def me(request: Asked) -> MeOut:
    """Who this key is, and what it may do."""
    return me_of(request.auth, queries.workspace(request.auth.workspace))
