"""The pretend YouTube's doors for bytes: resumable uploads of videos, and thumbnails."""

import re
from collections.abc import Sequence

from aiohttp import web

from hawker.connect.pretend_google_errors import refusal
from hawker.platforms.youtube import sandbox_entities as entities
from hawker.platforms.youtube.sandbox_call import ALL, UPLOAD, WRITE, caller, read_body, wanted
from hawker.platforms.youtube.sandbox_checks import (
    SNIPPET,
    STATUS,
    bad,
    check_snippet,
    check_status,
    missing,
    not_found,
    part_of,
)
from hawker.platforms.youtube.sandbox_world import Session, Video, World

PATH = "/upload/youtube/v3/videos"
PIECE = 262_144
BIGGEST, THUMBNAIL = 274_877_906_944, 50 * 2**20


class UploadRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.post(PATH, self._begin),
            web.put(PATH, self._take),
            web.post("/upload/youtube/v3/thumbnails/set", self._thumbnail),
        ]

    async def _begin(self, request: web.Request) -> web.Response:
        channel = caller(self._world, request, ALL, UPLOAD, WRITE)
        wanted(request, "video")
        if request.query.get("uploadType") != "resumable":
            raise bad("mediaBodyRequired", "The request does not include the video content.")
        body = await read_body(request)
        snippet, status = part_of(body, "snippet", SNIPPET), part_of(body, "status", STATUS)
        status = {"privacyStatus": "public", "license": "youtube", "embeddable": True, **status}
        check_snippet(snippet)
        check_status(status)
        if int(request.headers.get("X-Upload-Content-Length", "0")) > BIGGEST:
            raise bad("uploadTooLarge", "The video is too large.")
        session = Session(
            id=f"xa{self._world.key(24)}",
            channel=channel,
            snippet=snippet,
            status=status,
            content_type=request.headers.get("X-Upload-Content-Type", "application/octet-stream"),
            notifies=request.query.get("notifySubscribers", "true") != "false",
        )
        self._world.sessions[session.id] = session
        self._world.begun += 1
        query = f"uploadType=resumable&part={request.query['part']}&upload_id={session.id}"
        return web.Response(headers={"Location": f"{self._world.address}{PATH}?{query}"})

    async def _take(self, request: web.Request) -> web.Response:
        """A chunk, or the question how far it is. What came before a line broke is kept, in whole pieces."""
        session = self._world.sessions.get(request.query.get("upload_id", ""))
        if session is None:
            raise web.HTTPNotFound(text="Not Found")
        if "Authorization" in request.headers:
            caller(self._world, request, ALL, UPLOAD, WRITE)
        asked = re.fullmatch(r"bytes (?:(\d+)-(\d+)|\*)/(\d+)", request.headers.get("Content-Range", ""))
        if asked is None and "Content-Range" in request.headers:
            raise bad("badRequest", "Invalid Content-Range.")
        total = int(asked[3]) if asked else int(request.headers.get("Content-Length", "0"))
        if session.video is None and not (asked and asked[1] is None):
            await self._read(request, session, int(asked[1]) if asked else 0, total)
        if session.video is None and len(session.content) >= total > 0:
            self._world.finish(session)
        if session.video:
            return web.json_response(entities.video(self._world, session.video, ["snippet", "status"]))
        stored = {"Range": f"bytes=0-{len(session.content) - 1}"} if session.content else {}
        return web.Response(status=308, headers=stored)

    @staticmethod
    async def _read(request: web.Request, session: Session, start: int, total: int) -> None:
        length = int(request.headers.get("Content-Length", "0"))
        last = start + length == total
        if start > len(session.content) or (length % PIECE and not last) or not length:
            raise bad("badRequest", "Invalid request. The chunk does not fit to what is stored.")
        skip = len(session.content) - start
        try:
            async for piece in request.content.iter_any():
                session.heard += len(piece)
                session.content += piece[skip:] if skip else piece
                skip = max(skip - len(piece), 0)
        finally:
            if len(session.content) < total:
                del session.content[len(session.content) // PIECE * PIECE :]

    async def _thumbnail(self, request: web.Request) -> web.Response:
        channel = caller(self._world, request, ALL, UPLOAD, WRITE)
        if not request.query.get("videoId"):
            raise missing("videoId")
        video = self._video(channel.id, request.query["videoId"])
        if not self._world.manners.verified:
            message = (
                "The authenticated user doesn't have permissions to upload and set custom video thumbnails."
            )
            raise refusal(403, message, reason="forbidden", domain="youtube.thumbnail")
        content = await request.read()
        if not content:
            raise bad("mediaBodyRequired", "The request does not include the image content.")
        if len(content) > THUMBNAIL or not content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
            raise refusal(400, "The provided image content is invalid.", reason="invalidImage")
        video.thumbnail = content
        shown = entities.thumbnails(self._world, video)
        kind = "youtube#thumbnailSetResponse"
        return web.json_response({"kind": kind, "etag": entities.etag(shown), "items": [shown]})

    def _video(self, channel: str, key: str) -> Video:
        video = self._world.videos.get(key)
        if video is None or video.channel.id != channel:
            raise not_found(
                "videoNotFound", "The video that you are trying to insert a thumbnail for cannot be found."
            )
        return video
