"""The files of pictures and videos on their way into a backup and out of it, whatever storage they lie in."""

from django.core.files import File
from django.core.files.storage import default_storage

from hawker.config.backups.archive import PICTURES, Reader, Writer
from hawker.core.media.models import MediaFile


def names(database: str) -> list[str]:
    rows = MediaFile.objects.using(database).order_by("id").values_list("file", "thumbnail")
    return [name for row in rows for name in row if name]


def pack(writer: Writer, database: str) -> list[str]:
    """Gives the names of those that are lost. Raises OSError where the storage is away."""
    lost = []
    for name in names(database):
        try:
            with default_storage.open(name, "rb") as source:
                writer.add_from(PICTURES + name, source)
        except FileNotFoundError:
            lost.append(name)
    return lost


def unpack(reader: Reader) -> None:
    """Puts each in its place, over whatever is there. Raises OSError."""
    for name in reader.manifest.pictures:
        default_storage.delete(name)
        with reader.opened(PICTURES + name) as source:
            default_storage.save(name, File(source, name))


def drop(unwanted: set[str]) -> None:
    for name in unwanted:
        default_storage.delete(name)
