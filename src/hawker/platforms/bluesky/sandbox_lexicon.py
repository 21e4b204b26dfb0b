"""What a server finds wrong with a post, in the words of the reference server (0.5.35) and by the lexicon
app.bsky.feed.post of 2026-08-20."""

import json
from collections.abc import Iterator, Mapping

import regex

from hawker.connect.http import Json
from hawker.connect.length import graphemes
from hawker.platforms.bluesky.sandbox_json import fields, items

_DATE = regex.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LANGUAGE = regex.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DID = regex.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._-]")
_AT_URI = regex.compile(r"at://[^/\s]+/[A-Za-z][A-Za-z0-9.-]+\.[A-Za-z0-9]+/[A-Za-z0-9._:~-]+")
_CID = regex.compile(r"b[a-z2-7]{58}")
_URI = regex.compile(r"\w+:(?://)?[^\s/]\S*")
_TID = regex.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
IMAGE_BYTES = 2_000_000
THUMB_BYTES = 1_000_000


def key_fault(key: str) -> str:
    return "" if _TID.fullmatch(key) else f"Invalid TID string (got {json.dumps(key)}) at $"


def fault(record: Mapping[str, Json]) -> str:
    """The first fault, or nothing."""
    found = (
        fault for check in (_text, _times, _languages, _facets, _reply, _embed) for fault in check(record)
    )
    return next(found, "")


def _text(record: Mapping[str, Json]) -> Iterator[str]:
    text = record.get("text")
    if not isinstance(text, str):
        yield _missing("text", "$.record")
    else:
        yield from _too_long(text, 3000, 300, "$.record.text")


def _times(record: Mapping[str, Json]) -> Iterator[str]:
    if "createdAt" not in record:
        yield _missing("createdAt", "$.record")
    else:
        yield from _form(record["createdAt"], _DATE, "datetime", "$.record.createdAt")


def _languages(record: Mapping[str, Json]) -> Iterator[str]:
    languages = items(record.get("langs"))
    yield from _too_many(languages, 3, "$.record.langs")
    for place, language in enumerate(languages):
        yield from _form(language, _LANGUAGE, "language", f"$.record.langs[{place}]")


def _facets(record: Mapping[str, Json]) -> Iterator[str]:
    size = len(str(record.get("text", "")).encode())
    for place, facet in enumerate(items(record.get("facets"))):
        path = f"$.record.facets[{place}]"
        yield from _index(fields(fields(facet).get("index")), size, f"{path}.index")
        for number, feature in enumerate(items(fields(facet).get("features"))):
            yield from _feature(fields(feature), f"{path}.features[{number}]")


def _index(index: Mapping[str, Json], size: int, path: str) -> Iterator[str]:
    """Stricter than the network, which takes a facet beyond the text and then shows it nowhere."""
    start, end = index.get("byteStart"), index.get("byteEnd")
    if not isinstance(start, int) or not isinstance(end, int):
        yield _missing("byteEnd" if isinstance(start, int) else "byteStart", path)
    elif start < 0:
        yield f"integer too small (minimum 0, got {start}) at {path}.byteStart"
    elif not start < end <= size:
        yield f"integer too big (maximum {size}, got {end}) at {path}.byteEnd"


def _feature(feature: Mapping[str, Json], path: str) -> Iterator[str]:
    match feature.get("$type"):
        case "app.bsky.richtext.facet#link":
            yield from _form(feature.get("uri"), _URI, "URI", f"{path}.uri")
        case "app.bsky.richtext.facet#mention":
            yield from _form(feature.get("did"), _DID, "DID", f"{path}.did")
        case "app.bsky.richtext.facet#tag":
            yield from _too_long(str(feature.get("tag", "")), 640, 64, f"{path}.tag")


def _reply(record: Mapping[str, Json]) -> Iterator[str]:
    if "reply" not in record:
        return
    for name in ("root", "parent"):
        ref, path = fields(fields(record["reply"]).get(name)), f"$.record.reply.{name}"
        yield from _form(ref.get("uri"), _AT_URI, "at-uri", f"{path}.uri")
        yield from _form(ref.get("cid"), _CID, "CID", f"{path}.cid")


def _embed(record: Mapping[str, Json]) -> Iterator[str]:
    embed = fields(record.get("embed"))
    match embed.get("$type"):
        case "app.bsky.embed.images":
            yield from _images(items(embed.get("images")))
        case "app.bsky.embed.external":
            yield from _external(fields(embed.get("external")))


def _images(images: list[Json]) -> Iterator[str]:
    yield from _too_many(images, 4, "$.record.embed.images")
    for place, image in enumerate(map(fields, images)):
        path = f"$.record.embed.images[{place}]"
        if "alt" not in image:
            yield _missing("alt", path)
        yield from _blob(fields(image.get("image")), IMAGE_BYTES, f"{path}.image")


def _external(external: Mapping[str, Json]) -> Iterator[str]:
    path = "$.record.embed.external"
    yield from (_missing(name, path) for name in ("uri", "title", "description") if name not in external)
    yield from _form(external["uri"], _URI, "URI", f"{path}.uri")
    if "thumb" in external:
        yield from _blob(fields(external["thumb"]), THUMB_BYTES, f"{path}.thumb")


def _blob(blob: Mapping[str, Json], most: int, path: str) -> Iterator[str]:
    kind, size = str(blob.get("mimeType", "")), blob.get("size")
    if blob.get("$type") != "blob":
        yield f"Expected blob value type at {path}"
    elif not kind.startswith("image/"):
        yield f'Expected "image/*" (got {json.dumps(kind)}) at {path}.mimeType'
    elif isinstance(size, int) and size > most:
        yield f"blob too big (maximum {most}, got {size}) at {path}"


def _too_long(text: str, most_bytes: int, most_graphemes: int, path: str) -> Iterator[str]:
    size, length = len(text.encode()), graphemes(text)
    if size > most_bytes:
        yield f"string too big (maximum {most_bytes}, got {size}) at {path}"
    if length > most_graphemes:
        yield f"grapheme too big (maximum {most_graphemes}, got {length}) at {path}"


def _too_many(values: list[Json], most: int, path: str) -> Iterator[str]:
    if len(values) > most:
        yield f"array too big (maximum {most}, got {len(values)}) at {path}"


def _form(value: Json, form: "regex.Pattern[str]", kind: str, path: str) -> Iterator[str]:
    if not isinstance(value, str) or not form.fullmatch(value):
        yield f"Invalid {kind} (got {json.dumps(value)}) at {path}"


def _missing(name: str, path: str) -> str:
    return f"Missing required key {json.dumps(name)} at {path}"
