"""A chosen part of a network's OpenAPI document (3.0 or 3.1): what is asked and answered, checked by it."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}
Schema = Mapping[str, Any]


class OpenApi:
    """`path` leads to a file {paths: {path: {method: {status: schema, request, query}}}, schemas}. A field
    that the document does not have is a fault too, in what is asked as in what is answered."""

    def __init__(self, path: Path) -> None:
        self._document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))

    def faults_of_answer(self, method: str, path: str, status: int, body: bytes) -> list[str]:
        """`path` is the one below the version."""
        known = self._call(method, path)
        if known is None:
            return [f"{method} {path}: there is no such call"]
        said = next((each for each in (str(status), f"{status // 100}XX", "default") if each in known), None)
        if said is None or (said == "default" and status < 400):
            return [f"{method} {path}: {status} is none of {sorted(known)}"]
        if known[said] is None:
            return [f"{method} {path}: an answer where there is none"] if body else []
        return list(self._faults(known[said], json.loads(body), f"{method} {path}"))

    def faults_of_request(self, method: str, path: str, body: object) -> list[str]:
        return self._faults_of("request", method, path, body)

    def faults_of_query(self, method: str, path: str, query: Mapping[str, str]) -> list[str]:
        asked = {
            name: json.loads(text) if text in {"true", "false"} else text for name, text in query.items()
        }
        return self._faults_of("query", method, path, asked)

    def _faults_of(self, part: str, method: str, path: str, value: object) -> list[str]:
        known = self._call(method, path) or {}
        if part not in known:
            return [f"{method} {path}: nothing is asked so"]
        return list(self._faults(known[part], value, f"{method} {path}"))

    def _call(self, method: str, path: str) -> Mapping[str, Any] | None:
        for known, calls in self._document["paths"].items():
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), path) and method.lower() in calls:
                found: Mapping[str, Any] = calls[method.lower()]
                return found
        return None

    def _named(self, reference: str) -> Schema:
        found: Schema = self._document["schemas"].get(reference.rpartition("/")[2], {"left_out": reference})
        return found

    def _faults(self, schema: Schema, value: object, place: str) -> Iterator[str]:
        if isinstance(value, dict) and (known := self._fields(schema)):
            yield from (f"{place}: there is no {name}" for name in value if name not in known)
        yield from self._held(schema, value, place)

    def _fields(self, schema: Schema) -> set[str] | None:
        """Of all parts together that a value may have; None where any name is one."""
        schema = self._named(schema["$ref"]) if "$ref" in schema else schema
        if "additionalProperties" in schema or "left_out" in schema:
            return None
        mapped = schema.get("discriminator", {}).get("mapping", {}).values()
        parts = [part for word in ("allOf", "anyOf", "oneOf") for part in schema.get(word, ())]
        known = set(schema.get("properties", ()))
        for part in (*parts, *({"$ref": name} for name in mapped)):
            names = self._fields(part)
            if names is None:
                return None
            known |= names
        return known

    def _held(self, schema: Schema, value: object, place: str) -> Iterator[str]:
        if "left_out" in schema:
            yield f"{place}: {schema['left_out']} is not in this part of the document"
        if "$ref" in schema:
            yield from self._held(self._named(schema["$ref"]), value, place)
            return
        if value is None and schema.get("nullable"):
            return
        for part in schema.get("allOf", ()):
            yield from self._held(part, value, place)
        yield from self._chosen(schema, value, place)
        yield from _of_kind(schema, value, place)
        if isinstance(value, dict):
            yield from self._of_object(schema, value, place)
        if isinstance(value, list):
            yield from self._of_list(schema, value, place)

    def _chosen(self, schema: Schema, value: object, place: str) -> Iterator[str]:
        told = schema.get("discriminator")
        if told and isinstance(value, dict):
            name = value.get(told["propertyName"])
            if name not in told["mapping"]:
                yield f"{place}.{told['propertyName']}: {name!r}"
                return
            yield from self._held(self._named(told["mapping"][name]), value, place)
            return
        for word, most in (("anyOf", None), ("oneOf", 1)):
            each = [list(self._held(part, value, place)) for part in schema.get(word, ())]
            if each and [] not in each:
                yield from min(each, key=len)
            if most and each.count([]) > most:
                yield f"{place}: {value!r} is several of which it may be one"

    def _of_object(self, schema: Schema, value: Mapping[str, object], place: str) -> Iterator[str]:
        yield from (f"{place}: no {name}" for name in schema.get("required", ()) if name not in value)
        own, rest = schema.get("properties", {}), schema.get("additionalProperties")
        for name, each in value.items():
            if name in own or isinstance(rest, dict):
                yield from self._faults(own.get(name, rest), each, f"{place}.{name}")
            elif rest is False:
                yield f"{place}: there is no {name}"

    def _of_list(self, schema: Schema, value: list[object], place: str) -> Iterator[str]:
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{place}: {len(value)} of them"
        if schema.get("uniqueItems") and any(each in value[:at] for at, each in enumerate(value)):
            yield f"{place}: one of them twice"
        for number, item in enumerate(value):
            yield from self._faults(schema.get("items", {}), item, f"{place}[{number}]")


def _of_kind(schema: Schema, value: object, place: str) -> Iterator[str]:
    said = schema.get("type", [])
    kinds = [kind for name in ([said] if isinstance(said, str) else said) for kind in _KINDS[name]]
    if kinds and (not isinstance(value, tuple(kinds)) or (isinstance(value, bool) and bool not in kinds)):
        yield f"{place}: {value!r} is no {said}"
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{place}: {value!r} is none of {schema.get('enum', schema.get('const'))}"
    if isinstance(value, str):
        yield from _of_text(schema, value, place)
    elif isinstance(value, int | float) and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        yield f"{place}: {value} is too small or too large"


def _of_text(schema: Schema, value: str, place: str) -> Iterator[str]:
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"{place}: too short or too long"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{place}: {value[:40]!r} does not match {schema['pattern']}"
    if schema.get("format") == "date-time" and not _is_time(value):
        yield f"{place}: {value!r} is no time"


def _is_time(value: str) -> bool:
    try:
        return datetime.fromisoformat(value) is not None
    except ValueError:
        return False
