"""The pretend My Business API: the posts of a place."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.length import URL
from hawker.connect.pretend_google_errors import Refusal
from hawker.platforms.google_business.sandbox_checks import OUTPUT_ONLY, Said, examine, text
from hawker.platforms.google_business.sandbox_desk import Desk, page
from hawker.platforms.google_business.sandbox_errors import forbidden, invalid
from hawker.platforms.google_business.sandbox_pictures import pictures_of
from hawker.platforms.google_business.sandbox_world import Place, Post, World, fresh_number

PATH = "/v4/accounts/{account}/locations/{location}/localPosts"
_NUMBER = re.compile(r"\d[\d\s().-]{7,}\d")


class PostRoom:
    def __init__(self, world: World, desk: Desk) -> None:
        self._world = world
        self._desk = desk

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        one = PATH + "/{post}"
        return [
            web.post(PATH, self._create),
            web.get(PATH, self._list),
            web.get(one, self._get),
            web.patch(one, self._change),
            web.delete(one, self._delete),
        ]

    async def _create(self, request: web.Request) -> web.Response:
        place, said = self._desk.place(request), await _body(request)
        if not place.verified:
            raise forbidden()
        try:
            examine(said)
            pictures = await pictures_of(said.get("media", []))
        except Refusal as refusal:
            raise (invalid() if self._world.manners.bare else refusal) from None
        number, now = fresh_number(), self._world.now()
        post = Post(
            name=f"{_parent(request)}/localPosts/{number}",
            said={name: said[name] for name in said if name not in {*OUTPUT_ONLY, "media"}},
            pictures=pictures,
            created_at=now,
            updated_at=now,
            ready_at=now + self._world.manners.review,
            rejected=self._world.manners.rejects or _has_number(said),
            shown_at=_time(text(said, "scheduledTime")) or now,
        )
        place.posts[number] = post
        return web.json_response({**self._shown(place, post), "state": "PROCESSING"})

    async def _list(self, request: web.Request) -> web.Response:
        place = self._desk.place(request)
        some, following = page(request, [*place.posts.values()][::-1], usual=20, most=100)
        shown: list[Json] = [self._shown(place, post) for post in some]
        headers = {"Date": format_datetime(self._world.now(), usegmt=True)}
        return web.json_response({**({"localPosts": shown} if shown else {}), **following}, headers=headers)

    async def _get(self, request: web.Request) -> web.Response:
        return web.json_response(self._shown(self._desk.place(request), self._desk.post(request)))

    async def _change(self, request: web.Request) -> web.Response:
        """Only what the mask names."""
        place, post, said = self._desk.place(request), self._desk.post(request), await _body(request)
        mask = [name for name in request.query.get("updateMask", "").split(",") if name]
        if not mask:
            raise invalid()
        changed = {**post.said, **{name: said[name] for name in mask if name in said}}
        examine(changed)
        post.said, post.updated_at = changed, self._world.now()
        post.rejected = _has_number(changed)
        return web.json_response(self._shown(place, post))

    async def _delete(self, request: web.Request) -> web.Response:
        del self._desk.place(request).posts[self._desk.post(request).id]
        return web.json_response({})

    def _shown(self, place: Place, post: Post) -> dict[str, Json]:
        parent = post.name.partition("/localPosts")[0]
        media: list[Json] = [
            {
                "name": f"{parent}/media/localPosts/{picture.id}",
                "mediaFormat": "PHOTO",
                "googleUrl": f"{self._world.site}/p/{picture.id}",
            }
            for picture in post.pictures
        ]
        return {
            **post.said,
            "name": post.name,
            "state": post.state(self._world.now()),
            "createTime": _stamp(post.created_at),
            "updateTime": _stamp(post.updated_at),
            "searchUrl": f"{self._world.site}/place?id={place.id}&use=posts&lpsid={post.id}",
            **({"media": media} if media else {}),
        }


async def _body(request: web.Request) -> dict[str, Json]:
    try:
        body = json.loads(await request.text())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise invalid("Invalid JSON payload received.")
    return body


def _parent(request: web.Request) -> str:
    return f"accounts/{request.match_info['account']}/locations/{request.match_info['location']}"


def _has_number(said: Said) -> bool:
    """Google takes posts with a telephone number, and rejects them on a second look."""
    found = _NUMBER.findall(URL.sub(" ", text(said, "summary")))
    return any(sum(char.isdecimal() for char in each) >= 9 for each in found)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _time(typed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(typed) if typed else None
    except ValueError:
        raise invalid("Invalid value at 'local_post.scheduled_time'") from None
