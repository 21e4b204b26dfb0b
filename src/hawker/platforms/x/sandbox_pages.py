"""The pages at which a visitor reads what is on the pretend X."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.pretend import FORGOTTEN
from hawker.platforms.x.links import links
from hawker.platforms.x.sandbox_world import Person, Post, Upload, World

STYLE = """
:root { color-scheme: light dark; font: 16px/1.4 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 37rem; padding: 1rem; overflow-wrap: anywhere; }
article { border-bottom: 1px solid #8884; padding: 1rem 0; }
img, video { border-radius: 1rem; display: block; margin-top: .5rem; max-width: 100%; height: auto; }
figcaption, .meta { color: #71767b; font-size: .875rem; }
figure { margin: 0; }
.text { white-space: pre-wrap; }
a { color: #1d9bf0; }
input, button { font: inherit; padding: .4rem .8rem; }
"""


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
        return page(f"{person.handle} (@{person.handle})", shown or "<p>No posts yet.</p>")

    async def _one(self, request: web.Request) -> web.Response:
        person = self._person(request)
        post = self._world.posts.get(request.match_info["id"])
        if post is None or post.person.id != person.id:
            raise _nothing()
        above = self._world.posts.get(post.reply_to)
        chain = [*([above] if above else []), post, *self._world.replies_to(post.id)]
        return page(f"{person.handle} on X", "".join(self._article(each) for each in chain))

    async def _file(self, request: web.Request) -> web.Response:
        upload = self._world.uploads.get(request.match_info["id"])
        if upload is None:
            raise web.HTTPNotFound
        return web.Response(body=upload.content, content_type=upload.content_type)

    def _person(self, request: web.Request) -> Person:
        person = self._world.people.get(request.match_info["handle"])
        if person is None:
            raise _nothing()
        return person

    def _article(self, post: Post) -> str:
        name = escape(post.person.handle)
        profile = f"{self._world.site}/{name}"
        answers = "".join(f"<li>{escape(each)}</li>" for each in post.poll)
        labels = "".join(f" · {escape(label)}" for label in post.labels)
        return (
            f'<article><p><strong>{name}</strong> <a href="{profile}">@{name}</a></p>'
            f'<p class="text">{_linked(post.text)}</p>{f"<ul>{answers}</ul>" if answers else ""}'
            + "".join(self._medium(each) for each in post.uploads)
            + f'<p class="meta"><a href="{profile}/status/{post.id}">{post.created_at:%Y-%m-%d %H:%M} UTC</a>'
            f"{labels}</p></article>"
        )

    def _medium(self, upload: Upload) -> str:
        source = f"{self._world.site}/media/{escape(upload.person.handle)}/{upload.id}"
        if upload.category == "tweet_video":
            return f'<video src="{source}" controls></video>'
        alt = escape(upload.alt)
        return f'<figure><img src="{source}" alt="{alt}"><figcaption>{alt}</figcaption></figure>'


def _linked(text: str) -> str:
    parts, end = [], 0
    for link in links(text):
        there = link.url if "://" in link.url else f"http://{link.url}"
        parts += [escape(text[end : link.start]), f'<a href="{escape(there)}">{escape(link.url)}</a>']
        end = link.end
    return "".join([*parts, escape(text[end:])])


def page(title: str, body: str) -> web.Response:
    """`body` is HTML, `title` is text."""
    return web.Response(
        content_type="text/html",
        text='<!doctype html><html lang="en"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style><h1>{escape(title)}</h1>{body}</html>",
    )


def _nothing() -> web.HTTPException:
    answer = page("Hmm...this page doesn't exist.", f"<p>{FORGOTTEN}</p>")
    return web.HTTPNotFound(text=answer.text, content_type="text/html")
