"""The pages at which a visitor reads what is on the pretend Mastodon."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.pretend import FORGOTTEN
from hawker.platforms.mastodon.sandbox_html import as_html
from hawker.platforms.mastodon.sandbox_world import Person, Post, Upload, World

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 36rem; padding: 1rem; overflow-wrap: anywhere; }
article { border-bottom: 1px solid #8884; padding: 1rem 0; }
img { border-radius: .5rem; display: block; margin-top: .5rem; max-width: 100%; height: auto; }
figcaption, .meta { color: #777; font-size: .875rem; }
figure { margin: 0; }
a { color: #6364ff; }
.invisible { display: none; }
.ellipsis::after { content: "…"; }
input, button { font: inherit; padding: .4rem .8rem; }
"""


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.get("/@{handle}", self._profile), web.get("/@{handle}/{id}", self._one)]

    async def _profile(self, request: web.Request) -> web.Response:
        person = self._person(request)
        posts = [post for post in self._world.posts_of(person)[::-1] if post.is_open()]
        shown = "".join(self._article(post) for post in posts) or "<p>No posts here!</p>"
        return page(f"{person.handle} (@{person.handle}@{self._world.host})", shown)

    async def _one(self, request: web.Request) -> web.Response:
        person = self._person(request)
        post = self._world.posts.get(request.match_info["id"])
        if post is None or post.person != person or not post.is_open():
            raise _nothing()
        above = self._world.posts.get(post.reply_to)
        replies = [reply for reply in self._world.replies_to(post.id) if reply.is_open()]
        shown = "".join(self._article(each) for each in ([above] if above else []) + [post, *replies])
        return page(f"Post by {person.handle}", shown, language=post.language)

    def _person(self, request: web.Request) -> Person:
        person = self._world.people.get(request.match_info["handle"])
        if person is None:
            raise _nothing()
        return person

    def _article(self, post: Post) -> str:
        name = escape(post.person.handle)
        profile = f"{self._world.address}/@{name}"
        body = as_html(self._world, post.text) + "".join(self._picture(each) for each in post.uploads)
        if post.warning:
            body = f"<details><summary>{escape(post.warning)}</summary>{body}</details>"
        return (
            f'<article lang="{escape(post.language)}"><p><strong>{name}</strong>'
            f' <a href="{profile}">@{name}@{escape(self._world.host)}</a></p>{body}'
            f'<p class="meta"><a href="{profile}/{post.id}">{post.created_at:%Y-%m-%d %H:%M} UTC</a>'
            f" · {escape(post.visibility)}</p></article>"
        )

    def _picture(self, upload: Upload) -> str:
        alt = escape(upload.description)
        source = f"{self._world.address}/media/{upload.id}"
        return (
            f'<figure><img src="{source}" alt="{alt}" width="{upload.width}" height="{upload.height}">'
            f"<figcaption>{alt}</figcaption></figure>"
        )


def page(title: str, body: str, *, language: str = "en") -> web.Response:
    """`body` is HTML, `title` is text."""
    return web.Response(
        content_type="text/html",
        text=f'<!doctype html><html lang="{escape(language or "en")}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style><h1>{escape(title)}</h1>{body}</html>",
    )


def _nothing() -> web.HTTPException:
    answer = page("The page you are looking for isn't here.", f"<p>{FORGOTTEN}</p>")
    return web.HTTPNotFound(text=answer.text, content_type="text/html")
