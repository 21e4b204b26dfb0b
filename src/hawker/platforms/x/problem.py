"""What X says when it refuses: a problem document, an older list of errors, or an OAuth error."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError

from hawker.connect.http import Answer


class _Error(BaseModel):
    message: str = ""
    parameters: dict[str, list[str]] = {}


class _Body(BaseModel):
    type: str = ""
    title: str = ""
    detail: str = ""
    error: str = ""
    error_description: str = ""
    errors: tuple[_Error, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """`kind`: the last part of the problem's type, empty where X names none; `fields`: what it is about."""

    kind: str
    words: str
    oauth: str
    fields: tuple[str, ...]

    def says(self, *parts: str) -> bool:
        return any(part in self.words.lower() for part in parts)


def read_trouble(answer: Answer) -> Trouble | None:
    """None where it is not X that answered."""
    try:
        body = _Body.model_validate_json(answer.body)
    except ValidationError:
        return None
    if not (body.title or body.error or body.errors):
        return None
    kind = "" if body.type == "about:blank" else urlsplit(body.type).path.rpartition("/")[2]
    told = (body.detail, body.error_description, *(error.message for error in body.errors))
    return Trouble(
        kind=kind,
        words=" ".join(each for each in told if each) or body.title or body.error,
        oauth=body.error,
        fields=tuple(name for error in body.errors for name in error.parameters),
    )
