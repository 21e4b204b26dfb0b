"""The pretend YouTube's videos: listed, changed, deleted."""

from collections.abc import Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_google_errors import refusal
from hawker.platforms.youtube import sandbox_entities as entities
from hawker.platforms.youtube.sandbox_call import ALL, READ, WRITE, caller, read_body, wanted
from hawker.platforms.youtube.sandbox_checks import (
    SNIPPET,
    STATUS,
    check_snippet,
    check_status,
    missing,
    not_found,
    part_of,
)
from hawker.platforms.youtube.sandbox_world import Channel, Video, World

# What YouTube itself knows of a status, and no update erases.
OWN = ("uploadStatus", "failureReason", "rejectionReason")


class VideoRoom:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/youtube/v3/videos", self._list),
            web.put("/youtube/v3/videos", self._update),
            web.delete("/youtube/v3/videos", self._delete),
        ]

    async def _list(self, request: web.Request) -> web.Response:
        channel = caller(self._world, request, ALL, READ, WRITE)
        parts, ids = wanted(request, "video"), request.query.get("id", "").split(",")
        if ids == [""]:
            raise refusal(
                400, "No filter selected.", reason="missingRequiredParameter", domain="youtube.parameter"
            )
        found = [
            video for key in ids if (video := self._world.videos.get(key)) and self._sees(channel, video)
        ]
        for video in found:
            if video.status["uploadStatus"] == "uploaded":
                video.status["uploadStatus"] = "uploaded" if video.works else "processed"
                video.works = max(video.works - 1, 0)
        items = [entities.video(self._world, video, parts) for video in found]
        return web.json_response(entities.listed("video", items, total=len(items), each=len(items)))

    def _sees(self, channel: Channel, video: Video) -> bool:
        return video.channel.id == channel.id or video.privacy(self._world.now()) != "private"

    async def _update(self, request: web.Request) -> web.Response:
        """A part that is named is replaced, so that what is not sent is gone."""
        channel = caller(self._world, request, ALL, WRITE)
        parts, body = wanted(request, "video"), await read_body(request)
        video = self._own(channel, str(body.get("id") or ""))
        if "snippet" in parts:
            snippet = part_of(body, "snippet", SNIPPET)
            if not snippet.get("categoryId"):
                raise missing("snippet.categoryId")
            check_snippet(snippet)
            video.snippet = snippet
        if "status" in parts:
            self._change(video, part_of(body, "status", STATUS))
        return web.json_response(entities.video(self._world, video, parts))

    def _change(self, video: Video, status: dict[str, Json]) -> None:
        check_status(status)
        hidden = status.get("privacyStatus") == "private" and "publishAt" not in status
        if not self._world.manners.audited and not hidden:
            if self._world.manners.says_no:
                raise refusal(403, "Forbidden", reason="forbidden", domain="youtube.video")
            status = {**status, "privacyStatus": "private"}
            status.pop("publishAt", None)
        else:
            video.settled = True
        kept = {name: video.status[name] for name in OWN if name in video.status}
        video.status = {"privacyStatus": "public", **kept, **status}

    async def _delete(self, request: web.Request) -> web.Response:
        channel = caller(self._world, request, ALL, WRITE)
        del self._world.videos[self._own(channel, request.query.get("id", "")).id]
        return web.Response(status=204)

    def _own(self, channel: Channel, key: str) -> Video:
        video = self._world.videos.get(key)
        if video is None:
            raise not_found("videoNotFound", "The video that you are trying to change cannot be found.")
        if video.channel.id != channel.id:
            raise refusal(403, "Forbidden", reason="forbidden", domain="youtube.video")
        return video
