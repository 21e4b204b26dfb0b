"""Google's discovery documents, as its official client carries them: what an API answers, checked by them."""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import httplib2

# Whole numbers that JSON could not hold come as text.
_TEXTS = {
    "int64": r"-?\d+",
    "uint64": r"\d+",
    "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
    "google-datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z",
}
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
}


class Discovery:
    """`name` and `version` as in the document's file name: youtube, v3."""

    def __init__(self, name: str, version: str) -> None:
        folder = files("googleapiclient") / "discovery_cache" / "documents"
        text = (folder / f"{name}.{version}.json").read_text(encoding="utf-8")
        self.document: dict[str, Any] = json.loads(text)
        self._methods = list(_methods(self.document))

    def at(self, address: str) -> dict[str, Any]:
        """The document of the same API as a pretend network serves it."""
        return {**self.document, "rootUrl": f"{address}/", "baseUrl": f"{address}/"}

    def schema_of(self, method: str, path: str) -> str | None:
        """What answers this call, by its path below the root; empty where it answers nothing. None for a
        call that the API does not have."""
        for known in self._methods:
            if known["httpMethod"] == method and _fits(known, path):
                return str(known.get("response", {}).get("$ref", ""))
        return None

    def faults(self, schema: str, value: object) -> list[str]:
        """Where a value is not what the schema says, with what is wrong there."""
        return list(self._of({"$ref": schema}, value, schema))

    def faults_of(self, method: str, path: str, body: bytes) -> list[str]:
        """The same of a whole answer to a call."""
        schema = self.schema_of(method, path)
        if schema is None:
            return [f"{method} {path}: there is no such call"]
        if not schema:
            return [f"{method} {path}: an answer where there is none"] if body else []
        return self.faults(schema, json.loads(body)) if body else []

    def _of(self, rule: Mapping[str, Any], value: object, place: str) -> Iterator[str]:
        if "$ref" in rule:
            rule = self.document["schemas"][rule["$ref"]]
        kind = rule.get("type", "any")
        if kind == "any":
            return
        right = isinstance(value, _KINDS[kind]) and not (
            kind in {"integer", "number"} and isinstance(value, bool)
        )
        if not right:
            yield f"{place}: {type(value).__name__} where {kind} is meant"
        elif isinstance(value, dict):
            yield from self._of_fields(rule, value, place)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                yield from self._of(rule["items"], item, f"{place}[{number}]")
        elif isinstance(value, str):
            yield from _of_text(rule, value, place)

    def _of_fields(self, rule: Mapping[str, Any], value: Mapping[str, object], place: str) -> Iterator[str]:
        known, others = rule.get("properties", {}), rule.get("additionalProperties")
        for name, field in value.items():
            if name in known:
                yield from self._of(known[name], field, f"{place}.{name}")
            elif others:
                yield from self._of(others, field, f"{place}.{name}")
            else:
                yield f"{place}.{name}: there is no such field"


class Listener(httplib2.Http):  # type: ignore[misc]
    """What the official client speaks through; keeps all calls and the answers below 400."""

    def __init__(self) -> None:
        super().__init__()
        # An upload goes on after a 308; so says the client's own `build_http` as well.
        self.redirect_codes = frozenset({301, 302, 303, 307})
        self.calls: list[tuple[str, str, bytes]] = []

    def request(self, uri: str, method: str = "GET", **how: Any) -> tuple[Any, bytes]:
        response, content = super().request(uri, method=method, **how)
        if response.status < 300:
            self.calls.append((method, uri, content))
        return response, content

    def faults(self, discovery: Discovery, root: str) -> list[str]:
        """Of all answers by which `root` spoke as the API does."""
        found = []
        for method, uri, body in self.calls:
            path = urlsplit(uri).path.removeprefix(urlsplit(root).path).lstrip("/")
            if discovery.schema_of(method, path) is not None:
                found += discovery.faults_of(method, path, body)
        return found


def _methods(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from node.get("methods", {}).values()
    for resource in node.get("resources", {}).values():
        yield from _methods(resource)


def _fits(method: Mapping[str, Any], path: str) -> bool:
    """By `flatPath` where there is one, else by `path`; an upload ends with what a plain call answers."""
    template = method.get("flatPath") or method["path"]
    pattern = re.sub(r"\\\{\+?[^}]*\\\}", "[^/]+", re.escape(template))
    plain = path.removeprefix("upload/") if "mediaUpload" in method else path
    return re.fullmatch(pattern, plain) is not None


def _of_text(rule: Mapping[str, Any], value: str, place: str) -> Iterator[str]:
    pattern = _TEXTS.get(rule.get("format", ""))
    if pattern and not re.fullmatch(pattern, value):
        yield f"{place}: “{value}” is no {rule['format']}"
    if "enum" in rule and value not in rule["enum"]:
        yield f"{place}: “{value}” is none of {rule['enum']}"
