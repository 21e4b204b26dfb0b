"""The composer as its templates draw it: a row a channel, what the networks say, and at which field."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID

from hawker.connect import polls
from hawker.connect.platform import Audience, Option, Platform
from hawker.connect.registry import platform
from hawker.connect.text import Sentence
from hawker.connect.values import Media
from hawker.core.channels.models import Channel
from hawker.core.channels.queries import limits_of
from hawker.core.contacts.models import ContactList
from hawker.core.posts.prices import sum_of
from hawker.core.posts.queries import Review
from hawker.core.posts.values import THREAD, Picture
from hawker.core.problems import Problem
from hawker.web.media import tiles
from hawker.web.media.tiles import Tile
from hawker.web.posts import repeat
from hawker.web.posts.said import Said, joined
from hawker.web.posts.typed import Box, Part, Typed

SHARED = ("text", "media", "thread", "first_comment", "channels", "at", *repeat.FIELDS)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A place beside a field where problems are shown."""

    name: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OptionRow:
    option: Option
    name: str
    value: str
    slot: Slot


@dataclass(frozen=True, kw_only=True)
class AudienceRow:
    """Whom a channel's post goes to, where its network delivers to people. `optional`: it can go to everybody
    instead."""

    name: str
    lists: Sequence[ContactList]
    value: UUID | None
    slot: Slot
    optional: bool = False

    @property
    def is_gone(self) -> bool:
        """The list was deleted."""
        return self.value is not None and self.value not in {each.id for each in self.lists}


@dataclass(frozen=True, kw_only=True)
class MediaRow:
    """A medium in the composer. `changes`: what Hawker makes of it, and for which channels."""

    tile: Tile
    changes: tuple[Said, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A further post of the thread as a preview needs it."""

    text: str
    pictures: tuple[Tile, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One channel in the composer. `review` is there where the networks were asked and it is chosen."""

    channel: Channel
    network: Platform
    part: Part
    options: tuple[OptionRow, ...]
    slot: Slot
    review: Review | None = None
    audience: AudienceRow | None = None

    @property
    def is_adjusted(self) -> bool:
        return self.part.own or any(
            each.value != each.option.default or each.slot.said for each in self.options
        )

    @property
    def template(self) -> str:
        return f"{self.network.name}/preview.html"

    @property
    def poll(self) -> list[str]:
        """The answers of the post's poll; none of a thread's further posts has one."""
        return polls.answers(self.review.draft.options.get(polls.POLL, "")) if self.review else []

    @property
    def thread(self) -> list[Drawn]:
        pieces = self.review.thread if self.review else ()
        return [
            Drawn(text=piece.draft.text, pictures=tuple(map(tiles.tile, piece.draft.media)))
            for piece in pieces
        ]


@dataclass(frozen=True, kw_only=True)
class Count:
    """How long a text is for one channel."""

    channel: Channel
    length: int
    limit: int


@dataclass(frozen=True, kw_only=True)
class BoxRow:
    """A further post of the thread in the composer; `counts` are there where the networks were asked."""

    box: Box
    number: int
    slot: Slot
    media: tuple[MediaRow, ...] = ()
    counts: tuple[Count, ...] = ()

    @property
    def suffix(self) -> str:
        """What the names of its picture fields end in."""
        return f"-{self.box.id}"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`slots` by name; `alt_limit`: the shortest alternative text that a chosen channel takes."""

    typed: Typed
    rows: tuple[Row, ...]
    media: tuple[MediaRow, ...] = ()
    boxes: tuple[BoxRow, ...] = ()
    slots: Mapping[str, Slot] = field(default_factory=dict)
    alt_limit: int = 0

    @property
    def every_slot(self) -> list[Slot]:
        shared = [self.slots.get(name, Slot(name=name)) for name in SHARED]
        own = [slot for row in self.rows for slot in (row.slot, *(each.slot for each in row.options))]
        people = [row.audience.slot for row in self.rows if row.audience]
        return [*shared, *own, *people, *(row.slot for row in self.boxes)]

    @property
    def mark(self) -> str:
        """Another one as soon as another problem is to be shown."""
        said = [
            (slot.name, [(each.sentence, [it.id for it in each.channels]) for each in slot.said])
            for slot in self.every_slot
        ]
        return f"{zlib.crc32(repr(said).encode()):x}"

    @property
    def networks(self) -> list[str]:
        return sorted({row.network.name for row in self.rows})

    @property
    def pictures(self) -> list[Tile]:
        return [row.tile for row in self.media]

    @property
    def every_medium(self) -> list[MediaRow]:
        return [*self.media, *(each for row in self.boxes for each in row.media)]

    @property
    def total(self) -> Sentence | None:
        """What several channels cost together."""
        return sum_of([row.review.cost for row in self.reviewed if row.review and row.review.cost])

    @property
    def reviewed(self) -> list[Row]:
        return [row for row in self.rows if row.review]


def lay_out(
    typed: Typed,
    channels: Sequence[Channel],
    reviews: Sequence[Review] = (),
    problems: Sequence[Problem] = (),
    *,
    lists: Sequence[ContactList] = (),
    media: Mapping[str, Media] | None = None,
) -> Sheet:
    """`problems`: those that the reviews do not bring. `lists`: whom a post can go to. `media`: what is known
    of those in the post, by id."""
    known = {channel.id: channel for channel in channels}
    found = [*problems, *(problem for review in reviews for problem in review.problems)]
    slots = _slots(typed, known, found)
    by_channel = {review.channel.id: review for review in reviews}
    shown = partial(_media, media or {}, _changes(reviews))
    return Sheet(
        typed=typed,
        rows=tuple(
            _row(typed, channel, slots, by_channel.get(channel.id), lists=lists) for channel in channels
        ),
        media=shown(typed.pictures),
        boxes=tuple(
            BoxRow(
                box=box,
                number=number,
                slot=slots.get(_of_box(box), Slot(name=_of_box(box))),
                media=shown(box.pictures),
                counts=_counts(typed, box, reviews),
            )
            for number, box in enumerate(typed.boxes, THREAD)
        ),
        slots=slots,
        alt_limit=min((review.limits.alt_text for review in reviews), default=0),
    )


def _counts(typed: Typed, box: Box, reviews: Sequence[Review]) -> tuple[Count, ...]:
    if box not in typed.filled:
        return ()
    place = typed.filled.index(box)
    return tuple(
        Count(channel=review.channel, length=review.thread[place].length, limit=review.limit)
        for review in reviews
    )


def _of_box(box: Box) -> str:
    return f"box-{box.id}"


def _media(
    known: Mapping[str, Media], changes: Mapping[UUID, tuple[Said, ...]], pictures: Iterable[Picture]
) -> tuple[MediaRow, ...]:
    """In the order in which they stand; one that is not here any more is shown as a picture."""
    return tuple(
        MediaRow(tile=_tile(known.get(str(each.media)), each), changes=changes.get(each.media, ()))
        for each in pictures
    )


def _tile(medium: Media | None, picture: Picture) -> Tile:
    if medium is None:
        return tiles.unknown(str(picture.media), picture.alt)
    return tiles.tile(replace(medium, alt=picture.alt))


def _changes(reviews: Sequence[Review]) -> dict[UUID, tuple[Said, ...]]:
    """By medium."""
    found: dict[UUID, list[tuple[Sentence, Channel | None]]] = {}
    for review in reviews:
        for change in review.changes:
            found.setdefault(change.media, []).extend((each, review.channel) for each in change.sentences)
    return {media: joined(each) for media, each in found.items()}


def _row(
    typed: Typed,
    channel: Channel,
    slots: Mapping[str, Slot],
    review: Review | None,
    *,
    lists: Sequence[ContactList],
) -> Row:
    network, part = platform(channel.platform), typed.parts.get(channel.id, Part())
    options, limits = [], limits_of(channel)
    for option in network.options:
        name = f"option-{channel.id}-{option.name}"
        value = part.options.get(option.name, option.default)
        options.append(
            OptionRow(
                option=option.offered(limits), name=name, value=value, slot=slots.get(name, Slot(name=name))
            )
        )
    own = f"text-{channel.id}"
    return Row(
        channel=channel,
        network=network,
        part=part,
        options=tuple(options),
        slot=slots.get(own, Slot(name=own)),
        review=review,
        audience=None if network.audience is Audience.none else _audience(channel, part, slots, lists),
    )


def _audience(
    channel: Channel, part: Part, slots: Mapping[str, Slot], lists: Sequence[ContactList]
) -> AudienceRow:
    name = f"audience-{channel.id}"
    slot = slots.get(name, Slot(name=name))
    optional = platform(channel.platform).audience is Audience.optional
    return AudienceRow(name=name, lists=lists, value=part.audience, slot=slot, optional=optional)


def _slots(typed: Typed, known: Mapping[UUID, Channel], problems: Iterable[Problem]) -> dict[str, Slot]:
    """Problems by the place where they are shown; what several channels mind is said once."""
    found: dict[str, list[tuple[Sentence, Channel | None]]] = {}
    for problem in problems:
        minds = known.get(problem.channel) if problem.channel else None
        found.setdefault(_place(typed, known, problem), []).append((problem.sentence, minds))
    return {name: Slot(name=name, said=joined(each)) for name, each in found.items()}


def _place(typed: Typed, known: Mapping[UUID, Channel], problem: Problem) -> str:
    if problem.part >= THREAD:
        return _of_box(typed.filled[problem.part - THREAD])
    shared = "media" if problem.field == "alt_text" else problem.field
    channel = known.get(problem.channel) if problem.channel else None
    if channel is None:
        return shared if shared in SHARED else "text"
    if shared in SHARED and shared != "text":
        return shared
    if shared == "audience":
        return f"audience-{channel.id}"
    if any(option.name == shared for option in platform(channel.platform).options):
        return f"option-{channel.id}-{shared}"
    return f"text-{channel.id}" if typed.parts.get(channel.id, Part()).own else "text"
