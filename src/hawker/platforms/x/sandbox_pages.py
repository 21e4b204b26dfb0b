"""The pages at which a visitor reads what is on the pretend X."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.pretend_pages import Look, Shown, article, heading, linked, picture, video
from hawker.platforms.x.links import links
from hawker.platforms.x.sandbox_world import Person, Post, Upload, World

LOOK = Look(
    "body{background:#fff;color:#0f1419}article{border-bottom:1px solid #cfd9de}a{color:#1d9bf0}"
    "@media(prefers-color-scheme:dark){body{background:#000;color:#e7e9ea}article{border-color:#2f3336}}"
)
GONE = "Hmm...this page doesn't exist."


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/x.com/{handle}", self._profile),
            web.get("/x.com/{handle}/status/{id}", self._one),
            web.get("/x.com/media/{handle}/{id}", self._file),
        ]

    async def _profile(self, request: web.Request) -> web.Response:
        person = self._person(request)
        shown = "".join(self._article(post) for post in self._world.posts_of(person)[::-1])
        title = f"{person.handle} (@{person.handle})"
        return LOOK.page(title, heading(title) + (shown or "<p>No posts yet.</p>"))

    async def _one(self, request: web.Request) -> web.Response:
        person = self._person(request)
        post = self._world.posts.get(request.match_info["id"])
        if post is None or post.person.id != person.id:
            raise LOOK.missing(GONE)
        above = self._world.posts.get(post.reply_to)
        chain = [*([above] if above else []), post, *self._world.replies_to(post.id)]
        return LOOK.page(f"{person.handle} on X", "".join(self._article(each) for each in chain))

    async def _file(self, request: web.Request) -> web.Response:
        upload = self._world.uploads.get(request.match_info["id"])
        if upload is None:
            raise web.HTTPNotFound
        return web.Response(body=upload.content, content_type=upload.content_type)

    def _person(self, request: web.Request) -> Person:
        person = self._world.people.get(request.match_info["handle"])
        if person is None:
            raise LOOK.missing(GONE)
        return person

    def _article(self, post: Post) -> str:
        name = post.person.handle
        profile = f"{self._world.site}/{name}"
        answers = "".join(f"<li>{escape(each)}</li>" for each in post.poll)
        return article(
            Shown(
                name=name,
                handle=f"@{name}",
                profile=profile,
                page=f"{profile}/status/{post.id}",
                at=post.created_at,
                text=linked(post.text, _links(post.text)),
                media="".join(self._medium(each) for each in post.uploads),
                below=f"<ul>{answers}</ul>" if answers else "",
                labels=post.labels,
            )
        )

    def _medium(self, upload: Upload) -> str:
        source = f"{self._world.site}/media/{upload.person.handle}/{upload.id}"
        return video(source) if upload.category == "tweet_video" else picture(source, upload.alt)


def _links(text: str) -> list[tuple[int, int, str]]:
    return [(each.start, each.end, _target(each.url)) for each in links(text)]


def _target(url: str) -> str:
    return url if "://" in url else f"http://{url}"
