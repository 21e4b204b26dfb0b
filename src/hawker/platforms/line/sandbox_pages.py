"""The pages of the pretend LINE: an official account's chat, as a friend sees it and can answer there."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from hawker.connect.pretend_oauth import read_form
from hawker.connect.pretend_pages import Look, heading, linked, picture, video
from hawker.platforms.line.sandbox_messages import Bubble
from hawker.platforms.line.sandbox_world import Sent, Shop, World

LOOK = Look(
    "body{background:#8cabd9;color:#111}header{background:#fff;border-radius:12px}"
    "article{padding:0;max-width:84%}article .text,.card{background:#fff;border-radius:14px;padding:9px 13px}"
    ".card .text{padding:0;font-size:15px;color:#555}.card h2{margin:6px 0}"
    "article.mine .text{background:#8de055}article.mine{margin-left:auto;width:fit-content}"
    ".button{display:block;text-align:center;background:#06c755;color:#fff;border-radius:8px;padding:10px}"
    "a{color:#1a4f9c}a.button{color:#fff}small{color:#1d2f4d;opacity:1}"
    ".reply{display:flex;gap:6px}.reply input{flex:1;min-width:0;border:0;border-radius:18px}"
    ".reply button{border:0;border-radius:18px;background:#06c755;color:#fff}"
)
PATH = "/www/R/ti/p"


class Pages:
    """`site`: the address below which friends find accounts."""

    def __init__(self, site: str, world: World) -> None:
        self._site = site
        self._world = world

    def routes(self) -> Sequence[web.RouteDef]:
        return [
            web.get("/www/files/{name}", self._file),
            web.get(f"{PATH}/{{who}}", self._chat),
            web.post(f"{PATH}/{{who}}", self._answer),
            web.post(f"{PATH}/{{who}}/friends", self._befriend),
            web.post(f"{PATH}/{{who}}/blocked", self._block),
        ]

    async def _chat(self, request: web.Request) -> web.Response:
        shop = self._named(request)
        sent = "".join(self._article(each) for each in shop.shown)
        heard = "".join(
            f'<article class="mine"><div class="text">{linked(text)}</div></article>' for text in shop.heard
        )
        action = f"{self._site}/R/ti/p/{escape(shop.handle)}"
        form = (
            f'<form class="reply" method="post" action="{action}">'
            '<input name="text" aria-label="Your message" placeholder="Type as a friend">'
            "<button>Send</button></form>"
        )
        told = heading(shop.name, f"{shop.handle} · {shop.friends} friends")
        return LOOK.page(shop.name, f"{told}{_friends(shop, action)}{sent}{heard}{form}")

    async def _answer(self, request: web.Request) -> web.Response:
        shop = self._named(request)
        text = (await read_form(request)).get("text", "").strip()
        if text:
            self._world.write(shop, text[:5_000])
        raise web.HTTPSeeOther(f"{self._site}/R/ti/p/{shop.handle}")

    async def _befriend(self, request: web.Request) -> web.Response:
        shop = self._named(request)
        name = (await read_form(request)).get("name", "").strip()
        if name:
            self._world.befriend(shop, name[:40])
        raise web.HTTPSeeOther(f"{self._site}/R/ti/p/{shop.handle}")

    async def _block(self, request: web.Request) -> web.Response:
        shop = self._named(request)
        person = shop.people.get((await read_form(request)).get("id", ""))
        if person:
            self._world.block(shop, person)
        raise web.HTTPSeeOther(f"{self._site}/R/ti/p/{shop.handle}")

    async def _file(self, request: web.Request) -> web.Response:
        found = self._world.files.get(request.match_info["name"])
        if found is None:
            raise LOOK.missing("This file is not here.")
        return web.Response(body=found[0], content_type=found[1])

    def _named(self, request: web.Request) -> Shop:
        shop = self._world.by_handle(request.match_info["who"])
        if shop is None:
            raise LOOK.missing("No official account has this ID.")
        return shop

    def _article(self, sent: Sent) -> str:
        to = "all friends" if sent.way == "broadcast" else f"{sent.count} friends"
        to = escape(sent.to.name) if sent.to else to
        silent = " · without a notification" if sent.silent else ""
        return (
            f"<article>{''.join(self._bubble(each) for each in sent.bubbles)}"
            f"<p><small>{sent.at:%Y-%m-%d %H:%M} UTC · to {to}{silent}</small></p></article>"
        )

    def _bubble(self, bubble: Bubble) -> str:
        if bubble.kind == "text":
            return f'<div class="text">{linked(bubble.text)}</div>'
        if bubble.kind == "card":
            return f'<div class="card">{self._card(bubble)}</div>'
        return self._media(bubble)

    def _card(self, bubble: Bubble) -> str:
        text = f'<div class="text">{linked(bubble.text)}</div>' if bubble.text else ""
        button = (
            f'<p><a class="button" href="{escape(bubble.leads)}">{escape(bubble.button)}</a></p>'
            if bubble.button
            else ""
        )
        return f"{self._media(bubble)}<h2>{escape(bubble.title)}</h2>{text}{button}"

    def _media(self, bubble: Bubble) -> str:
        name = bubble.files.get(bubble.url)
        if not bubble.url:
            return ""
        if name is None:
            return "<p><small>This picture could not be loaded.</small></p>"
        source = f"{self._site}/files/{name}"
        return video(source) if bubble.kind == "video" else picture(source, "")


def _friends(shop: Shop, action: str) -> str:
    """Whoever opens the page can become a friend under a name, and block the account again."""
    there = "".join(
        f'<form class="reply" method="post" action="{action}/blocked"><input type="hidden" name="id"'
        f' value="{each.id}"><span>{escape(each.name)}</span><button>Block</button></form>'
        for each in shop.people.values()
        if each.friend
    )
    return (
        f'{there}<form class="reply" method="post" action="{action}/friends"><input name="name"'
        ' aria-label="Your name" placeholder="Your name"><button>Add as a friend</button></form>'
    )
