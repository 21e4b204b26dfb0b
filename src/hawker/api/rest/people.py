"""GET /me, and the business itself."""

from ninja import Router

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas.people import BusinessIn, MeOut, WorkspaceOut, business_of, me_of, workspace_of
from hawker.core.people import actions, queries

router = Router(tags=["people"])


@router.get("/me", response={200: MeOut, **ANSWERS})
def me(request: Asked) -> MeOut:
    """Who this key is, and what it may do."""
    return me_of(request.auth, queries.workspace(request.auth.workspace))


@router.get("/business", response={200: WorkspaceOut, **ANSWERS})
def show_business(request: Asked) -> WorkspaceOut:
    return workspace_of(queries.workspace(request.auth.workspace))


@router.patch("/business", response={200: WorkspaceOut, **ANSWERS})
def change_business(request: Asked, wish: BusinessIn) -> WorkspaceOut:
    """Changes what is named."""
    before = queries.workspace(request.auth.workspace)
    return workspace_of(actions.change_business(request.auth, business_of(wish, before)))
