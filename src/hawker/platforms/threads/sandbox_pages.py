"""The pages at which a visitor reads what is on the pretend Threads."""

from collections.abc import Iterator, Sequence
from html import escape

from aiohttp import web

from hawker.connect.pretend_pages import Look, Shown, Visits, article, heading, linked, picture, video
from hawker.platforms.threads.sandbox_world import Medium, Person, Post, World

LOOK = Look(
    "body{background:#fafafa;color:#000}header,article{background:#fff;border-radius:16px}"
    "article{border:1px solid #0002}a{color:#0057b8}details{margin:6px 0}"
    ".poll li{list-style:none;border:1px solid #0003;border-radius:10px;padding:6px 12px;margin:4px 0}"
    ".poll{padding:0}blockquote{margin:8px 0;padding:8px 12px;border:1px solid #0002;border-radius:12px}"
    "@media(prefers-color-scheme:dark){body{background:#0a0a0a;color:#f3f5f7}"
    "header,article{background:#181818}article{border-color:#fff3}a{color:#8ab8ff}}"
)
GONE = "Sorry, this page isn't available"
AUDIENCES = {
    "accounts_you_follow": "Profiles you follow can reply",
    "followers_only": "Your followers can reply",
    "mentioned_only": "Profiles you mention can reply",
    "parent_post_author_only": "The author of the post above can reply",
}


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world
        self._visits = Visits()

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [
            web.get("/www/media/{id}", self._file),
            web.get("/www/@{handle}/post/{code}", self._one),
            web.get("/www/@{handle}", self._profile),
        ]

    async def _profile(self, request: web.Request) -> web.Response:
        handle = request.match_info["handle"]
        person = next((each for each in self._world.people.values() if each.handle == handle), None)
        if person is None:
            raise LOOK.missing(GONE)
        shown = "".join(self._chain(person)) or "<p>No threads yet.</p>"
        return LOOK.page(f"{handle} • Threads", heading(handle, f"@{handle}") + shown)

    def _chain(self, person: Person) -> Iterator[str]:
        """The newest post first, each with what its author wrote below it."""
        for post in reversed(self._world.posts_of(person)):
            if not post.parent:
                own = [each for each in self._world.below(post.id) if each.owner == person]
                yield from (self._article(each) for each in (post, *own))

    async def _one(self, request: web.Request) -> web.Response:
        code = request.match_info["code"]
        post = next((each for each in self._world.posts.values() if each.shortcode == code), None)
        if post is None:
            raise LOOK.missing(GONE)
        self._visits.count(post.id)
        below = [each for each in self._world.below(post.id) if not each.is_hidden]
        chain = [*self._above(post), post, *below]
        return LOOK.page(f"{post.owner.handle} on Threads", "".join(self._article(each) for each in chain))

    def _above(self, post: Post) -> list[Post]:
        parent = self._world.posts.get(post.parent)
        return [*self._above(parent), parent] if parent else []

    async def _file(self, request: web.Request) -> web.Response:
        medium = self._world.media.get(request.match_info["id"])
        if medium is None:
            raise LOOK.missing(GONE)
        return web.Response(body=medium.content, content_type=medium.content_type or "text/plain")

    def _article(self, post: Post) -> str:
        above = f'<p class="topic"><small>› {escape(post.topic)}</small></p>' if post.topic else ""
        text, media = linked(post.text), "".join(self._medium(each) for each in post.media)
        answered = ["Reply"] if post.parent else []
        return article(
            Shown(
                name=post.owner.handle,
                handle="",
                profile=f"{self._world.site}/@{post.owner.handle}",
                page=self._world.address_of(post),
                at=post.created_at,
                text=_hidden(text) if post.hides_text else text,
                media=_hidden(media) if post.hides_media else media,
                above=above,
                below=_poll(post) + _card(post) + self._quoted(post),
                labels=(*answered, *([AUDIENCES[post.audience]] if post.audience in AUDIENCES else [])),
                figures=self._visits.figures(post.id),
            )
        )

    def _medium(self, medium: Medium) -> str:
        source = f"{self._world.site}/media/{medium.id}"
        if not medium.is_video:
            return picture(source, medium.alt)
        caption = f"<figcaption>{escape(medium.alt)}</figcaption>" if medium.alt else ""
        return f"<figure>{video(source)}{caption}</figure>"

    def _quoted(self, post: Post) -> str:
        other = self._world.posts.get(post.quoted or post.reposted)
        if other is None:
            return ""
        return f"<blockquote><b>{escape(other.owner.handle)}</b><br>{linked(other.text)}</blockquote>"


def _hidden(inside: str) -> str:
    return f"<details><summary>Spoiler</summary>{inside}</details>"


def _poll(post: Post) -> str:
    answers = "".join(f"<li>{escape(answer)}</li>" for answer in post.poll.values())
    return f'<ul class="poll">{answers}</ul>' if answers else ""


def _card(post: Post) -> str:
    return f'<p><a href="{escape(post.link)}">{escape(post.link)}</a></p>' if post.link else ""
