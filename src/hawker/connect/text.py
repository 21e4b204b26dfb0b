"""Sentences for people, written in English where they arise and translated where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sentence:
    """`text` is the key in the translation catalogues, with `%(name)s` places that `params` fill."""

    text: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params


def say(text: str, **params: str | int) -> Sentence:
    """Marks `text` for translation: the catalogue tool collects the first argument of every call."""
    return Sentence(text, {name: _storable(value) for name, value in params.items()})


def _storable(value: str | int) -> str | int:
    """What networks say may hold what no database keeps: NUL, and halves of characters."""
    return value if isinstance(value, int) else value.replace("\0", "").encode(errors="replace").decode()
