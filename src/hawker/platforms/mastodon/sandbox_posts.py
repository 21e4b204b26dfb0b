"""Posts of the pretend Mastodon: written, read, listed page by page, taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlencode

import regex
from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.mastodon import sandbox_entities as entities
from hawker.platforms.mastodon.sandbox_instance import MEDIA, TEXT, URL_WEIGHT
from hawker.platforms.mastodon.sandbox_request import (
    Fields,
    author,
    missing,
    read_fields,
    reader,
    refusal,
)
from hawker.platforms.mastodon.sandbox_world import Person, Post, Upload, World

# What StatusLengthValidator counts (Mastodon, 2026), written down anew so that the connector is checked.
ADDRESS = regex.compile(r"https?://[^\s<>\"「」（）]*[^\s<>\"「」（）.,;:!?()\[\]，。；：！？、]")
MENTION = regex.compile(r"(?<![=/\w])@([a-z0-9_]+([a-z0-9_.-]+[a-z0-9_]+)?)@[\w.-]+\w(:\d+)?", regex.I)
SOONEST = timedelta(minutes=5)
VISIBILITIES = {"public", "unlisted", "private", "direct"}
CHINESE = {"zh-CN", "zh-HK", "zh-TW", "zh-YUE"}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a call to write a post asks for, found to be in order."""

    text: str
    warning: str
    sensitive: bool
    visibility: str
    language: str
    reply_to: str
    uploads: tuple[Upload, ...]


class PostRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post("/api/v1/statuses", self._write),
            web.get("/api/v1/statuses/{id}", self._read),
            web.delete("/api/v1/statuses/{id}", self._delete),
            web.get("/api/v1/statuses/{id}/context", self._context),
            web.get("/api/v1/statuses/{id}/source", self._source),
            web.get("/api/v1/accounts/{id}/statuses", self._list),
        ]

    async def _write(self, request: web.Request) -> web.Response:
        person = author(self._world, request, "write:statuses")
        fields = await read_fields(request)
        key = request.headers.get("Idempotency-Key", "")
        first = self._world.first_answer(person, key) if key and self._world.manners.idempotent else None
        if first:
            return web.json_response(entities.status(self._world, first))
        wish = self._wish(person, fields)
        if fields.text("scheduled_at"):
            return web.json_response(self._schedule(fields, wish))
        post = self._publish(person, wish)
        self._world.answered[person.id, key] = (post.id, post.created_at)
        return web.json_response(entities.status(self._world, post))

    def _wish(self, person: Person, fields: Fields) -> Wish:
        """Raises what Mastodon refuses."""
        uploads = self._free_uploads(person, fields.many("media_ids"))
        text, warning = fields.text("status"), fields.text("spoiler_text")
        if not text.strip() and not uploads and not warning:
            raise refusal(422, "Validation failed: Text can't be blank")
        if _length(warning + text) > TEXT:
            raise refusal(422, f"Validation failed: Text character limit of {TEXT} exceeded")
        reply_to = fields.text("in_reply_to_id")
        if reply_to and reply_to not in self._world.posts:
            raise refusal(404, "The post you are trying to reply to does not appear to exist.")
        visibility = fields.text("visibility") or "public"
        if visibility not in VISIBILITIES:
            raise refusal(422, "Validation failed: Visibility is not included in the list")
        return Wish(
            text=text if text.strip() or not warning else ("🖼" if uploads else "."),
            warning=warning,
            sensitive=fields.flag("sensitive") or bool(warning),
            visibility=visibility,
            language=_language(fields.text("language")),
            reply_to=reply_to,
            uploads=uploads,
        )

    def _free_uploads(self, person: Person, ids: list[str]) -> tuple[Upload, ...]:
        if len(ids) > MEDIA:
            raise refusal(422, f"Cannot attach more than {MEDIA} files")
        own = {each.id: each for each in self._world.uploads.values() if each.person == person}
        taken = [each for each in ids if each not in own or own[each].status_id]
        if taken:
            raise refusal(422, f"Media {', '.join(taken)} not found or already attached to another post")
        if any(own[each].looks > 0 for each in ids):
            raise refusal(
                422, "Cannot attach files that have not finished processing. Try again in a moment!"
            )
        if len(ids) > 1 and any(own[each].content_type.startswith("video/") for each in ids):
            raise refusal(422, "Cannot attach a video to a post that already contains images")
        return tuple(own[each] for each in ids)

    def _schedule(self, fields: Fields, wish: Wish) -> dict[str, Json]:
        """Mastodon answers with another entity; the pretend one never gets round to publishing it."""
        try:
            at = datetime.fromisoformat(fields.text("scheduled_at"))
        except ValueError as error:
            raise refusal(422, "Invalid date supplied") from error
        if at < self._world.now() + SOONEST:
            raise refusal(422, "Validation failed: Scheduled at date must be in the future")
        return {
            "id": self._world.id(),
            "scheduled_at": entities.stamp(at),
            "params": {
                "text": wish.text,
                "visibility": wish.visibility,
                "spoiler_text": wish.warning,
                "sensitive": wish.sensitive,
                "language": wish.language or None,
                "media_ids": [each.id for each in wish.uploads],
                "in_reply_to_id": int(wish.reply_to) if wish.reply_to else None,
                "application_id": 1,
                "with_rate_limit": False,
            },
            "media_attachments": [entities.attachment(self._world, each) for each in wish.uploads],
        }

    def _publish(self, person: Person, wish: Wish) -> Post:
        post = Post(
            id=self._world.id(),
            person=person,
            created_at=self._world.now(),
            text=wish.text,
            warning=wish.warning,
            sensitive=wish.sensitive,
            visibility=wish.visibility,
            language=wish.language,
            reply_to=wish.reply_to,
            uploads=wish.uploads,
        )
        self._world.posts[post.id] = post
        for upload in post.uploads:
            upload.status_id = post.id
        return post

    async def _read(self, request: web.Request) -> web.Response:
        return web.json_response(entities.status(self._world, self._visible(request)))

    async def _delete(self, request: web.Request) -> web.Response:
        """The answer carries the text, so that it can be written anew."""
        person = author(self._world, request, "write:statuses")
        post = self._world.posts.get(request.match_info["id"])
        if post is None or post.person != person or not self._world.manners.deletes:
            raise missing()
        answer = {**entities.status(self._world, post), "text": post.text}
        del self._world.posts[post.id]
        for upload in post.uploads:
            upload.status_id = ""
        return web.json_response(answer)

    async def _source(self, request: web.Request) -> web.Response:
        post = self._visible(request)
        if author(self._world, request, "read:statuses") != post.person:
            raise missing()
        return web.json_response({"id": post.id, "text": post.text, "spoiler_text": post.warning})

    async def _context(self, request: web.Request) -> web.Response:
        post = self._visible(request)
        above: list[Post] = []
        parent = self._world.posts.get(post.reply_to)
        while parent:
            above.insert(0, parent)
            parent = self._world.posts.get(parent.reply_to)
        return web.json_response(
            {
                "ancestors": [entities.status(self._world, each) for each in above],
                "descendants": [entities.status(self._world, each) for each in self._below(post)],
            }
        )

    def _below(self, post: Post) -> list[Post]:
        return [each for reply in self._world.replies_to(post.id) for each in (reply, *self._below(reply))]

    def _visible(self, request: web.Request) -> Post:
        asks = reader(self._world, request)
        post = self._world.posts.get(request.match_info["id"])
        if post is None or not (post.is_open() or post.person == asks):
            raise missing()
        return post

    async def _list(self, request: web.Request) -> web.Response:
        asks = reader(self._world, request)
        person = next(
            (each for each in self._world.people.values() if each.id == request.match_info["id"]), None
        )
        if person is None:
            raise missing()
        own = asks == person and self._world.manners.lists_hidden
        posts = [post for post in self._world.posts_of(person)[::-1] if own or post.is_open()]
        fields = await read_fields(request)
        size = min(int(fields.text("limit") or 20), 40)
        shown = _page(posts, fields, size)
        links = self._links(request, shown, more=len(shown) == size)
        headers = {"Date": format_datetime(self._world.now(), usegmt=True), **links}
        return web.json_response([entities.status(self._world, post) for post in shown], headers=headers)

    def _links(self, request: web.Request, shown: list[Post], *, more: bool) -> dict[str, str]:
        """Mastodon names a next page as soon as this one is full."""
        if not shown or not self._world.manners.links:
            return {}
        base = f"{self._world.address}/api/v1/accounts/{request.match_info['id']}/statuses"
        kept = {
            key: value for key, value in request.query.items() if key not in {"max_id", "min_id", "since_id"}
        }
        older = urlencode({**kept, "max_id": shown[-1].id})
        newer = urlencode({**kept, "min_id": shown[0].id})
        ways = [f'<{base}?{older}>; rel="next"'] if more else []
        return {"Link": ", ".join([*ways, f'<{base}?{newer}>; rel="prev"'])}


def _page(posts: list[Post], fields: Fields, size: int) -> list[Post]:
    """Newest first; `min_id` gives the page just above an id, `since_id` the newest page down to it."""
    chosen = [post for post in posts if not (fields.flag("exclude_replies") and post.reply_to)]
    chosen = [post for post in chosen if post.uploads or not fields.flag("only_media")]
    if fields.text("max_id"):
        chosen = [post for post in chosen if int(post.id) < int(fields.text("max_id"))]
    lowest = fields.text("min_id") or fields.text("since_id")
    if lowest:
        chosen = [post for post in chosen if int(post.id) > int(lowest)]
    return chosen[-size:] if fields.text("min_id") else chosen[:size]


def _length(text: str) -> int:
    counted = MENTION.sub(r"@\1", ADDRESS.sub("x" * URL_WEIGHT, text))
    return len(regex.findall(r"\X", counted))


def _language(tag: str) -> str:
    """Regions are kept for Chinese only (languages_helper, 2026)."""
    return tag if tag in CHINESE else tag.replace("_", "-").partition("-")[0]
