"""Media made right for networks: each once, whoever asks, and never half a one."""

import hashlib
import json
import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from PIL import Image

from hawker.connect.errors import Later, Refused
from hawker.connect.shapes import Shape
from hawker.connect.text import say
from hawker.connect.values import Media
from hawker.core.media import encoding, ffmpeg, files, painting, queries, rules
from hawker.core.media.ffmpeg import Hear, Source
from hawker.core.media.models import MediaFile, Rendition
from hawker.core.media.rules import Recipe
from hawker.core.problems import NotFound, Unavailable
from hawker.core.rows import row_id

log = logging.getLogger("hawker.media")

# Another number where the makers make something else of the same recipe.
EDITION = 1
HELD = timedelta(minutes=2)
TOLD_EVERY_SECONDS = 1.0
ASKED_EVERY_SECONDS = 1.0
UNUSED_FOR = timedelta(days=30)
# What Pillow raises of a picture that it cannot read after all.
NOT_TO_BE_MADE = (ffmpeg.Failed, painting.TooHeavy, Image.DecompressionBombError, SyntaxError, ValueError)
NOT_MADE = say(
    "Hawker could not make this picture or video right for the network. Save it as JPEG, or as MP4 (H.264), "
    "and add it again."
)
NOT_NOW = say("A picture or video of this post cannot be made right just now. Hawker tries again by itself.")


def fitted(medium: Media, shape: Shape | None, stop: threading.Event) -> Media:
    """The medium as the network takes it: itself, or what was made of it, now or earlier. Takes as long as
    that takes. Raises Refused, Later, and Stopped where `stop` is set."""
    recipe = _recipe(medium, shape)
    return medium if recipe is None else _value(_made(medium, recipe, stop), medium)


def known(medium: Media, shape: Shape | None) -> Media:
    """As `fitted`, but nothing is made: where that never was, the medium as it is."""
    found = _found(medium, shape)
    return _value(found, medium) if found else medium


def stored(medium: Media, shape: Shape | None) -> Rendition | MediaFile:
    """As `known`, as a row that names its file."""
    return _found(medium, shape) or MediaFile.objects.get(id=UUID(medium.id))


def _found(medium: Media, shape: Shape | None) -> Rendition | None:
    try:
        recipe = _recipe(medium, shape)
    except Refused:
        return None
    return _rows(medium, recipe).exclude(file="").first() if recipe else None


def is_to_be_made(medium: Media, shape: Shape | None) -> bool:
    """Whether `fitted` would have work to do."""
    decision = rules.decide(medium, shape)
    recipe = decision.recipe
    return recipe is not None and not _rows(medium, recipe).exclude(file="").exists()


def tidy() -> None:
    """Drops what no network asked for in a long time; it can be made again."""
    for row in Rendition.objects.filter(used_at__lt=timezone.now() - UNUSED_FOR, held_by=None):
        row.delete()
        files.drop(row.file)


def _recipe(medium: Media, shape: Shape | None) -> Recipe | None:
    decision = rules.decide(medium, shape)
    if decision.problem:
        raise Refused(decision.problem, field="media")
    return decision.recipe


def sum_of(recipe: Recipe) -> str:
    asked = json.dumps([EDITION, asdict(recipe)], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def _value(row: Rendition, medium: Media) -> Media:
    return replace(queries.value(row, medium.alt), id=medium.id)


def _rows(medium: Media, recipe: Recipe) -> QuerySet[Rendition]:
    return Rendition.objects.filter(media=UUID(medium.id), recipe=sum_of(recipe))


def _made(medium: Media, recipe: Recipe, stop: threading.Event) -> Rendition:
    """Made by whoever comes first; the others wait for that, and take over where it died."""
    source = MediaFile.objects.get(id=UUID(medium.id))
    row, _ = Rendition.objects.get_or_create(
        media=source,
        recipe=sum_of(recipe),
        defaults={"workspace_id": source.workspace_id, "used_at": timezone.now()},
    )
    while not (row.file and files.is_there(row.file)):
        token = _hold(row)
        if token:
            _make(row, source, recipe, token, stop)
        elif stop.wait(ASKED_EVERY_SECONDS):
            raise ffmpeg.Stopped
        row.refresh_from_db()
    Rendition.objects.filter(id=row.id).update(used_at=timezone.now())
    return row


def _hold(row: Rendition) -> UUID | None:
    """None where somebody else is at it, or has just made it."""
    now, token = timezone.now(), row_id()
    free = Rendition.objects.filter(Q(held_until=None) | Q(held_until__lt=now), id=row.id, file=row.file)
    taken = free.update(held_by=token, held_until=now + HELD, progress=0, file="")
    return token if taken else None


def _make(row: Rendition, source: MediaFile, recipe: Recipe, token: UUID, stop: threading.Event) -> None:
    """Under its name in the storage there is a whole file or none; the row names it last of all."""
    mine = Rendition.objects.filter(id=row.id, held_by=token)
    try:
        with files.scratch() as folder:
            made = _work(source, recipe, folder, _Telling(mine).hear, stop)
            place = f"{source.workspace_id}/{source.id.hex[:6]}/{source.id}.{token.hex}{made.path.suffix}"
            file = files.keep_file(place, made.path)
    except (NotFound, Unavailable, Refused, Later, ffmpeg.Stopped) as error:
        mine.update(held_by=None, held_until=None, progress=0)
        raise _for_networks(error) from error
    if not mine.update(file=file, held_by=None, held_until=None, progress=100, **made.columns):
        files.drop(file)


def _for_networks(error: Exception) -> Exception:
    match error:
        case NotFound():
            return Refused(queries.LOST, field="media")
        case Unavailable():
            return Later(queries.AWAY)
    return error


@dataclass(frozen=True)
class _Made:
    path: Path
    columns: Mapping[str, object]


class _Telling:
    """Keeps on the row how far the work is, and that somebody is at it."""

    def __init__(self, mine: QuerySet[Rendition]) -> None:
        self._mine = mine
        self._told = time.monotonic()

    def hear(self, part: float) -> None:
        if time.monotonic() - self._told >= TOLD_EVERY_SECONDS:
            self._told = time.monotonic()
            self._mine.update(progress=min(99, int(part * 100)), held_until=timezone.now() + HELD)


def _work(source: MediaFile, recipe: Recipe, folder: Path, hear: Hear, stop: threading.Event) -> _Made:
    with files.on_disk(source.file, folder) as path:
        try:
            if source.is_video:
                return _video(Source(path, rules.DEMUXERS[source.content_type]), recipe, folder, hear, stop)
            return _picture(path, recipe, folder)
        except (ffmpeg.Missing, ffmpeg.Killed) as error:
            log.warning("media.not_now error=%s", error)
            raise Later(NOT_NOW) from error
        except NOT_TO_BE_MADE as error:
            log.warning("media.not_made media=%s error=%s", source.id, error)
            raise Refused(NOT_MADE, field="media") from error


def _picture(path: Path, recipe: Recipe, folder: Path) -> _Made:
    target = folder / f"made.{recipe.content_type.partition('/')[2]}"
    size = painting.paint(path, recipe, target)
    columns = {"content_type": recipe.content_type, "width": size.width, "height": size.height}
    return _Made(target, {**columns, "size": target.stat().st_size})


def _video(source: Source, recipe: Recipe, folder: Path, hear: Hear, stop: threading.Event) -> _Made:
    target = folder / "made.mp4"
    probe = encoding.encode(source, recipe, target, hear, stop)
    columns = {"content_type": recipe.content_type, "width": probe.width, "height": probe.height}
    moving = {"seconds": probe.seconds, "rate": probe.rate, "codecs": list(probe.codecs)}
    return _Made(target, {**columns, **moving, "size": target.stat().st_size})
