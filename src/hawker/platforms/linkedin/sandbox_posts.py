"""Posts of the pretend LinkedIn: written, read, listed, deleted. By “Posts API”, read 2026-11-22."""

import json
from collections.abc import Mapping, Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.platforms.linkedin.sandbox_call import (
    acting,
    body_of,
    forbid,
    grant_of,
    lacking,
    paged,
    part,
    refuse,
)
from hawker.platforms.linkedin.sandbox_content import check_content, uploads_of
from hawker.platforms.linkedin.sandbox_text import cut, shortened, shown
from hawker.platforms.linkedin.sandbox_world import Post, Somebody, World

TEXT = 3_000
REQUIRED = ("author", "commentary", "visibility", "distribution", "lifecycleState")
READ_PAGE, READ_MEMBER = "r_organization_social", "r_member_social"


class PostRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post("/rest/posts", self._write),
            web.get("/rest/posts", self._list),
            web.get("/rest/posts/{urn}", self._read),
            web.delete("/rest/posts/{urn}", self._delete),
        ]

    async def _write(self, request: web.Request) -> web.Response:
        grant, wish = grant_of(self._world, request), await body_of(request)
        for name in REQUIRED:
            if name not in wish:
                raise lacking(f"/{name}")
        author = acting(self._world, grant, str(wish["author"]), "social")
        self._check(wish)
        check_content(self._world, author, wish)
        self._check_twin(author, wish)
        return self._add(author, {**wish, "commentary": cut(str(wish["commentary"]))})

    def _add(self, author: Somebody, wish: Mapping[str, Json]) -> web.Response:
        uploads = uploads_of(self._world, wish)
        kind = "ugcPost" if any(upload.kind == "video" for upload, _ in uploads) else "share"
        urn = f"urn:li:{kind}:{self._world.number()}"
        self._world.posts[urn] = Post(
            urn=urn, author=author, created_at=self._world.now(), wish=wish, uploads=uploads
        )
        return web.Response(status=201, headers={"x-restli-id": urn})

    def _check(self, wish: Mapping[str, Json]) -> None:
        commentary = str(wish["commentary"])
        seen = commentary if self._world.manners.counts_escapes else shown(commentary)
        if len(seen.encode("utf-16-le")) // 2 > TEXT:
            raise _too_long(len(seen))
        if wish["visibility"] not in {"PUBLIC", "CONNECTIONS", "LOGGED_IN"}:
            raise refuse(422, "ERROR :: /visibility :: is not an enum symbol\n")
        if part(wish, "distribution").get("feedDistribution") not in {"MAIN_FEED", "NONE"}:
            raise lacking("/distribution/feedDistribution")
        if not commentary.strip() and not wish.get("content"):
            raise lacking("/commentary")

    def _check_twin(self, author: Somebody, wish: Mapping[str, Json]) -> None:
        """What is the same to LinkedIn, and for how long, is not documented. It remembers deleted ones."""
        since, manners = self._world.now() - self._world.manners.remembers, self._world.manners
        about = ("commentary", "content", "author")
        cutting = {**wish, "commentary": cut(str(wish["commentary"]))}
        for post in (*self._world.posts.values(), *self._world.deleted.values()):
            same = all(post.wish.get(name) == cutting.get(name) for name in about)
            if same and post.created_at > since:
                urn = f"urn:li:share:{self._world.number()}" if manners.ghosts else post.urn
                raise _twin("another post" if manners.nameless else urn)

    async def _read(self, request: web.Request) -> web.Response:
        """Who may read no posts is not even told which there are."""
        grant, post = grant_of(self._world, request), self._world.posts.get(request.match_info["urn"])
        if not self._world.manners.opens_members and grant.scopes.isdisjoint({READ_PAGE, READ_MEMBER}):
            raise forbid("partnerApiPosts.GET")
        if post is None:
            raise refuse(404, "Could not find entity", "NOT_FOUND")
        self._check_reader(grant.scopes, post.author)
        return web.json_response(self._entity(post))

    async def _list(self, request: web.Request) -> web.Response:
        """The newest first."""
        grant, author = grant_of(self._world, request), self._world.somebody(request.query.get("author", ""))
        if author is None or request.query.get("q") != "author":
            raise refuse(400, "Invalid query parameters passed to request", "PARAM_INVALID")
        self._check_reader(grant.scopes, author)
        return paged(request, [self._entity(post) for post in self._world.posts_of(author)[::-1]])

    def _check_reader(self, scopes: frozenset[str], author: Somebody) -> None:
        opened = self._world.manners.opens_members
        if not (READ_PAGE in scopes if author.is_page else READ_MEMBER in scopes or opened):
            raise forbid("partnerApiPosts.GET")

    async def _delete(self, request: web.Request) -> web.Response:
        """One that was deleted before is deleted again without a word."""
        grant, urn = grant_of(self._world, request), request.match_info["urn"]
        if urn in self._world.deleted:
            return web.Response(status=204)
        post = self._world.posts.get(urn)
        if post is None:
            raise refuse(404, "Could not find entity", "NOT_FOUND")
        acting(self._world, grant, post.author.urn, "social")
        self._world.deleted[urn] = self._world.posts.pop(urn)
        return web.Response(status=204)

    def _entity(self, post: Post) -> dict[str, Json]:
        manners, written = self._world.manners, str(post.wish["commentary"])
        commentary = shortened(written) if manners.shortens else written
        made = int(post.created_at.timestamp() * 1000)
        times: dict[str, Json] = {"createdAt": made, "publishedAt": made, "lastModifiedAt": made}
        wish = {name: value for name, value in post.wish.items() if name != "commentary"}
        return {"id": post.urn, "commentary": commentary, **({} if manners.unmarked else times), **wish}


def _too_long(length: int) -> web.HTTPException:
    """As n8n's issue 22899 quotes it (2025-12-07)."""
    told = (
        f"ShareCommentary text length ({length} characters) exceeded the maximum allowed ({TEXT} characters)"
    )
    return _bad(400, told, "FIELD_ARRAY_SIZE_TOO_HIGH", "Size of array cannot be higher than the maxLength")


def _twin(urn: str) -> web.HTTPException:
    """As issue 5 of Arisamiga/Linkedin-RSS quotes it (2023-12-14)."""
    return _bad(422, f"Content is a duplicate of {urn}", "DUPLICATE_POST", "Duplicate post is detected")


def _bad(status: int, told: str, code: str, description: str) -> web.HTTPException:
    body = {
        "errorDetailType": "com.linkedin.common.error.BadRequest",
        "message": f"com.linkedin.content.common.exception.BadRequestResponseException: {told}",
        "errorDetails": {"inputErrors": [{"description": description, "input": {}, "code": code}]},
        "status": status,
    }
    kind = web.HTTPBadRequest if status == 400 else web.HTTPUnprocessableEntity
    return kind(text=json.dumps(body), content_type="application/json")
