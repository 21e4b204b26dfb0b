"""The pages at which a visitor reads what is on the pretend Facebook."""

from collections.abc import Sequence

from aiohttp import web

from hawker.connect.pretend_graph_media import kind_of
from hawker.connect.pretend_pages import Look, Shown, Visits, article, heading, linked, picture, video
from hawker.platforms.facebook.sandbox_world import Medium, Page, Post, World

LOOK = Look(
    "body{background:#f0f2f5;color:#080809}header,article{background:#fff;border-radius:12px}"
    "article{box-shadow:0 1px 2px #0002}a{color:#0064d1}"
    "@media(prefers-color-scheme:dark){body{background:#1c1c1d;color:#e2e5e9}"
    "header,article{background:#252728}a{color:#5aa7ff}}"
)
GONE = "This content isn't available right now"
LABELS = {"reel": "Reel", "story": "Story", "video": "Video", "comment": "Comment"}


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world
        self._visits = Visits()

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/www/media/{id}", self._file),
            web.get("/www/cover/{id}", self._cover),
            web.get("/www/{page}/videos/{id}", self._one),
            web.get("/www/stories/{page}/{id}", self._one),
            web.get("/www/reel/{id}", self._one),
            web.get("/www/{id}", self._any),
        ]

    async def _any(self, request: web.Request) -> web.Response:
        """The page of a handle or number, or one post."""
        name = request.match_info["id"]
        page = next((each for each in self._world.pages.values() if name in {each.id, each.handle}), None)
        return self._profile(page) if page else await self._one(request)

    def _profile(self, page: Page) -> web.Response:
        posts = [post for post in self._world.posts_of(page) if not post.parent]
        shown = "".join(self._article(post) for post in posts[::-1])
        return LOOK.page(
            page.handle, heading(page.handle, "Page · Bakery") + (shown or "<p>No posts yet.</p>")
        )

    async def _one(self, request: web.Request) -> web.Response:
        post = self._world.posts.get(request.match_info["id"])
        if post is None:
            raise LOOK.missing(GONE)
        self._visits.count(post.id)
        chain = [post, *self._world.comments_on(post.id)]
        return LOOK.page(f"{post.page.handle} | Facebook", "".join(self._article(each) for each in chain))

    async def _file(self, request: web.Request) -> web.Response:
        medium = self._world.media.get(request.match_info["id"])
        if medium is None:
            raise LOOK.missing(GONE)
        return web.Response(body=medium.content, content_type=medium.content_type or kind_of(medium.content))

    async def _cover(self, request: web.Request) -> web.Response:
        medium = self._world.media.get(request.match_info["id"])
        if medium is None or not medium.cover:
            raise LOOK.missing(GONE)
        return web.Response(body=medium.cover, content_type=kind_of(medium.cover))

    def _article(self, post: Post) -> str:
        site = self._world.site
        title = "".join(f"<h2>{linked(each.title, ())}</h2>" for each in post.media if each.title)
        card = f'<p><a href="{linked(post.link, ())}">{linked(post.link, ())}</a></p>' if post.link else ""
        made = ["Made with AI"] if any(each.ai for each in post.media) else []
        return article(
            Shown(
                name=post.page.handle,
                handle="",
                profile=f"{site}/{post.page.handle}",
                page=self._address(post),
                at=post.created_at,
                text=linked(post.text),
                media="".join(self._medium(each) for each in post.media),
                above=title,
                below=card,
                labels=(*([LABELS[post.kind]] if post.kind in LABELS else []), *made),
                figures=self._figures(post),
            )
        )

    def _figures(self, post: Post) -> tuple[str, ...]:
        if post.parent:
            return ()
        return self._visits.figures(post.id, comments=len(self._world.comments_on(post.id)))

    def _address(self, post: Post) -> str:
        paths = {
            "reel": f"reel/{post.id}",
            "video": f"{post.page.id}/videos/{post.id}",
            "story": f"stories/{post.page.id}/{post.id}",
            "comment": f"{post.parent}?comment_id={post.id}",
        }
        return f"{self._world.site}/{paths.get(post.kind, post.id)}"

    def _medium(self, medium: Medium) -> str:
        source = f"{self._world.site}/media/{medium.id}"
        if medium.kind == "photo":
            return picture(source, medium.alt)
        cover = picture(f"{self._world.site}/cover/{medium.id}", "") if medium.cover else ""
        return cover + video(source)
