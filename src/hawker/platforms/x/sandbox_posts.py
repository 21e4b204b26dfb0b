"""Posts of the pretend X: written, read, listed page by page, taken away."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import TypeVar

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.x import sandbox_entities as entities
from hawker.platforms.x.sandbox_request import body_of, forbidden, invalid, missing, person_of
from hawker.platforms.x.sandbox_world import Person, Post, Upload, World
from hawker.platforms.x.text import cashtags, weight

T = TypeVar("T")
TEXT, LONG_TEXT, MEDIA = 280, 25_000, 4
TWICE = "You are not allowed to create a Tweet with duplicate content."
NO_PARENT = "You attempted to reply to a Tweet that is deleted or not visible to you."
CASHTAGS = "Posts are limited to a maximum of one cashtag."
WHO = {"following", "mentionedUsers", "subscribers", "verified"}
# CreatePostsRequest of the OpenAPI document 2.167; the sandbox makes nothing of the last two.
KNOWN = (
    "text",
    "media",
    "poll",
    "reply",
    "reply_settings",
    "made_with_ai",
    "paid_partnership",
    "nullcast",
    "geo",
)
READ, WRITE = ("tweet.read", "users.read"), ("tweet.read", "tweet.write", "users.read")


class PostRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post("/2/tweets", self._write),
            web.get("/2/tweets/{id}", self._read),
            web.delete("/2/tweets/{id}", self._delete),
            web.get("/2/users/{id}/tweets", self._list),
        ]

    async def _write(self, request: web.Request) -> web.Response:
        person = person_of(self._world, request, *WRITE)
        post = self._wish(person, await body_of(request, *KNOWN))
        self._world.posts[post.id] = post
        data = entities.post(self._world, post, ())
        return web.json_response({"data": data}, status=201)

    def _wish(self, person: Person, body: Mapping[str, Json]) -> Post:
        """Raises what X refuses."""
        text = _take(body, "text", str, "")
        uploads = self._uploads(person, _take(body, "media", dict, {}))
        poll = _poll(_take(body, "poll", dict, {}))
        parent = str(_take(body, "reply", dict, {}).get("in_reply_to_tweet_id", ""))
        if poll and uploads:
            raise invalid("poll", "", "Only one of media, poll or quote_tweet_id can be set")
        if body.get("reply_settings") not in {None, *WHO}:
            raise invalid("reply_settings", str(body["reply_settings"]), "is not a valid value")
        self._check_text(person, text, uploads)
        self._check_parent(person, parent)
        labels = [name for name in ("made_with_ai", "paid_partnership") if _take(body, name, bool, False)]
        return Post(
            id=self._world.id(),
            person=person,
            created_at=self._world.now(),
            text=text,
            reply_to=parent,
            uploads=uploads,
            reply_settings=_take(body, "reply_settings", str, ""),
            poll=poll,
            labels=tuple(labels),
        )

    def _check_text(self, person: Person, text: str, uploads: Sequence[Upload]) -> None:
        """The count is the connector's own: the conformance cases of twitter-text stand for both."""
        if not text.strip() and not uploads:
            raise invalid("text", text, "text or media is required")
        most = LONG_TEXT if person.subscription in {"Premium", "PremiumPlus"} else TEXT
        if weight(text) > most:
            raise forbidden()
        if cashtags(text) > 1:
            raise forbidden(CASHTAGS)
        since = self._world.now() - self._world.manners.remembers
        if text and any(
            post.text == text and post.created_at > since for post in self._world.posts_of(person)
        ):
            raise forbidden(TWICE)

    def _check_parent(self, person: Person, parent: str) -> None:
        """Own posts may be answered; others' where they mention who answers (changelog of 2026-02-23)."""
        if not parent:
            return
        post = self._world.posts.get(parent)
        if post is None:
            raise forbidden(NO_PARENT)
        summoned = re.search(rf"@{person.handle}\b", post.text, re.IGNORECASE)
        if post.person.id != person.id and not summoned:
            raise forbidden()

    def _uploads(self, person: Person, media: Mapping[str, Json]) -> tuple[Upload, ...]:
        ids = media.get("media_ids", [])
        if not isinstance(ids, list) or len(ids) > MEDIA:
            raise invalid("media.media_ids", str(ids), f"must have at most {MEDIA} items")
        found = [self._world.uploads.get(str(each)) for each in ids]
        own = [each for each in found if each and each.person.id == person.id and each.ready]
        if len(own) != len(ids):
            raise invalid("media.media_ids", str(ids), "Your media IDs are invalid.")
        if len(own) > 1 and any(each.category != "tweet_image" for each in own):
            raise invalid("media.media_ids", str(ids), "Your media IDs cannot be combined.")
        return tuple(own)

    async def _read(self, request: web.Request) -> web.Response:
        person_of(self._world, request, *READ)
        post = self._world.posts.get(request.match_info["id"])
        if post is None:
            raise missing("tweet", request.match_info["id"])
        body: dict[str, Json] = {"data": entities.post(self._world, post, _asked(request, "tweet.fields"))}
        if "attachments.media_keys" in _asked(request, "expansions") and post.uploads:
            fields = _asked(request, "media.fields")
            body["includes"] = {
                "media": [entities.medium(self._world, each, fields) for each in post.uploads]
            }
        return web.json_response(body)

    async def _delete(self, request: web.Request) -> web.Response:
        person = person_of(self._world, request, *WRITE)
        post = self._world.posts.get(request.match_info["id"])
        if post is None:
            raise missing("tweet", request.match_info["id"])
        if post.person.id != person.id:
            raise forbidden("You are not authorized to delete this Tweet.")
        del self._world.posts[post.id]
        return web.json_response({"data": {"deleted": True}})

    async def _list(self, request: web.Request) -> web.Response:
        """The newest first; a page of nothing has no `data`."""
        person_of(self._world, request, *READ)
        person = next((p for p in self._world.people.values() if p.id == request.match_info["id"]), None)
        if person is None:
            raise missing("user", request.match_info["id"])
        size = _size(request)
        posts = [] if self._world.manners.hides else _since(self._world.posts_of(person)[::-1], request)
        start = int(request.query.get("pagination_token", "0"))
        shown, fields = posts[start : start + size], _asked(request, "tweet.fields")
        meta: dict[str, Json] = {"result_count": len(shown)}
        if len(posts) > start + size:
            meta["next_token"] = str(start + size)
        body: dict[str, Json] = {"meta": meta}
        if shown:
            body["data"] = [entities.post(self._world, post, fields) for post in shown]
            meta |= {"newest_id": shown[0].id, "oldest_id": shown[-1].id}
        told = web.json_response(body)
        told.headers["Date"] = format_datetime(self._world.now(), usegmt=True)
        return told


def _take(body: Mapping[str, Json], name: str, kind: type[T], default: T) -> T:
    value = body.get(name, default)
    if not isinstance(value, kind):
        raise invalid(name, str(value), f"$.{name}: is of another type than {kind.__name__}")
    return value


def _poll(poll: Mapping[str, Json]) -> tuple[str, ...]:
    if not poll:
        return ()
    options, minutes = poll.get("options"), poll.get("duration_minutes")
    listed = [str(each) for each in options] if isinstance(options, list) else []
    if not 2 <= len(listed) <= 4 or any(not 1 <= len(each) <= 25 for each in listed):
        raise invalid("poll.options", str(options), "must be 2 to 4 options of 1 to 25 characters")
    if not isinstance(minutes, int) or not 5 <= minutes <= 10_080:
        raise invalid("poll.duration_minutes", str(minutes), "must be between 5 and 10080")
    return tuple(listed)


def _asked(request: web.Request, name: str) -> frozenset[str]:
    return frozenset(request.query.get(name, "").split(","))


def _size(request: web.Request) -> int:
    value = request.query.get("max_results", "10")
    if not value.isdecimal() or not 5 <= int(value) <= 100:
        message = f"The `max_results` query parameter value [{value}] is not between 5 and 100"
        raise invalid("max_results", value, message)
    return int(value)


def _since(posts: list[Post], request: web.Request) -> list[Post]:
    if "start_time" not in request.query:
        return posts
    try:
        start = datetime.fromisoformat(request.query["start_time"])
    except ValueError as error:
        raise invalid("start_time", request.query["start_time"], "is not an RFC 3339 time") from error
    return [post for post in posts if post.created_at >= start]
