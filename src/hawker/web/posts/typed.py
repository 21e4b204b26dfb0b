"""What the composer's form holds: read from a request, or filled from a post."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import QueryDict

from hawker.core.posts.models import Post
from hawker.core.posts.queries import writing_of
from hawker.core.posts.values import Picture, ThreadPart, Wording, Writing
from hawker.core.publishing.states import State
from hawker.core.rows import row_id
from hawker.web.posts import repeat
from hawker.web.posts.clock import as_typed
from hawker.web.posts.languages import spelt
from hawker.web.posts.repeat import Repeat


class When(StrEnum):
    now = "now"
    later = "later"
    queue = "queue"  # at the next free slot of each channel
    repeat = "repeat"  # again and again, by a rule
    draft = "draft"
    keep = "keep"  # of a post that is scheduled or went wrong: only its words change


@dataclass(frozen=True, kw_only=True)
class Part:
    """One channel's part of the form; its text is kept also while it is not chosen."""

    chosen: bool = False
    own: bool = False
    text: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    audience: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Box:
    """A further post of the thread; `id` tells its fields from those of the other boxes."""

    id: UUID = field(default_factory=row_id)
    text: str = ""
    pictures: tuple[Picture, ...] = ()

    @property
    def is_filled(self) -> bool:
        return bool(self.text.strip() or self.pictures)


@dataclass(frozen=True, kw_only=True)
class Typed:
    """`key` is another one each time the composer opens: a form that is sent twice makes one post."""

    key: UUID = field(default_factory=row_id)
    text: str = ""
    language: str
    first_comment: str = ""
    pictures: tuple[Picture, ...] = ()
    boxes: tuple[Box, ...] = ()
    parts: Mapping[UUID, Part] = field(default_factory=dict)
    when: When
    at: str = ""
    repeat: Repeat = field(default_factory=Repeat)

    @property
    def writing(self) -> Writing:
        return Writing(
            text=self.text,
            language=self.language,
            first_comment=self.first_comment.strip(),
            pictures=self.pictures,
            thread=tuple(ThreadPart(text=box.text, pictures=box.pictures) for box in self.filled),
            wordings=tuple(
                Wording(
                    channel=channel,
                    text=part.text if part.own else None,
                    options=part.options,
                    audience=part.audience,
                )
                for channel, part in self.parts.items()
                if part.chosen
            ),
        )

    @property
    def every_picture(self) -> list[Picture]:
        return [*self.pictures, *(each for box in self.boxes for each in box.pictures)]

    @property
    def filled(self) -> list[Box]:
        """What becomes a part of the thread, part 2 first."""
        return [box for box in self.boxes if box.is_filled]

    @property
    def goes_out(self) -> bool:
        return self.when in {When.now, When.later, When.queue}

    @property
    def is_blank(self) -> bool:
        own = any(part.own and part.text.strip() for part in self.parts.values())
        return not (self.text.strip() or self.pictures or own or self.filled)


def read(data: QueryDict, channels: Iterable[UUID], *, language: str) -> Typed:
    """What a browser sent. `channels`: those of the business; `language` stands in where it names none."""
    named = dict.fromkeys([*channels, *_ids(data.getlist("channels"))])
    return Typed(
        key=_id(data.get("key", "")) or row_id(),
        text=_text(data, "text"),
        language=data.get("language", "")[:20] or language,
        first_comment=_text(data, "first_comment"),
        pictures=tuple(_pictures(data, "media")),
        boxes=tuple(_boxes(data)),
        parts={channel: _part(data, channel) for channel in named},
        when=_when(data.get("when", "")),
        at=data.get("at", ""),
        repeat=repeat.read(data),
    )


def of_post(post: Post, zone: ZoneInfo, states: Set[State]) -> Typed:
    """A post to be changed, whose deliveries are in these states."""
    written = of_writing(writing_of(post), _usual(states))
    return replace(written, at=as_typed(post.planned_at, zone))


def of_writing(writing: Writing, when: When) -> Typed:
    parts = {
        each.channel: Part(
            chosen=True,
            own=each.text is not None,
            text=each.text or "",
            options=each.options,
            audience=each.audience,
        )
        for each in writing.wordings
    }
    return Typed(
        text=writing.text,
        language=spelt(writing.language),
        first_comment=writing.first_comment,
        pictures=writing.pictures,
        boxes=tuple(Box(text=part.text, pictures=part.pictures) for part in writing.thread),
        parts=parts,
        when=when,
    )


def _usual(states: Set[State]) -> When:
    """What an author most likely wants: a post that went wrong is changed in order to go out."""
    if states & {State.failed, State.late}:
        return When.now
    return When.keep if states else When.draft


def _boxes(data: QueryDict) -> Iterable[Box]:
    dropped = set(data.getlist("drop-box"))
    for box in _ids(data.getlist("box")):
        if str(box) not in dropped:
            pictures = tuple(_pictures(data, f"media-{box}"))
            yield Box(id=box, text=_text(data, f"box-{box}"), pictures=pictures)


def _pictures(data: QueryDict, name: str) -> Iterable[Picture]:
    dropped = set(data.getlist("drop"))
    for media in _ids(data.getlist(name)):
        if str(media) not in dropped:
            yield Picture(media=media, alt=_text(data, f"alt-{media}").strip())


def _part(data: QueryDict, channel: UUID) -> Part:
    prefix = f"option-{channel}-"
    return Part(
        chosen=str(channel) in data.getlist("channels"),
        own=f"own-{channel}" in data,
        text=_text(data, f"text-{channel}"),
        audience=_id(data.get(f"audience-{channel}", "")),
        options={name.removeprefix(prefix): _text(data, name) for name in data if name.startswith(prefix)},
    )


def _text(data: QueryDict, name: str) -> str:
    """Browsers send line ends as CR LF, which networks count as one; PostgreSQL takes no NUL."""
    return data.get(name, "").replace("\r\n", "\n").replace("\x00", "")


def _when(typed: str) -> When:
    return When(typed) if typed in set(When) else When.draft


def _ids(typed: Iterable[str]) -> list[UUID]:
    return [found for each in dict.fromkeys(typed) if (found := _id(each))]


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
