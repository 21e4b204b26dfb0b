"""Pictures and videos that were taken in."""

from uuid import UUID

from ninja import Schema

from hawker.core.media.models import MediaFile


class MediaOut(Schema):
    id: UUID
    name: str
    content_type: str
    size: int
    width: int
    height: int
    seconds: float


def media_of(row: MediaFile) -> MediaOut:
    return MediaOut(
        id=row.id,
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        width=row.width,
        height=row.height,
        seconds=row.seconds,
    )
