"""/media."""

from ninja import File, Router
from ninja.files import UploadedFile
from ninja.responses import Status

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas.media import MediaOut, media_of
from hawker.core.media import actions, rules

router = Router(tags=["media"])


@router.post("/media", response={201: MediaOut, **ANSWERS})
def add_media(request: Asked, file: File[UploadedFile]) -> Status[MediaOut]:
    """Takes a picture in: a multipart form with the field `file`."""
    # One byte more than is taken: enough to be refused, and no more of it in the memory.
    data = file.read(rules.FILE_BYTES + 1)
    return Status(201, media_of(actions.add(request.auth, file.name or "", data)))
