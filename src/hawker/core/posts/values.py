"""A post as it is typed, before it is a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

# The parts of a post, by the numbers that its pictures and deliveries carry. Those of a thread count as
# people do: the second post of a thread is part 2.
POST, COMMENT, THREAD = 0, 1, 2


@dataclass(frozen=True, kw_only=True)
class Picture:
    media: UUID
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What one channel publishes. `text` None means: the post's own text. `audience`: the list of those whom
    it goes to, where the channel's network delivers to people."""

    channel: UUID
    text: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    audience: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ThreadPart:
    """A further post of a thread; it says the same on every channel."""

    text: str
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Writing:
    """`language`: a BCP 47 tag. `wordings` names the channels. `thread`: what follows the post, in order;
    `first_comment` comes under the post itself, after all of it."""

    text: str
    language: str
    pictures: tuple[Picture, ...] = ()
    wordings: tuple[Wording, ...] = ()
    thread: tuple[ThreadPart, ...] = ()
    first_comment: str = ""
