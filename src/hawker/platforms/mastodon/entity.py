"""JSON objects from servers that only resemble each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from hawker.connect.http import Json


@dataclass(frozen=True)
class Entity:
    """A JSON object read with patience: what is missing or of another kind reads as empty."""

    fields: Mapping[str, Json]

    def __bool__(self) -> bool:
        return bool(self.fields)

    def text(self, name: str) -> str:
        """A text; a number where an id should be a text counts as one."""
        value = self.fields.get(name)
        return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""

    def web_address(self, name: str) -> str:
        """A text that may stand in a link."""
        value = self.text(name)
        return value if value.startswith(("https://", "http://")) else ""

    def amount(self, name: str) -> int | None:
        """A number above zero."""
        value = self.fields.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None

    def moment(self, name: str) -> datetime | None:
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.fields.get(name)
        return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()

    def entity(self, name: str) -> "Entity":
        return entity(self.fields.get(name))

    def entities(self, name: str) -> "tuple[Entity, ...]":
        return entities(self.fields.get(name))


def entity(value: Json) -> Entity:
    return Entity(value if isinstance(value, dict) else {})


def entities(value: Json) -> tuple[Entity, ...]:
    return tuple(Entity(each) for each in value if isinstance(each, dict)) if isinstance(value, list) else ()
