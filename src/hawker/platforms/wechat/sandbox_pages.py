"""The pages at which a visitor reads what is on the pretend WeChat."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.pretend_pages import Look, Shown, article, heading, linked, picture
from hawker.platforms.wechat.sandbox_drafts import words_of
from hawker.platforms.wechat.sandbox_world import Account, Article, World

LOOK = Look(
    "body{background:#ededed;color:#191919}header,article{background:#fff;border-radius:6px}a{color:#576b95}"
    "article p{margin:0 0 .6em}img{border-radius:2px}"
)


class Pages:
    """`address`: where they are served."""

    def __init__(self, address: str, world: World) -> None:
        self._address = address
        self._world = world

    def routes(self) -> Sequence[web.RouteDef]:
        return [
            web.get("/", self._all),
            web.get("/s/{sn}", self._post),
            web.get("/mmbiz/{name}", self._picture),
        ]

    async def _all(self, request: web.Request) -> web.Response:
        """One page for all accounts, the latest post first."""
        posts = [(post, account) for account in self._world.accounts.values() for post in account.posts]
        posts.sort(key=lambda each: each[0].date, reverse=True)
        body = "".join(self._article(account, post) for post, account in posts)
        return LOOK.page("公众号", heading("公众号") + body, language="zh-Hans")

    async def _post(self, request: web.Request) -> web.Response:
        found = self._world.shown(request.match_info["sn"])
        if found is None:
            raise LOOK.missing("This article is not here.")
        return LOOK.page(str(found[1].fields.get("title") or found[0].handle), self._article(*found))

    async def _picture(self, request: web.Request) -> web.Response:
        file = self._world.file(request.match_info["name"])
        if file is None:
            raise LOOK.missing("This picture is not here.")
        return web.Response(body=file.data, content_type=file.content_type)

    def _article(self, account: Account, post: Article) -> str:
        title, author = post.fields.get("title"), post.fields.get("author")
        is_news = post.fields.get("article_type") == "news"
        content = str(post.fields.get("content") or "")
        return article(
            Shown(
                name=account.handle,
                handle=str(author or ""),
                profile=f"{self._address}/",
                page=f"{self._address}/s/{post.sn}",
                at=post.date,
                above=f"<h2>{escape(str(title))}</h2>" if title else "",
                text=content if is_news else linked(content),
                media="" if is_news else self._pictures(post),
                labels=(f"sent to {post.to}",) if post.to else (),
            )
        )

    def _pictures(self, post: Article) -> str:
        return "".join(picture(f"{self._address}/mmbiz/{name}", "") for name in images_of(post))


def images_of(post: Article) -> Sequence[str]:
    info = post.fields.get("image_info")
    listed = info.get("image_list") if isinstance(info, dict) else None
    named = (
        [str(each["image_media_id"]) for each in listed if isinstance(each, dict)]
        if isinstance(listed, list)
        else []
    )
    return [*post.pictures, *named]


def text_of(post: Article) -> str:
    content = str(post.fields.get("content") or "")
    return words_of(content) if post.fields.get("article_type") == "news" else content
