"""app.bsky.*: what the network's apps read, as far as an account's own posts and their threads."""

from collections.abc import Callable
from urllib.parse import urlencode

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.bluesky.sandbox_accounts import Accounts, Calls
from hawker.platforms.bluesky.sandbox_json import fields, items, words
from hawker.platforms.bluesky.sandbox_people import Person, Record, parent
from hawker.platforms.bluesky.sandbox_refusal import Refusal, invalid

_DEPTH = 6


class Views:
    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._people = accounts.people

    def calls(self) -> Calls:
        return {
            ("GET", "app.bsky.actor.getProfile"): self._profile,
            ("GET", "app.bsky.feed.getAuthorFeed"): self._feed,
            ("GET", "app.bsky.feed.getPosts"): self._posts,
            ("GET", "app.bsky.feed.getPostThread"): self._thread,
        }

    async def _profile(self, request: web.Request) -> web.StreamResponse:
        person = self._actor(request)
        counts: dict[str, Json] = {"postsCount": len(person.posts), "followersCount": 0, "followsCount": 0}
        return web.json_response({**_author(person), **counts})

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        person = self._actor(request)
        posts = person.posts[::-1][: int(request.query.get("limit", "50"))]
        return web.json_response({"feed": [{"post": self._view(person, post)} for post in posts]})

    async def _posts(self, request: web.Request) -> web.StreamResponse:
        self._accounts.who(request)
        found = (self._people.post(uri) for uri in request.query.getall("uris", []))
        return web.json_response({"posts": [self._view(*pair) for pair in found if pair]})

    async def _thread(self, request: web.Request) -> web.StreamResponse:
        self._accounts.who(request)
        uri = request.query.get("uri", "")
        pair = self._people.post(uri)
        if pair is None:
            raise Refusal(400, "NotFound", f"Post not found: {uri}")
        return web.json_response({"thread": self._above(pair[1], self._below(*pair, _DEPTH))})

    def _actor(self, request: web.Request) -> Person:
        self._accounts.who(request)
        person = self._people.find(request.query.get("actor", ""))
        if person is None:
            raise invalid("Profile not found")
        return person

    def _below(self, person: Person, record: Record, depth: int) -> dict[str, Json]:
        replies = self._people.replies(record.uri) if depth else []
        return {
            "$type": "app.bsky.feed.defs#threadViewPost",
            "post": self._view(person, record),
            "replies": [self._below(*pair, depth - 1) for pair in replies],
        }

    def _above(self, record: Record, thread: dict[str, Json]) -> dict[str, Json]:
        pair = self._people.post(parent(record))
        return {**thread, "parent": self._above(pair[1], self._below(*pair, 0))} if pair else thread

    def _view(self, person: Person, record: Record) -> Json:
        view: dict[str, Json] = {
            "uri": record.uri,
            "cid": record.cid,
            "author": _author(person),
            "record": record.value,
            "replyCount": len(self._people.replies(record.uri)),
            "repostCount": 0,
            "likeCount": 0,
            "quoteCount": 0,
            "indexedAt": record.indexed_at,
        }
        embed = embed_view(record, lambda cid: blob_address(self._accounts.address, person, cid))
        return {**view, "embed": embed} if embed else view


def blob_address(address: str, person: Person, cid: str) -> str:
    return f"{address}/xrpc/com.atproto.sync.getBlob?{urlencode({'did': person.did, 'cid': cid})}"


def embed_view(record: Record, address: Callable[[str], str]) -> dict[str, Json]:
    """The embed with addresses at which its pictures can be seen; empty where there is none."""
    embed = fields(record.value.get("embed"))
    kind = words(embed.get("$type"))
    if kind == "app.bsky.embed.images":
        return {
            "$type": f"{kind}#view",
            "images": [_image(fields(each), address) for each in items(embed.get("images"))],
        }
    if kind == "app.bsky.embed.external":
        return {"$type": f"{kind}#view", "external": _external(fields(embed["external"]), address)}
    return {}


def _image(image: dict[str, Json], address: Callable[[str], str]) -> Json:
    seen = address(_cid(image.get("image")))
    view: dict[str, Json] = {"thumb": seen, "fullsize": seen, "alt": image["alt"]}
    return {**view, "aspectRatio": image["aspectRatio"]} if "aspectRatio" in image else view


def _external(external: dict[str, Json], address: Callable[[str], str]) -> Json:
    view: dict[str, Json] = {name: external[name] for name in ("uri", "title", "description")}
    thumb = _cid(external.get("thumb"))
    return {**view, "thumb": address(thumb)} if thumb else view


def _cid(blob: Json) -> str:
    return words(fields(fields(blob).get("ref")).get("$link"))


def _author(person: Person) -> dict[str, Json]:
    return {"did": person.did, "handle": person.handle, "displayName": person.name}
