"""The pretend LinkedIn: the part of its API that publishing needs, in memory, with its refusals."""

from collections.abc import Mapping, Sequence
from email.utils import format_datetime

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend import Handler, Seen
from hawker.platforms.linkedin.app import BASIC, OPENID, PAGES, SCOPES
from hawker.platforms.linkedin.sandbox_call import forbid, grant_of, paged, refuse, throttled
from hawker.platforms.linkedin.sandbox_comments import CommentRoom
from hawker.platforms.linkedin.sandbox_media import MediaRoom
from hawker.platforms.linkedin.sandbox_oauth import Door
from hawker.platforms.linkedin.sandbox_pages import Pages
from hawker.platforms.linkedin.sandbox_posts import PostRoom
from hawker.platforms.linkedin.sandbox_world import PAGE_SCOPES, World

COMMUNITY_APP = "pretend-community"


class Sandbox:
    def __init__(self, address: str) -> None:
        self.world = World(address)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        world = self.world
        rooms = (Door(world), MediaRoom(world), PostRoom(world), CommentRoom(world), Pages(world))
        routes = [
            web.get("/v2/userinfo", self._userinfo),
            web.get("/v2/me", self._me),
            web.get("/rest/organizationAcls", self._roles),
            web.get("/rest/organizations/{id}", self._page),
            *(route for room in rooms for route in room.routes()),
        ]
        return [
            web.RouteDef(route.method, route.path, self._dated(route.handler), route.kwargs)
            for route in routes
            if isinstance(route, web.RouteDef)
        ]

    def _dated(self, handler: Handler) -> Handler:
        """Every answer tells the time at LinkedIn."""

        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                answer = await handler(request)
            except web.HTTPException as refusal:
                refusal.headers["Date"] = format_datetime(self.world.now(), usegmt=True)
                raise
            answer.headers["Date"] = format_datetime(self.world.now(), usegmt=True)
            return answer

        return handle

    def account(self, handle: str) -> tuple[str, Mapping[str, str]]:
        """A page's: its token has no right to the profile of the member who runs it."""
        given = self.world.give(self.world.join(handle), COMMUNITY_APP, PAGE_SCOPES)
        return "token", {"access_token": str(given["access_token"])}

    def app(self) -> Mapping[str, str]:
        """Of an owner who copied what pages need, and nothing for her own profile."""
        return {**self.app_named(COMMUNITY_APP), SCOPES: ", ".join(sorted(PAGE_SCOPES))}

    def app_named(self, client_id: str) -> Mapping[str, str]:
        app, scopes = self.world.apps[client_id]
        keys = {"client_id": client_id, "client_secret": app.client_secret, SCOPES: scopes}
        return {**keys, "server": self.world.address, "site": self.world.site}

    def is_send(self, request: web.Request) -> bool:
        path = request.path
        comments = "/rest/socialActions/" in path and path.endswith("/comments")
        return request.method == "POST" and (path.endswith("/rest/posts") or comments)

    def limited(self, request: web.Request) -> web.Response:
        return throttled()

    def revoke(self, handle: str) -> None:
        self.world.keys.revoke(self.world.join(handle))

    def published(self, handle: str) -> tuple[Seen, ...]:
        """What the page has; its member's own posts are not its."""
        page = self.world.page(self.world.join(handle))
        posts = [
            (
                post.created_at,
                Seen(remote_id=post.urn, text=post.text, alts=tuple(alt for _, alt in post.uploads)),
            )
            for post in self.world.posts_of(page)
        ]
        comments = [
            (each.created_at, Seen(remote_id=each.urn, text=each.text, reply_to=each.under))
            for each in self.world.comments.values()
            if each.author.urn == page.urn
        ]
        return tuple(seen for _, seen in sorted((*posts, *comments), key=lambda each: each[0]))

    async def _userinfo(self, request: web.Request) -> web.Response:
        member = self.world.member(grant_of(self.world, request, OPENID).handle)
        body: Json = {"sub": member.urn.rpartition(":")[2], "name": member.name, "given_name": member.name}
        return web.json_response(body)

    async def _me(self, request: web.Request) -> web.Response:
        member = self.world.member(grant_of(self.world, request, BASIC).handle)
        body: Json = {
            "id": member.urn.rpartition(":")[2],
            "localizedFirstName": member.name,
            "localizedLastName": "",
            "vanityName": member.handle,
        }
        return web.json_response(body)

    async def _roles(self, request: web.Request) -> web.Response:
        handle = grant_of(self.world, request, *PAGES).handle
        role: Json = {
            "organization": self.world.page(handle).urn,
            "role": "ADMINISTRATOR",
            "roleAssignee": self.world.member(handle).urn,
            "state": "APPROVED",
        }
        return paged(request, [role])

    async def _page(self, request: web.Request) -> web.Response:
        handle = grant_of(self.world, request, *PAGES).handle
        page, number = self.world.page(handle), request.match_info["id"]
        if self.world.somebody(f"urn:li:organization:{number}") is None:
            raise refuse(404, "Could not find entity", "NOT_FOUND")
        if page.urn.rpartition(":")[2] != number:
            raise forbid("organizations.GET")
        body: Json = {"id": int(number), "localizedName": page.name, "vanityName": page.handle}
        return web.json_response(body)
