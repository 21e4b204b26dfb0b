"""com.atproto.repo.* and com.atproto.sync.getBlob: the records and files of an account."""

import re
import time
from collections.abc import Iterator, Mapping

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.bluesky.sandbox_accounts import Accounts, Calls, body, text
from hawker.platforms.bluesky.sandbox_cid import blob_cid, record_cid
from hawker.platforms.bluesky.sandbox_json import fields, items, words
from hawker.platforms.bluesky.sandbox_lexicon import fault, key_fault
from hawker.platforms.bluesky.sandbox_people import Blob, Person, Record
from hawker.platforms.bluesky.sandbox_refusal import SPENT, Allowance, Refusal, invalid
from hawker.platforms.bluesky.tid import stamp
from hawker.platforms.bluesky.wire import POST

_KEY = re.compile(r"[A-Za-z0-9._:~-]{1,512}")
_STARTS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"GIF8": "image/gif"}
CREATE, UPDATE, DELETE = 3, 2, 1


class Repositories:
    """Points that writing costs, and how many there are: bsky-docs, rate limits, 2026-04-21."""

    def __init__(self, accounts: Accounts) -> None:
        self.writes = [Allowance(points=5000, seconds=3600), Allowance(points=35000, seconds=86400)]
        self._accounts = accounts
        self._people = accounts.people
        self._last = 0

    def calls(self) -> Calls:
        return {
            ("POST", "com.atproto.repo.createRecord"): self._create,
            ("POST", "com.atproto.repo.putRecord"): self._put,
            ("POST", "com.atproto.repo.deleteRecord"): self._delete,
            ("GET", "com.atproto.repo.getRecord"): self._get,
            ("GET", "com.atproto.repo.listRecords"): self._list,
            ("POST", "com.atproto.repo.uploadBlob"): self._upload,
            ("GET", "com.atproto.sync.getBlob"): self._blob,
        }

    async def _create(self, request: web.Request) -> web.StreamResponse:
        person, wish = await self._writer(request, CREATE)
        collection, key = text(wish, "collection"), str(wish.get("rkey") or self._stamp())
        value = _checked(person, collection, key, wish)
        if key in person.collections.get(collection, {}):
            raise Refusal(500, "InternalServerError", "Internal Server Error")
        return self._written(self._people.write(person, collection, key, value))

    async def _put(self, request: web.Request) -> web.StreamResponse:
        person, wish = await self._writer(request, UPDATE)
        collection, key = text(wish, "collection"), text(wish, "rkey")
        value = _checked(person, collection, key, wish)
        return self._written(self._people.write(person, collection, key, value))

    async def _delete(self, request: web.Request) -> web.StreamResponse:
        person, wish = await self._writer(request, DELETE)
        records = person.collections.get(text(wish, "collection"), {})
        gone = records.pop(text(wish, "rkey"), None)
        return web.json_response({"commit": self._commit(gone.uri)} if gone else {})

    async def _get(self, request: web.Request) -> web.StreamResponse:
        person = self._owner(request)
        collection, key = request.query.get("collection", ""), request.query.get("rkey", "")
        record = person.collections.get(collection, {}).get(key)
        if record is None:
            uri = f"at://{person.did}/{collection}/{key}"
            raise Refusal(400, "RecordNotFound", f"Could not locate record: {uri}")
        return web.json_response(_row(record))

    async def _list(self, request: web.Request) -> web.StreamResponse:
        """Newest key first, as on the network, unless `reverse` is asked for."""
        person, query = self._owner(request), request.query
        forward, cursor = query.get("reverse") == "true", query.get("cursor")
        records = person.collections.get(query.get("collection", ""), {}).values()
        ordered = sorted(records, key=lambda record: record.key, reverse=not forward)
        keys = [record.key for record in ordered]
        rest = ordered[keys.index(cursor) + 1 :] if cursor in keys else ordered
        page = rest[: int(query.get("limit", "50"))]
        answer: dict[str, Json] = {"records": [_row(record) for record in page]}
        return web.json_response({**answer, "cursor": page[-1].key} if len(rest) > len(page) else answer)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        person = self._accounts.who(request)
        data = await request.read()
        if len(data) > self._accounts.upload_bytes:
            raise Refusal(413, "PayloadTooLarge", "request entity too large")
        blob = Blob(cid=blob_cid(data), data=data, content_type=_type(data, request.content_type))
        person.blobs[blob.cid] = blob
        return web.json_response({"blob": _reference(blob)})

    async def _blob(self, request: web.Request) -> web.StreamResponse:
        person = self._people.find(request.query.get("did", ""))
        blob = person.blobs.get(request.query.get("cid", "")) if person else None
        if blob is None:
            raise invalid("Blob not found")
        headers = {"X-Content-Type-Options": "nosniff"}
        return web.Response(body=blob.data, content_type=blob.content_type, headers=headers)

    async def _writer(self, request: web.Request, points: int) -> tuple[Person, dict[str, Json]]:
        person, wish = self._accounts.who(request), await body(request)
        request[SPENT] = [(allowance, person.did) for allowance in self.writes]
        for allowance in self.writes:
            allowance.spend(person.did, points)
        if self._people.find(text(wish, "repo")) is not person:
            raise Refusal(403, "AccountNotFound", "Account not found")
        return person, wish

    def _owner(self, request: web.Request) -> Person:
        repo = request.query.get("repo", "")
        person = self._people.find(repo)
        if person is None:
            raise invalid(f"Could not find repo: {repo}")
        return person

    def _written(self, record: Record) -> web.Response:
        known = "valid" if f"/{POST}/" in record.uri else "unknown"
        answer: Json = {
            "uri": record.uri,
            "cid": record.cid,
            "commit": self._commit(record.cid),
            "validationStatus": known,
        }
        return web.json_response(answer)

    def _commit(self, change: str) -> Json:
        revision = self._stamp()
        return {"cid": record_cid({"rev": revision, "data": change}), "rev": revision}

    def _stamp(self) -> str:
        self._last = max(self._last + 1, time.time_ns() // 1000)
        return stamp(self._last, 0)


def _checked(person: Person, collection: str, key: str, wish: Mapping[str, Json]) -> dict[str, Json]:
    """The record of a wish, once nothing is wrong with it."""
    value = wish.get("record")
    if not isinstance(value, dict):
        raise invalid('Missing required key "record" at $')
    if value.setdefault("$type", collection) != collection:
        raise invalid(f"Invalid $type: expected {collection}, got {value['$type']}")
    if not _KEY.fullmatch(key):
        raise invalid(f'Invalid record key (got "{key}") at $.rkey')
    if collection == POST:
        _check_post(key, value)
    for reference in _references(value):
        _check_blob(person, reference)
    return value


def _check_post(key: str, value: Mapping[str, Json]) -> None:
    if wrong := key_fault(key):
        raise invalid(f"Invalid record key for {POST}: {wrong}")
    if wrong := fault(value):
        raise invalid(f"Invalid {POST} record: {wrong}")


def _check_blob(person: Person, reference: Mapping[str, Json]) -> None:
    cid = words(fields(reference.get("ref")).get("$link"))
    blob = person.blobs.get(cid)
    if blob is None:
        raise Refusal(400, "BlobNotFound", f"Could not find blob: {cid}")
    if reference.get("mimeType") != blob.content_type:
        message = f"Expected: {blob.content_type}, Got: {reference.get('mimeType')}"
        raise Refusal(400, "InvalidMimeType", f"Referenced Mimetype does not match stored blob. {message}")
    if reference.get("size") != len(blob.data):
        message = f"Expected: {len(blob.data)}, Got: {reference.get('size')}"
        raise Refusal(400, "InvalidSize", f"Referenced Size does not match stored blob. {message}")


def _references(value: Json) -> Iterator[Mapping[str, Json]]:
    if fields(value).get("$type") == "blob":
        yield fields(value)
    else:
        for inner in (*fields(value).values(), *items(value)):
            yield from _references(inner)


def _reference(blob: Blob) -> Json:
    return {
        "$type": "blob",
        "ref": {"$link": blob.cid},
        "mimeType": blob.content_type,
        "size": len(blob.data),
    }


def _type(data: bytes, claimed: str) -> str:
    """The server looks into the file and believes it more than the header."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _STARTS.items() if data.startswith(start)), claimed)


def _row(record: Record) -> Json:
    return {"uri": record.uri, "cid": record.cid, "value": record.value}
