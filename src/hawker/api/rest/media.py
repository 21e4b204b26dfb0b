"""/media."""

from ninja import File, Router
from ninja.files import UploadedFile
from ninja.responses import Status

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas.media import MediaOut, media_of
from hawker.core.media import actions

router = Router(tags=["media"])


@router.post("/media", response={201: MediaOut, **ANSWERS})
def add_media(request: Asked, file: File[UploadedFile]) -> Status[MediaOut]:
    """Takes a picture or a video in: a multipart form with the field `file`."""
    return Status(201, media_of(actions.add_file(request.auth, file.name or "", file)))
