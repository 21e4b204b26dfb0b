"""The pages at which a visitor reads what is on the pretend Mastodon."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.pretend_pages import Look, Shown, article, heading, picture, video
from hawker.platforms.mastodon.sandbox_html import as_html
from hawker.platforms.mastodon.sandbox_world import Person, Post, Upload, World

LOOK = Look(
    "body{background:#fff;color:#1f232b}article{border-bottom:1px solid #c8ccd4}a{color:#6364ff}"
    ".text{white-space:normal}.invisible{display:none}.ellipsis::after{content:'…'}"
)
GONE = "The page you are looking for isn't here."


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.get("/@{handle}", self._profile), web.get("/@{handle}/{id}", self._one)]

    async def _profile(self, request: web.Request) -> web.Response:
        person = self._person(request)
        posts = [post for post in self._world.posts_of(person)[::-1] if post.is_open()]
        shown = "".join(self._article(post) for post in posts) or "<p>No posts here!</p>"
        title = f"{person.handle} (@{person.handle}@{self._world.host})"
        return LOOK.page(title, heading(title) + shown)

    async def _one(self, request: web.Request) -> web.Response:
        person = self._person(request)
        post = self._world.posts.get(request.match_info["id"])
        if post is None or post.person != person or not post.is_open():
            raise LOOK.missing(GONE)
        above = self._world.posts.get(post.reply_to)
        replies = [reply for reply in self._world.replies_to(post.id) if reply.is_open()]
        shown = "".join(self._article(each) for each in ([above] if above else []) + [post, *replies])
        return LOOK.page(f"Post by {person.handle}", shown, language=post.language)

    def _person(self, request: web.Request) -> Person:
        person = self._world.people.get(request.match_info["handle"])
        if person is None:
            raise LOOK.missing(GONE)
        return person

    def _article(self, post: Post) -> str:
        name = post.person.handle
        profile = f"{self._world.address}/@{name}"
        text, media = as_html(self._world, post.text), "".join(self._picture(each) for each in post.uploads)
        if post.warning:
            text = f"<details><summary>{escape(post.warning)}</summary>{text}{media}</details>"
        return article(
            Shown(
                name=name,
                handle=f"@{name}@{self._world.host}",
                profile=profile,
                page=f"{profile}/{post.id}",
                at=post.created_at,
                text=text,
                media="" if post.warning else media,
                language=post.language,
                labels=(post.visibility,),
            )
        )

    def _picture(self, upload: Upload) -> str:
        source = f"{self._world.address}/media/{upload.id}"
        is_video = upload.content_type.startswith("video/")
        return video(source) if is_video else picture(source, upload.description)
