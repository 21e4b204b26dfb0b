"""Where calls to the pretend Business Profile come in: whose they are, and what they are about."""

from collections.abc import Sequence
from typing import TypeVar

from aiohttp import web

from hawker.connect.pretend_google_errors import not_enabled, rate_limited
from hawker.platforms.google_business.sandbox_errors import invalid, missing
from hawker.platforms.google_business.sandbox_world import RIGHT, Group, Place, Post, World

T = TypeVar("T")


class Desk:
    def __init__(self, world: World) -> None:
        self.world = world

    def groups(self, request: web.Request, api: str) -> dict[str, Group]:
        """The accounts of whoever calls. Raises what Google answers to a project that may not call."""
        grant = self.world.door.grant_of(request, RIGHT)
        if not self.world.manners.approved:
            raise rate_limited(limit="0")
        if api in self.world.manners.off:
            raise not_enabled(api)
        return self.world.groups_of(grant.handle)

    def place(self, request: web.Request) -> Place:
        """By the old way, in which a place is named with its account; both must belong together."""
        group = self.groups(request, "Google My Business API").get(request.match_info["account"])
        place = group.places.get(request.match_info["location"]) if group else None
        if place is None:
            raise missing()
        return place

    def post(self, request: web.Request) -> Post:
        post = self.place(request).posts.get(request.match_info["post"])
        if post is None:
            raise missing()
        return post


def page(request: web.Request, each: Sequence[T], *, usual: int, most: int) -> tuple[list[T], dict[str, str]]:
    """A page of a list, and what it says of the following one."""
    size, token = request.query.get("pageSize", ""), request.query.get("pageToken", "")
    if not (size or "1").isdecimal() or not (token.removeprefix("page-") or "0").isdecimal():
        raise invalid()
    count, start = min(int(size or usual) or usual, most), int(token.removeprefix("page-") or 0)
    following = {"nextPageToken": f"page-{start + count}"} if start + count < len(each) else {}
    return list(each[start : start + count]), following
