"""The pages at which a visitor reads what is on the pretend TikTok."""

from collections.abc import Sequence

from aiohttp import web

from hawker.connect.pretend_pages import Look, Shown, article, heading, linked, picture, video
from hawker.platforms.tiktok.sandbox_world import PUBLIC, Person, Post, World

LOOK = Look(
    "body{background:#fff;color:#161823}article{border-bottom:1px solid #e3e3e4}a{color:#161823}"
    "video{max-height:75vh;background:#000}.row{display:flex;gap:4px;overflow-x:auto}.row>*{flex:0 0 88%}"
    ".row>:only-child{flex-basis:100%}"
    "@media(prefers-color-scheme:dark){body{background:#121212;color:#f6f6f6}a{color:#f6f6f6}"
    "article{border-color:#333}}"
)
GONE = "Couldn't find this page"


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/www/@{handle}", self._profile),
            web.get("/www/@{handle}/{kind:video|photo}/{id}", self._one),
            web.get("/www/media/{id}/{place}", self._file),
        ]

    async def _profile(self, request: web.Request) -> web.Response:
        person = self._person(request)
        shown = "".join(self._article(post) for post in self._world.posts_of(person)[::-1])
        return LOOK.page(
            f"@{person.handle}", heading(f"@{person.handle}") + (shown or "<p>No content yet.</p>")
        )

    async def _one(self, request: web.Request) -> web.Response:
        person = self._person(request)
        return LOOK.page(f"@{person.handle} on TikTok", self._article(self._post(request, person)))

    async def _file(self, request: web.Request) -> web.Response:
        place = request.match_info["place"]
        post = next(
            (each for each in self._world.posts.values() if each.key == request.match_info["id"]), None
        )
        if post is None or not place.isdecimal() or int(place) >= len(post.files):
            raise web.HTTPNotFound
        file = post.files[int(place)]
        return web.Response(body=file.content, content_type=file.content_type)

    def _person(self, request: web.Request) -> Person:
        person = self._world.people.get(request.match_info["handle"])
        if person is None:
            raise LOOK.missing(GONE)
        return person

    def _post(self, request: web.Request, person: Person) -> Post:
        for post in self._world.posts_of(person):
            if post.id == request.match_info["id"] and post.kind == request.match_info["kind"]:
                return post
        raise LOOK.missing(GONE)

    def _article(self, post: Post) -> str:
        profile = f"{self._world.site}/@{post.person.handle}"
        page = f"{profile}/{post.kind}/{post.id}" if post.id else profile
        media = "".join(self._medium(post, place) for place in range(len(post.files)))
        return article(
            Shown(
                name=post.person.handle,
                handle="",
                profile=profile,
                page=page,
                at=post.at,
                text=linked(post.text),
                above=media if post.kind == "video" else f'<div class="row">{media}</div>',
                labels=tuple(_labels(post)),
            )
        )

    def _medium(self, post: Post, place: int) -> str:
        source = f"{self._world.site}/media/{post.key}/{place}"
        return video(source) if post.kind == "video" else picture(source, "")


def _labels(post: Post) -> Sequence[str]:
    """As the pretend network has no log-in, everyone sees what only its author would."""
    info = post.info
    said = {
        "Draft in the inbox": not post.direct,
        "Not public": post.direct and info.get("privacy_level") != PUBLIC,
        "Paid partnership": bool(info.get("brand_content_toggle")),
        "Promotional content": bool(info.get("brand_organic_toggle")),
        "Creator labeled as AI-generated": bool(info.get("is_aigc")),
        "Comments are off": post.direct and bool(info.get("disable_comment")),
    }
    return [label for label, holds in said.items() if holds]
