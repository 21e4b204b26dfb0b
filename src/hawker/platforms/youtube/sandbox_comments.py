"""The pretend YouTube's comments."""

from collections.abc import Sequence

from aiohttp import web

from hawker.connect.pretend_google_errors import refusal
from hawker.platforms.youtube import sandbox_entities as entities
from hawker.platforms.youtube.sandbox_call import WRITE, caller, page, read_body, wanted
from hawker.platforms.youtube.sandbox_checks import missing, not_found
from hawker.platforms.youtube.sandbox_world import Comment, Video, World

LONGEST = 10_000


class CommentRoom:
    """All of it wants force-ssl."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/youtube/v3/commentThreads", self._list),
            web.post("/youtube/v3/commentThreads", self._write),
            web.delete("/youtube/v3/comments", self._delete),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        caller(self._world, request, WRITE)
        parts = wanted(request, "commentThread")
        if not request.query.get("videoId"):
            raise missing("videoId")
        video = self._video(request.query["videoId"])
        newest = self._world.under(video.id)[::-1]
        start, end, further = page(request, [each.id for each in newest], usual=20, most=100)
        items = [entities.thread(self._world, each, parts) for each in newest[start:end]]
        shown = entities.listed("commentThread", items, total=len(items), each=end - start, further=further)
        return web.json_response(shown)

    async def _write(self, request: web.Request) -> web.Response:
        channel = caller(self._world, request, WRITE)
        parts, body = wanted(request, "commentThread"), await read_body(request)
        snippet = body.get("snippet")
        wish = snippet if isinstance(snippet, dict) else {}
        top = wish.get("topLevelComment")
        said = top.get("snippet") if isinstance(top, dict) else None
        text = str(said.get("textOriginal") or "") if isinstance(said, dict) else ""
        video = self._video(str(wish.get("videoId") or ""))
        if not text.strip():
            raise refusal(400, "Comment text is required.", reason="commentTextRequired")
        if len(text) > LONGEST:
            raise refusal(400, "The comment is too long.", reason="commentTextTooLong")
        comment = Comment(
            id=f"Ugx{self._world.key(23)}",
            channel=channel,
            video=video.id,
            text=text,
            created_at=self._world.now(),
        )
        self._world.comments[comment.id] = comment
        return web.json_response(entities.thread(self._world, comment, parts))

    async def _delete(self, request: web.Request) -> web.Response:
        caller(self._world, request, WRITE)
        if self._world.comments.pop(request.query.get("id", ""), None) is None:
            raise not_found("commentNotFound", "The specified comment could not be found.")
        return web.Response(status=204)

    def _video(self, key: str) -> Video:
        video = self._world.videos.get(key)
        if video is None:
            raise not_found(
                "videoNotFound", "The video identified by the videoId parameter could not be found."
            )
        kids = video.status.get("selfDeclaredMadeForKids") is True
        if kids or not self._world.manners.comments or video.privacy(self._world.now()) == "private":
            message = "The video identified by the videoId parameter has disabled comments."
            raise refusal(403, message, reason="commentsDisabled", domain="youtube.commentThread")
        return video
