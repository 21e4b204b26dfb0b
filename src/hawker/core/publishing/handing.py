"""What its owner posts herself, where a network lets no program do so: what she is handed, and what becomes
of it when she has said that it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from hawker.connect.registry import platform
from hawker.connect.shapes import Shape
from hawker.connect.values import Draft, Media
from hawker.core.channels import queries as channels
from hawker.core.media import renditions
from hawker.core.media import rules as media
from hawker.core.media.models import MediaFile, Rendition
from hawker.core.people.rules import Actor
from hawker.core.posts.values import COMMENT
from hawker.core.problems import NotFound
from hawker.core.publishing import chains, drafts, lateness, queries, upkeep
from hawker.core.publishing.columns import columns
from hawker.core.publishing.lateness import Tally
from hawker.core.publishing.models import Delivery
from hawker.core.publishing.states import State


@dataclass(frozen=True, kw_only=True)
class Item:
    """A picture or a video to save, as its network wants it."""

    medium: Media
    content_type: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One part of what she posts: its text to copy, and its media to save."""

    part: int
    draft: Draft
    items: tuple[Item, ...]

    @property
    def is_comment(self) -> bool:
        return self.part == COMMENT


@dataclass(frozen=True, kw_only=True)
class Task:
    """What one delivery hands to its owner, with all that follows it there, in the order in which it is
    posted. `waits`: she has not said yet that it is there."""

    delivery: Delivery
    pieces: tuple[Piece, ...]

    @property
    def waits(self) -> bool:
        return self.delivery.state == State.handed


def task(actor: Actor, delivery_id: UUID) -> Task:
    """Without pieces where it does not wait for her. Raises NotFound."""
    row = queries.delivery(actor, delivery_id)
    if row.state != State.handed:
        return Task(delivery=row, pieces=())
    rows = [row, *_behind(row)]
    written = drafts.drafts_of(rows)
    return Task(delivery=row, pieces=tuple(_piece(row, each, written[each.id]) for each in rows))


def medium(actor: Actor, delivery_id: UUID, media_id: UUID) -> MediaFile | Rendition:
    """One of its pictures or videos, as a file. Raises NotFound."""
    shown = task(actor, delivery_id)
    for piece in shown.pieces:
        for each, shape in _shaped(shown.delivery, piece.draft):
            if each.id == str(media_id):
                return renditions.stored(each, shape)
    raise NotFound


def close(row: Delivery, url: str) -> None:
    """She has posted it: with it what follows it there, and it counts for how late posts go out."""
    now = timezone.now()
    behind = _behind(row)
    written = drafts.drafts_of(behind)
    for each in behind:
        then = upkeep.accompanied(queries.snapshot(each), url)
        if then is not None:
            waiting = Delivery.objects.filter(id=each.id, state=each.state, look_at=None)
            waiting.update(**columns(then, now), sent_text=written[each.id].text)
    chains.link(row.post)
    seconds = max((now - row.due_at).total_seconds(), 0)
    lateness.add({lateness.bucket(row.channel.platform, seconds): Tally(posts=1, seconds=seconds)})


def _behind(row: Delivery) -> list[Delivery]:
    """What is posted along with it, the first comment last."""
    if row.follows_id is not None or not (row.post.first_comment or row.post.thread):
        return []
    beside = Delivery.objects.filter(post=row.post_id, channel=row.channel_id, follows__isnull=False)
    along = beside.filter(recipient=None, state=State.scheduled)
    rows = along.exclude(id=row.id).select_related("channel", "follows", "post")
    return sorted(rows, key=chains.turn)


def _piece(row: Delivery, each: Delivery, draft: Draft) -> Piece:
    return Piece(part=each.part, draft=draft, items=tuple(_item(*pair) for pair in _shaped(row, draft)))


def _shaped(row: Delivery, draft: Draft) -> Sequence[tuple[Media, Shape | None]]:
    shapes = platform(row.channel.platform).shapes(draft, channels.limits_of(row.channel))
    return list(zip(draft.media, shapes, strict=True))


def _item(medium: Media, shape: Shape | None) -> Item:
    recipe = media.decide(medium, shape).recipe
    if recipe is None:
        return Item(medium=medium, content_type=medium.content_type, width=medium.width, height=medium.height)
    size = recipe.size
    return Item(medium=medium, content_type=recipe.content_type, width=size.width, height=size.height)
