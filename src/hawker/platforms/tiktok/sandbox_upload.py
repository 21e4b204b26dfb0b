"""The door of the pretend TikTok for the bytes of videos (Media Transfer Guide, 2026-11-05)."""

import re
from collections.abc import Sequence

from aiohttp import web

from hawker.platforms.tiktok import sandbox_checks as checks
from hawker.platforms.tiktok.sandbox_world import Post, World

TYPES = {"video/mp4", "video/quicktime", "video/webm"}


class UploadRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.put("/video/", self._take)]

    def post_of(self, request: web.Request) -> Post | None:
        upload = request.query.get("upload_id", "")
        return next((post for post in self._world.posts.values() if post.publish_id.endswith(upload)), None)

    def is_last(self, request: web.Request) -> bool:
        """Whether this is the chunk after which the post goes out."""
        place = re.fullmatch(r"bytes \d+-(\d+)/(\d+)", request.headers.get("Content-Range", ""))
        return place is not None and int(place[1]) + 1 == int(place[2])

    async def _take(self, request: web.Request) -> web.Response:
        post = self.post_of(request) if request.query.get("upload_id") else None
        if post is None:
            raise web.HTTPNotFound(text="The upload does not exist.")
        if self._world.now() > post.at + self._world.manners.life:
            raise web.HTTPForbidden(text="The upload url has expired.")
        content = await request.read()
        place = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", request.headers.get("Content-Range", ""))
        if place is None or request.content_type not in TYPES or int(place[3]) != post.size:
            raise web.HTTPBadRequest(text="The headers of the chunk are invalid.")
        start, end = int(place[1]), int(place[2]) + 1
        if start != len(post.content) or end - start != len(content) or not _fits(post, start, end):
            raise web.HTTPRequestRangeNotSatisfiable(text="The chunk is not the next one.")
        post.content += content
        post.content_type = request.content_type
        return self._progress(post)

    def _progress(self, post: Post) -> web.Response:
        done = len(post.content)
        headers = {"Content-Range": f"bytes 0-{done - 1}/{post.size}"}
        if done < post.size:
            return web.Response(status=206, headers=headers)
        content = bytes(post.content)
        trouble = self._world.manners.fails or checks.trouble_of_video(self._world, content)
        if trouble:
            self._world.fail(post, trouble)
        else:
            post.files = (checks.file_of(content),)
            self._world.finish(post)
        return web.Response(status=201, headers=headers)


def _fits(post: Post, start: int, end: int) -> bool:
    """Chunks have one size; the last takes what is left over."""
    last = start // post.chunk == post.count - 1
    return start % post.chunk == 0 and end == (post.size if last else start + post.chunk)
