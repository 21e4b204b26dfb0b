"""Files that came with the composer's form, put where they were chosen."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from hawker.core.people.rules import Actor
from hawker.core.posts.values import Picture
from hawker.web.media.uploads import Uploads, take
from hawker.web.posts.typed import Typed


def take_in(
    actor: Actor, typed: Typed, files: "MultiValueDict[str, UploadedFile[bytes]]"
) -> tuple[Typed, Uploads]:
    """What was typed, with the pictures that are kept, and what became of every file. Raises NotAllowed."""
    came = {"": take(actor, files.getlist("files"))}
    came |= {str(box.id): take(actor, files.getlist(f"files-{box.id}")) for box in typed.boxes}
    boxes = (replace(box, pictures=box.pictures + _pictures(came[str(box.id)])) for box in typed.boxes)
    kept = replace(typed, pictures=typed.pictures + _pictures(came[""]), boxes=tuple(boxes))
    return kept, _all(list(came.values()))


def _pictures(uploads: Uploads) -> tuple[Picture, ...]:
    return tuple(Picture(media=row.id) for row in uploads.taken)


def _all(uploads: Sequence[Uploads]) -> Uploads:
    return Uploads(
        taken=tuple(row for each in uploads for row in each.taken),
        turned_away=tuple(row for each in uploads for row in each.turned_away),
    )
