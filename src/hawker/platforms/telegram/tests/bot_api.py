"""A chosen part of the Bot API (bot_api.json tells the source): what is asked and answered, checked by it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hawker.connect.http import Json
from tests.overheard import Talk

_API: dict[str, Any] = json.loads(Path(__file__).with_name("bot_api.json").read_text(encoding="utf-8"))
_CALL = re.compile(r"/bot[^/]+/(?P<method>\w+)")
_KINDS: Mapping[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "True": (bool,),
}
_ARRAY = "Array of "
# A refusal is told in words only (core.telegram.org/bots/api#making-requests).
_REFUSAL: Mapping[str, Mapping[str, str]] = {
    "required": {"ok": "Boolean", "error_code": "Integer", "description": "String"},
    "optional": {"parameters": "ResponseParameters"},
}


def faults_of(talks: Iterable[Talk]) -> list[str]:
    """Where an answer, or what was asked and given, is not as the Bot API says, which is silent about a
    network that is broken."""
    calls = [(match["method"], talk) for talk in talks if (match := _CALL.fullmatch(talk.path))]
    return [fault for method, talk in calls if talk.status < 500 for fault in _faults(method, talk)]


def _faults(method: str, talk: Talk) -> Iterator[str]:
    told = json.loads(talk.answer)
    if talk.status >= 400:
        yield from _of_fields(_REFUSAL, told, method)
        yield from () if told.get("error_code") == talk.status else (f"{method}: not {talk.status}",)
        yield from () if told.get("ok") is False else (f"{method}: ok",)
        return
    known = {name.lower(): shape for name, shape in _API["methods"].items()}.get(method.lower())
    if known is None:
        yield f"{method}: there is no such method"
        return
    yield from (
        () if told.keys() == {"ok", "result"} and told["ok"] is True else (f"{method}: {sorted(told)}",)
    )
    yield from _of_kind(known["returns"], told.get("result"), f"{method}'s answer")
    asked = _asked(known, talk)
    yield from _of_fields(known, asked, method)
    named = re.findall(r"attach://(\w+)", json.dumps(asked))
    yield from () if sorted(named) == sorted(talk.files) else (f"{method}: {talk.files} are not {named}",)


def _asked(shape: Mapping[str, Any], talk: Talk) -> dict[str, Json]:
    """What stands as text in an address or a form is meant as JSON, where its field takes no text."""
    kinds = {**shape["required"], **shape["optional"]}
    worded = {**talk.query, **talk.form}
    asked = {name: _meant(kinds.get(name, "String"), text) for name, text in worded.items()}
    body = talk.body if isinstance(talk.body, dict) else {}
    own = [name for name in talk.files if name in kinds]
    return {**asked, **body, **{name: f"attach://{name}" for name in own}}


def _meant(kind: str, text: str) -> Json:
    if "String" in kind.split(" or "):
        return text
    meant: Json = json.loads(text)
    return meant


def _of_kind(kind: str, value: Json, place: str) -> Iterator[str]:
    """The faults of the one among several kinds that fits best."""
    kinds = kind.split(" or ")
    if isinstance(value, list):
        inner = " or ".join(each.removeprefix(_ARRAY) for each in kinds if each.startswith(_ARRAY))
        yield from () if inner else (f"{place}: a list where {kind} is meant",)
        for number, each in enumerate(value if inner else ()):
            yield from _of_kind(inner, each, f"{place}[{number}]")
        return
    yield from min((list(_of_one(each, value, place)) for each in kinds), key=len)


def _of_one(kind: str, value: Json, place: str) -> Iterator[str]:
    shape = _API["types"].get(kind)
    if kind in _KINDS:
        fits = isinstance(value, _KINDS[kind]) and (not isinstance(value, bool) or bool in _KINDS[kind])
        yield from () if fits and (kind != "True" or value is True) else (f"{place}: {value!r} is no {kind}",)
    elif kind.startswith('"'):
        yield from () if value == kind.strip('"') else (f"{place}: {value!r} is not {kind}",)
    elif shape is None:
        yield f"{place}: {kind} is not in this part of the Bot API"
    elif "one_of" in shape:
        yield from _of_kind(" or ".join(shape["one_of"]), value, place)
    else:
        yield from _of_fields(shape, value, place)


def _of_fields(shape: Mapping[str, Mapping[str, str]], value: Json, place: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{place}: {value!r} is no object"
        return
    kinds = {**shape["required"], **shape["optional"]}
    yield from (f"{place}: no {name}" for name in shape["required"] if name not in value)
    for name, each in value.items():
        if name in kinds:
            yield from _of_kind(kinds[name], each, f"{place}.{name}")
        else:
            yield f"{place}: there is no {name}"
