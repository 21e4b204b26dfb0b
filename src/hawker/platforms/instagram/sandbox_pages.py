"""The pages at which a visitor reads what is on the pretend Instagram."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.pretend_pages import Look, Shown, Visits, article, heading, linked, picture
from hawker.platforms.instagram.sandbox_world import File, Post, Profile, World

LOOK = Look(
    "body{background:#fff;color:#000}article{border:1px solid #dbdbdb;border-radius:8px}a{color:#00376b}"
    ".row{display:flex;gap:4px;overflow-x:auto;scroll-snap-type:x mandatory}"
    ".row>*{flex:0 0 92%;margin:0;scroll-snap-align:center}.row>:only-child{flex-basis:100%}"
    "@media(prefers-color-scheme:dark){body{background:#000;color:#f5f5f5}article{border-color:#363636}"
    "a{color:#e0f1ff}}"
)
GONE = "Sorry, this page isn't available."


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world
        self._visits = Visits()

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/www/p/{code}/", self._one),
            web.get("/www/reel/{code}/", self._one),
            web.get("/www/stories/{handle}/{id}", self._story),
            web.get("/www/media/{id}/{place}", self._file),
            web.get("/www/{handle}", self._profile),
        ]

    async def _profile(self, request: web.Request) -> web.Response:
        profile = self._known(request)
        posts = self._world.posts_of(profile, "FEED", "REELS", "STORY")[::-1]
        shown = "".join(self._article(post) for post in posts)
        title = f"{profile.handle} (@{profile.handle})"
        return LOOK.page(
            title, heading(profile.handle, f"Posts: {len(posts)}") + (shown or "<p>No posts yet.</p>")
        )

    async def _one(self, request: web.Request) -> web.Response:
        code = request.match_info["code"]
        post = next((each for each in self._world.posts.values() if each.shortcode == code), None)
        if post is None:
            raise LOOK.missing(GONE)
        return self._page(post)

    async def _story(self, request: web.Request) -> web.Response:
        post = self._world.posts.get(request.match_info["id"])
        if post is None or post.owner.handle != request.match_info["handle"]:
            raise LOOK.missing(GONE)
        return self._page(post)

    def _page(self, post: Post) -> web.Response:
        self._visits.count(post.id)
        chain = [post, *self._world.comments_on(post.id)]
        return LOOK.page(f"{post.owner.handle} on Instagram", "".join(self._article(each) for each in chain))

    async def _file(self, request: web.Request) -> web.Response:
        post, place = self._world.posts.get(request.match_info["id"]), request.match_info["place"]
        if post and place == "cover" and post.cover:
            return web.Response(body=post.cover, content_type="image/jpeg")
        if post is None or not place.isdecimal() or int(place) >= len(post.files):
            raise web.HTTPNotFound
        file = post.files[int(place)]
        return web.Response(body=file.content, content_type=file.content_type)

    def _known(self, request: web.Request) -> Profile:
        handle = request.match_info["handle"]
        found = next((each for each in self._world.profiles.values() if each.handle == handle), None)
        if found is None:
            raise LOOK.missing(GONE)
        return found

    def _article(self, post: Post) -> str:
        media = "".join(self._medium(post, place, file) for place, file in enumerate(post.files))
        kinds = {"REELS": ("Reel",), "STORY": ("Story",), "COMMENT": ("Comment",)}
        shared = ("Not in the feed",) if post.kind == "REELS" and not post.in_feed else ()
        together = (f"with {', '.join(post.partners)}",) if post.partners else ()
        return article(
            Shown(
                name=post.owner.handle,
                handle="",
                profile=f"{self._world.site}/{post.owner.handle}",
                page=self._world.link(post),
                at=post.at,
                text=linked(post.text),
                above=f'<div class="row">{media}</div>' if len(post.files) > 1 else media,
                labels=(*kinds.get(post.kind, ()), *shared, *together),
                figures=self._figures(post),
            )
        )

    def _figures(self, post: Post) -> tuple[str, ...]:
        if post.kind == "COMMENT":
            return ()
        return self._visits.figures(post.id, comments=len(self._world.comments_on(post.id)))

    def _medium(self, post: Post, place: int, file: File) -> str:
        source = f"{self._world.site}/media/{post.id}/{place}"
        if not file.is_video:
            return picture(source, file.alt)
        cover = f' poster="{escape(self._world.site)}/media/{post.id}/cover"' if post.cover else ""
        return f'<video src="{escape(source)}"{cover} controls playsinline></video>'
