"""Reading records that anyone may have written: what is not there is empty."""

from hawker.connect.http import Json


def items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def fields(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def words(value: Json) -> str:
    return value if isinstance(value, str) else ""
