"""A post as it is typed, before it is a row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Picture:
    media: UUID
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What one channel publishes. `text` None means: the post's own text."""

    channel: UUID
    text: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Writing:
    """`language`: a BCP 47 tag. `wordings` names the channels."""

    text: str
    language: str
    pictures: tuple[Picture, ...] = ()
    wordings: tuple[Wording, ...] = ()
    first_comment: str = ""
