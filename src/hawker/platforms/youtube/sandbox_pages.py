"""The pages at which a visitor watches what is on the pretend YouTube."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect import pretend_pages
from hawker.connect.pretend_pages import Look, Shown, article, heading, linked
from hawker.platforms.youtube.sandbox_world import Channel, Comment, Video, World

LOOK = Look(
    "body{background:#fff;color:#0f0f0f}main{max-width:44rem}h2{font-size:20px;margin:10px 0 4px}"
    "video{width:100%;max-height:26rem;background:#000;border-radius:12px}article{padding:12px 0}"
    "article+article{border-top:1px solid #e5e5e5}a{color:#065fd4}.text{background:#f2f2f2;padding:10px 12px;"
    "border-radius:12px}@media(prefers-color-scheme:dark){body{background:#0f0f0f;color:#f1f1f1}"
    ".text{background:#272727}a{color:#3ea6ff}article+article{border-color:#3f3f3f}}"
)
LABELS = {"unlisted": "Unlisted", "private": "Private"}


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/www/watch", self._watch),
            web.get("/www/shorts/{id}", self._watch),
            web.get("/www/channel/{id}", self._channel),
            web.get("/www/@{handle}", self._channel),
            web.get("/www/file/{id}", self._file),
            web.get("/www/thumbnail/{id}", self._thumbnail),
        ]

    async def _channel(self, request: web.Request) -> web.Response:
        wanted = request.match_info.get("id", ""), request.match_info.get("handle", "")
        found = [
            each for each in self._world.channels.values() if each.id == wanted[0] or each.handle == wanted[1]
        ]
        if not found:
            raise LOOK.missing("This page isn't available.")
        now = self._world.now()
        videos = [video for video in self._world.on(found[0]) if video.privacy(now) == "public"]
        shown = "".join(self._article(video) for video in videos[::-1]) or "<p>No videos yet.</p>"
        return LOOK.page(found[0].handle, heading(found[0].handle, f"@{found[0].handle}") + shown)

    async def _watch(self, request: web.Request) -> web.Response:
        video = self._world.videos.get(request.match_info.get("id") or request.query.get("v", ""))
        if video is None:
            raise LOOK.missing("Video unavailable")
        if video.privacy(self._world.now()) == "private":
            return LOOK.page("Private video", heading("Private video", "Only its owner can watch it."))
        self._world.visits.count(video.id)
        comments = "".join(self._comment(each) for each in self._world.under(video.id)[::-1])
        below = f"<h2>Comments</h2>{comments}" if comments else ""
        return LOOK.page(
            video.text("title"), self._article(video) + below, language=video.text("defaultLanguage")
        )

    async def _file(self, request: web.Request) -> web.Response:
        video = self._shown(request)
        return web.Response(body=video.content, content_type=video.content_type)

    async def _thumbnail(self, request: web.Request) -> web.Response:
        video = self._shown(request)
        if not video.thumbnail:
            raise web.HTTPNotFound
        kind = "image/png" if video.thumbnail.startswith(b"\x89PNG") else "image/jpeg"
        return web.Response(body=video.thumbnail, content_type=kind)

    def _shown(self, request: web.Request) -> Video:
        video = self._world.videos.get(request.match_info["id"])
        if video is None or video.privacy(self._world.now()) == "private":
            raise web.HTTPNotFound
        return video

    def _article(self, video: Video) -> str:
        site = self._world.site
        privacy, short = video.privacy(self._world.now()), video.film.is_short
        poster = f' poster="{site}/thumbnail/{video.id}"' if video.thumbnail else ""
        film = pretend_pages.video(f"{site}/file/{video.id}").replace("<video", f"<video{poster}", 1)
        tags = video.snippet.get("tags")
        labels = (
            *(("Short",) if short else ()),
            *((LABELS[privacy],) if privacy in LABELS else ()),
            *(("Made for kids",) if video.status.get("selfDeclaredMadeForKids") else ()),
            *(("Altered or synthetic content",) if video.status.get("containsSyntheticMedia") else ()),
            *((f"Tags: {', '.join(str(tag) for tag in tags)}",) if isinstance(tags, list) else ()),
        )
        return article(
            Shown(
                name=video.channel.handle,
                handle=f"@{video.channel.handle}",
                profile=self._profile(video.channel),
                page=f"{site}/shorts/{video.id}" if short else f"{site}/watch?v={video.id}",
                at=video.created_at,
                above=f"{film}<h2>{escape(video.text('title'))}</h2>",
                text=linked(video.text("description")),
                language=video.text("defaultLanguage"),
                labels=labels,
                figures=self._world.visits.figures(video.id, comments=len(self._world.under(video.id))),
            )
        )

    def _profile(self, channel: Channel) -> str:
        return f"{self._world.site}/@{channel.handle}"

    def _comment(self, comment: Comment) -> str:
        site = self._world.site
        return article(
            Shown(
                name=comment.channel.handle,
                handle=f"@{comment.channel.handle}",
                profile=self._profile(comment.channel),
                page=f"{site}/watch?v={comment.video}&lc={comment.id}",
                at=comment.created_at,
                text=linked(comment.text),
            )
        )
