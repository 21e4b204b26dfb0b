"""Pinterest's OpenAPI document (openapi.json tells the source): what is asked and answered, checked by it."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

_DOCUMENT: dict[str, Any] = json.loads(Path(__file__).with_name("openapi.json").read_text(encoding="utf-8"))
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
}
Schema = Mapping[str, Any]


def faults_of_answer(method: str, path: str, status: int, body: bytes) -> list[str]:
    """Where an answer is not what the document says; `path` is the one below the version."""
    known = _call(method, path)
    if known is None:
        return [f"{method} {path}: there is no such call"]
    if status < 400 and str(status) not in known:
        return [f"{method} {path}: {status} is none of {sorted(known)}"]
    schema = known.get(str(status), known.get("default"))
    if schema is None:
        return [f"{method} {path}: an answer where there is none"] if body else []
    return list(_faults(schema, json.loads(body), f"{method} {path}"))


def faults_of_request(method: str, path: str, body: object) -> list[str]:
    known = _call(method, path) or {}
    if "request" not in known:
        return [f"{method} {path}: nothing is asked so"]
    return list(_faults(known["request"], body, f"{method} {path}"))


def _call(method: str, path: str) -> Mapping[str, Any] | None:
    for known, calls in _DOCUMENT["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", r"\\d+", known), path) and method.lower() in calls:
            found: Mapping[str, Any] = calls[method.lower()]
            return found
    return None


def _named(reference: str) -> Schema | None:
    """None for the few that the published document names and does not have."""
    found: Schema | None = _DOCUMENT["schemas"].get(reference.rpartition("/")[2])
    return found


def _faults(schema: Schema, value: object, place: str) -> Iterator[str]:
    if "$ref" in schema:
        yield from _faults(_named(schema["$ref"]) or {}, value, place)
        return
    if value is None:
        yield from () if schema.get("nullable") else (f"{place}: null",)
        return
    for part in schema.get("allOf", ()):
        yield from _faults(part, value, place)
    yield from _chosen(schema, value, place)
    yield from _of_kind(schema, value, place)
    if isinstance(value, dict):
        yield from _of_object(schema, value, place)
    if isinstance(value, list):
        yield from _of_list(schema, value, place)
    if isinstance(value, str):
        yield from _of_text(schema, value, place)


def _chosen(schema: Schema, value: object, place: str) -> Iterator[str]:
    told = schema.get("discriminator")
    if told and isinstance(value, dict):
        name = value.get(told["propertyName"])
        if name not in told["mapping"]:
            yield f"{place}.{told['propertyName']}: {name!r}"
            return
        yield from _faults(_named(told["mapping"][name]) or {}, value, place)
    elif "anyOf" in schema:
        each = [list(_faults(part, value, place)) for part in schema["anyOf"]]
        yield from () if [] in each else each[0]


def _of_kind(schema: Schema, value: object, place: str) -> Iterator[str]:
    kinds = _KINDS.get(schema.get("type", ""), (object,))
    if not isinstance(value, kinds) or (
        isinstance(value, bool) and bool not in kinds and object not in kinds
    ):
        yield f"{place}: {value!r} is no {schema['type']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"


def _of_object(schema: Schema, value: Mapping[str, object], place: str) -> Iterator[str]:
    yield from (f"{place}: no {name}" for name in schema.get("required", ()) if name not in value)
    for name, part in schema.get("properties", {}).items():
        if name in value:
            yield from _faults(part, value[name], f"{place}.{name}")


def _of_list(schema: Schema, value: list[object], place: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        yield f"{place}: {len(value)} of them"
    for number, item in enumerate(value):
        yield from _faults(schema.get("items", {}), item, f"{place}[{number}]")


def _of_text(schema: Schema, value: str, place: str) -> Iterator[str]:
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{place}: too long"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{place}: {value[:40]!r} does not match {schema['pattern']}"
    if schema.get("format") == "date-time" and not datetime.fromisoformat(value):
        yield f"{place}: {value!r} is no time"
