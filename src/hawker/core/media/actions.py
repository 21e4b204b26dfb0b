"""Taking pictures and videos in."""

import shutil
from pathlib import Path
from uuid import UUID

from django.core.files import File
from django.db import transaction

from hawker.core.media import files, pictures, rules, videos
from hawker.core.media.models import MediaFile
from hawker.core.media.pictures import Picture
from hawker.core.media.videos import Video
from hawker.core.people.actions import note, require
from hawker.core.people.rules import Actor, Right
from hawker.core.problems import invalid
from hawker.core.rows import row_id

HEAD_BYTES = 64


def add(actor: Actor, name: str, data: bytes) -> MediaFile:
    """Keeps a picture. Raises Invalid where it is none that Hawker takes,
    Unavailable where it cannot be stored now."""
    require(actor, Right.write_posts)
    return _keep_picture(actor, name, pictures.read(data))


def add_file(actor: Actor, name: str, file: "File[bytes]") -> MediaFile:
    """Keeps a picture or a video; what it is, its content says. A large file is not read into the memory.
    Raises as `add` does."""
    require(actor, Right.write_posts)
    demuxer = rules.demuxer_of(file.read(HEAD_BYTES))
    file.seek(0)
    if not demuxer:
        # One byte more than is taken: enough to be refused.
        return _keep_picture(actor, name, pictures.read(file.read(rules.FILE_BYTES + 1)))
    if file.size > rules.VIDEO_BYTES:
        raise invalid("media", rules.TOO_LARGE)
    with files.scratch() as folder:
        return _keep_video(actor, name, videos.read(_on_disk(file, folder), demuxer, folder))


def _on_disk(file: "File[bytes]", folder: Path) -> Path:
    """Django keeps a large upload on the disk already."""
    place: str | None = getattr(file, "temporary_file_path", lambda: None)()
    if place:
        return Path(place)
    copy = folder / "upload"
    with copy.open("wb") as target:
        shutil.copyfileobj(file, target, 2**20)
    return copy


def _keep_picture(actor: Actor, name: str, picture: Picture) -> MediaFile:
    media_id = row_id()
    row = MediaFile(
        id=media_id,
        content_type=picture.content_type,
        size=len(picture.data),
        width=picture.width,
        height=picture.height,
        file=files.keep(f"{_place(actor, media_id)}.{picture.suffix}", picture.data),
    )
    return _enter(actor, name, row, picture.thumbnail)


def _keep_video(actor: Actor, name: str, video: Video) -> MediaFile:
    media_id = row_id()
    row = MediaFile(
        id=media_id,
        content_type=video.content_type,
        size=video.path.stat().st_size,
        width=video.probe.width,
        height=video.probe.height,
        seconds=video.probe.seconds,
        rate=video.probe.rate,
        codecs=list(video.probe.codecs),
        file=files.keep_file(f"{_place(actor, media_id)}.{video.suffix}", video.path),
    )
    return _enter(actor, name, row, video.thumbnail)


def _place(actor: Actor, media_id: UUID) -> str:
    return f"{actor.workspace}/{media_id.hex[:6]}/{media_id}"


def _enter(actor: Actor, name: str, row: MediaFile, thumbnail: bytes) -> MediaFile:
    row.thumbnail = files.keep(f"{_place(actor, row.id)}.small.webp", thumbnail)
    row.workspace_id, row.added_by_id, row.name = actor.workspace, actor.user, name[-200:]
    with transaction.atomic():
        row.save(force_insert=True)
        note(actor, "added", "media", row.id, name=row.name)
    return row
