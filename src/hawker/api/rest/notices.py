"""/notices."""

from uuid import UUID

from ninja import P, QueryEx, Router
from ninja.responses import Status

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas.notices import NoticesOut, notice_of
from hawker.core.notices import actions, queries

router = Router(tags=["notices"])
A_PAGE = 100


@router.get("/notices", response={200: NoticesOut, **ANSWERS})
def list_notices(
    request: Asked,
    unread: bool = False,
    before: UUID | None = None,
    limit: QueryEx[int, P(ge=1, le=A_PAGE)] = 20,
) -> NoticesOut:
    """What people of the business are told in the app, the latest first; with `unread` what still needs
    somebody and somebody has not read."""
    found = queries.notices(request.auth, before=before, unread=unread, rows=limit + 1)
    shown = found[:limit]
    following = shown[-1].id if len(found) > limit else None
    return NoticesOut(notices=[notice_of(each) for each in shown], next=following)


@router.post("/notices/{notice_id}/read", response={204: None, **ANSWERS})
def read_notice(request: Asked, notice_id: UUID) -> Status[None]:
    """Marks a notice as read. A key acts for the whole business: nobody has to read it any more."""
    actions.read(request.auth, notice_id)
    return Status(204, None)
