"""Sentences about a post, and the channels that they are about."""

from collections.abc import Iterable
from dataclasses import dataclass

from hawker.connect.text import Sentence
from hawker.core.channels.models import Channel


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence, and the channels that it is about; none: it is not about a channel."""

    sentence: Sentence
    channels: tuple[Channel, ...] = ()


def joined(found: Iterable[tuple[Sentence, Channel | None]]) -> tuple[Said, ...]:
    """What is true of several channels is said once."""
    said: list[Said] = []
    for sentence, channel in found:
        same = next((at for at, each in enumerate(said) if each.sentence == sentence), None)
        if same is None:
            said.append(Said(sentence=sentence, channels=(channel,) if channel else ()))
        elif channel and channel not in said[same].channels:
            said[same] = Said(sentence=sentence, channels=(*said[same].channels, channel))
    return tuple(said)
