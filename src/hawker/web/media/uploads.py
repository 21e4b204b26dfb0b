"""Files as they come from a form, one by one: the good ones are kept, of the others it is said why."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from hawker.connect.text import Sentence
from hawker.core.media import actions
from hawker.core.media.models import MediaFile
from hawker.core.people.rules import Actor
from hawker.core.problems import Invalid, Unavailable


@dataclass(frozen=True, kw_only=True)
class TurnedAway:
    """A file that is not kept."""

    name: str
    sentence: Sentence


@dataclass(frozen=True, kw_only=True)
class Uploads:
    taken: tuple[MediaFile, ...] = ()
    turned_away: tuple[TurnedAway, ...] = ()


def suffix_of(box: str) -> str:
    """What the fields of a box in the composer end in; those of the post itself end in nothing."""
    try:
        return f"-{UUID(box)}"
    except ValueError:
        return ""


def take(actor: Actor, files: "Iterable[UploadedFile[bytes]]") -> Uploads:
    """Raises NotAllowed."""
    taken: list[MediaFile] = []
    turned_away: list[TurnedAway] = []
    for file in files:
        name = file.name or ""
        try:
            taken.append(actions.add_file(actor, name, file))
        except (Invalid, Unavailable) as refused:
            turned_away.append(TurnedAway(name=name, sentence=refused.sentence))
    return Uploads(taken=tuple(taken), turned_away=tuple(turned_away))
