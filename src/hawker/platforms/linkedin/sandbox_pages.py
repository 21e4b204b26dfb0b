"""The pages at which a visitor reads what is on the pretend LinkedIn."""

from collections.abc import Mapping, Sequence
from html import escape

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_pages import Look, Shown, Visits, article, heading, linked, picture, video
from hawker.platforms.linkedin.sandbox_world import Comment, Post, Somebody, Upload, World

LOOK = Look(
    "body{background:#f4f2ee;color:#191919}header,article{background:#fff;border:1px solid #0002;"
    "border-radius:8px}a{color:#0a66c2}.card{border:1px solid #0003;border-radius:8px;padding:8px 12px}"
    ".poll{padding:0}.poll li{list-style:none;border:1px solid #0a66c2;border-radius:16px;padding:6px 12px;"
    "margin:6px 0}@media(prefers-color-scheme:dark){body{background:#1b1f23;color:#e8e8e8}"
    "header,article{background:#22272b;border-color:#fff3}a{color:#71b7fb}}"
)
GONE = "This post cannot be displayed"


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world
        self._visits = Visits()

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/www/company/{handle}", self._profile),
            web.get("/www/in/{handle}", self._profile),
            web.get("/www/feed/update/{urn}", self._one),
            web.get("/www/media/{number}", self._file),
        ]

    async def _profile(self, request: web.Request) -> web.Response:
        handle = request.match_info["handle"]
        if handle not in self._world.handles:
            raise LOOK.missing("This page doesn't exist")
        is_page = "/company/" in request.path
        who = self._world.page(handle) if is_page else self._world.member(handle)
        posts = [self._post(post) for post in self._world.posts_of(who)[::-1]]
        shown = "".join(posts) or "<p>No posts yet.</p>"
        return LOOK.page(f"{who.name} | LinkedIn", heading(who.name, who.path) + shown)

    async def _one(self, request: web.Request) -> web.Response:
        post = self._world.posts.get(request.match_info["urn"])
        if post is None:
            raise LOOK.missing(GONE)
        self._visits.count(post.urn)
        below = "".join(self._comment(each) for each in self._world.comments_on(post.urn))
        return LOOK.page(f"{post.author.name} on LinkedIn", self._post(post) + below)

    async def _file(self, request: web.Request) -> web.Response:
        number = request.match_info["number"]
        found = next((each for each in self._world.uploads.values() if each.number == number), None)
        if found is None:
            raise LOOK.missing(GONE)
        return web.Response(body=found.content, content_type=found.content_type or "text/plain")

    def _post(self, post: Post) -> str:
        labels = ("Members only",) if post.wish.get("visibility") == "LOGGED_IN" else ()
        media = "".join(self._medium(*each, post.content) for each in post.uploads)
        return article(
            Shown(
                name=post.author.name,
                handle="",
                profile=self._address(post.author),
                page=f"{self._world.site}/feed/update/{post.urn}",
                at=post.created_at,
                text=linked(post.text),
                media=media,
                below=self._card(post.content) + _poll(post.content),
                labels=labels,
                figures=self._visits.figures(post.urn, comments=len(self._world.comments_on(post.urn))),
            )
        )

    def _comment(self, comment: Comment) -> str:
        return article(
            Shown(
                name=comment.author.name,
                handle="",
                profile=self._address(comment.author),
                page=f"{self._world.site}/feed/update/{comment.under}",
                at=comment.created_at,
                text=linked(comment.text),
                labels=("Comment",),
            )
        )

    def _address(self, who: Somebody) -> str:
        return f"{self._world.site}/{who.path}"

    def _medium(self, upload: Upload, alt: str, content: Mapping[str, Json]) -> str:
        source = f"{self._world.site}/media/{upload.number}"
        if upload.kind == "image":
            return picture(source, alt)
        if upload.kind == "video":
            return f"<figure>{video(source)}</figure>"
        about = content.get("media")
        title = str(about.get("title", "")) if isinstance(about, dict) else ""
        return f'<p class="card"><a href="{escape(source)}">{escape(title)} (PDF)</a></p>'

    def _card(self, content: Mapping[str, Json]) -> str:
        about = content.get("article")
        if not isinstance(about, dict):
            return ""
        source, title = escape(str(about["source"])), escape(str(about["title"]))
        upload = self._world.uploads.get(str(about.get("thumbnail", "")))
        shown = picture(f"{self._world.site}/media/{upload.number}", "") if upload else ""
        told = escape(str(about.get("description", "")))
        return (
            f'<div class="card">{shown}<a href="{source}"><b>{title}</b></a><br><small>{told}</small></div>'
        )


def _poll(content: Mapping[str, Json]) -> str:
    poll = content.get("poll")
    if not isinstance(poll, dict):
        return ""
    options = poll["options"] if isinstance(poll["options"], list) else []
    answers = "".join(f"<li>{escape(str(each['text']))}</li>" for each in options if isinstance(each, dict))
    return f'<p><b>{escape(str(poll["question"]))}</b></p><ul class="poll">{answers}</ul>'
