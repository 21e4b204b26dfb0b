"""What the models of these tests share: a name that they do not have is a fault, and so is another type."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

Id = Annotated[str, Field(pattern=r"^[0-9]{1,19}$")]
Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$")]
Words = Annotated[str, Field(min_length=1)]
# In a form and in an address everything is text.
Number = Annotated[int, Field(strict=False)]


class Exact(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Nothing(Exact):
    pass


def some_of(*known: str) -> AfterValidator:
    """A list with commas, of these names only."""

    def check(value: str) -> str:
        strange = set(value.split(",")) - set(known)
        if strange:
            raise ValueError(f"{sorted(strange)} cannot be asked for")
        return value

    return AfterValidator(check)


def faults(kind: type[BaseModel], told: object, place: str) -> list[str]:
    """Where this is not of the kind, and why. None in a model is what is left out: X knows no null."""
    nulls = [f"{place} {path}: null" for path in _nulls(told)]
    try:
        kind.model_validate(told)
    except ValidationError as error:
        return [*nulls, *(f"{place} {_where(each)}" for each in error.errors())]
    return nulls


def _nulls(told: object, path: str = "") -> Iterator[str]:
    if told is None:
        yield path
    parts = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    for name, part in parts:
        yield from _nulls(part, f"{path}.{name}".lstrip("."))


def _where(error: Mapping[str, object]) -> str:
    path = error["loc"]
    names = ".".join(map(str, path)) if isinstance(path, tuple) else ""
    return f"{names}: {error['msg']}"
