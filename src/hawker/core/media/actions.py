"""Taking pictures in."""

from django.db import transaction

from hawker.core.media import files, pictures
from hawker.core.media.models import MediaFile
from hawker.core.people.actions import note, require
from hawker.core.people.rules import Actor, Right
from hawker.core.rows import row_id


def add(actor: Actor, name: str, data: bytes) -> MediaFile:
    """Keeps a picture. Raises Invalid where it is none that Hawker takes,
    Unavailable where it cannot be stored now."""
    require(actor, Right.write_posts)
    picture = pictures.read(data)
    media_id = row_id()
    folder = f"{actor.workspace}/{media_id.hex[:6]}/{media_id}"
    file = files.keep(f"{folder}.{picture.suffix}", picture.data)
    thumbnail = files.keep(f"{folder}.small.webp", picture.thumbnail)
    with transaction.atomic():
        media = MediaFile.objects.create(
            id=media_id,
            workspace_id=actor.workspace,
            name=name[-200:],
            content_type=picture.content_type,
            size=len(picture.data),
            width=picture.width,
            height=picture.height,
            file=file,
            thumbnail=thumbnail,
            added_by_id=actor.user,
        )
        note(actor, "added", "media", media.id, name=media.name)
    return media
