"""Comments at the pretend LinkedIn, by “Comments API”, read 2026-11-22."""

from collections.abc import Sequence

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
from hawker.platforms.linkedin.sandbox_world import Comment, Post, World

# Other programs' experience.
TEXT = 1_250
READ = ("r_organization_social", "r_organization_social_feed")


class CommentRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post("/rest/socialActions/{urn}/comments", self._write),
            web.get("/rest/socialActions/{urn}/comments", self._list),
            web.delete("/rest/socialActions/{urn}/comments/{id}", self._delete),
        ]

    async def _write(self, request: web.Request) -> web.Response:
        grant, post, wish = grant_of(self._world, request), self._post(request), await body_of(request)
        for name in ("actor", "object", "message"):
            if name not in wish:
                raise lacking(f"/{name}")
        actor = acting(self._world, grant, str(wish["actor"]), "social_feed")
        text = str(part(wish, "message").get("text", ""))
        if not 0 < len(text) <= TEXT:
            raise refuse(
                400, f"ERROR :: /message/text :: length is not within 1 and {TEXT}", "ILLEGAL_ARGUMENT"
            )
        number = str(self._world.number())
        comment = Comment(id=number, author=actor, created_at=self._world.now(), under=post.urn, text=text)
        self._world.comments[number] = comment
        headers = {"x-restli-id": number}
        if self._world.manners.bodiless:
            return web.Response(status=201, headers=headers)
        return web.json_response(_entity(comment), status=201, headers=headers)

    async def _list(self, request: web.Request) -> web.Response:
        """A post on which nobody has commented answers as one that is not there."""
        grant, post = grant_of(self._world, request), self._post(request)
        if not post.author.is_page and "r_member_social" not in grant.scopes:
            raise forbid("partnerApiSocialActions.GET_ALL")
        if post.author.is_page and grant.scopes.isdisjoint(READ):
            raise forbid("partnerApiSocialActions.GET_ALL")
        found = self._world.comments_on(post.urn)
        if not found:
            raise refuse(404, "Could not find entity", "NOT_FOUND")
        return paged(request, [_entity(each) for each in found])

    async def _delete(self, request: web.Request) -> web.Response:
        grant = grant_of(self._world, request)
        comment = self._world.comments.get(request.match_info["id"])
        if comment is None:
            raise refuse(404, "Could not find entity", "NOT_FOUND")
        actor = acting(self._world, grant, request.query.get("actor", ""), "social_feed")
        if actor.urn != comment.author.urn:
            raise forbid("partnerApiSocialActions.DELETE")
        del self._world.comments[comment.id]
        return web.Response(status=204)

    def _post(self, request: web.Request) -> Post:
        post = self._world.posts.get(request.match_info["urn"])
        if post is None:
            raise refuse(404, "Could not find entity", "NOT_FOUND")
        return post


def _entity(comment: Comment) -> dict[str, Json]:
    made: Json = {"actor": comment.author.urn, "time": int(comment.created_at.timestamp() * 1000)}
    return {
        "id": comment.id,
        "commentUrn": comment.own_urn,
        "actor": comment.author.urn,
        "object": comment.own_urn.removeprefix("urn:li:comment:(").partition(",")[0],
        "message": {"attributes": [], "text": comment.text},
        "created": made,
        "lastModified": made,
    }
