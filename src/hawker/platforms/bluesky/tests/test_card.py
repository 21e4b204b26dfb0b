"""The card below a post with a link."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from aiohttp import web

from hawker.connect.errors import Later
from hawker.connect.http import Http, Json
from hawker.platforms.bluesky.publish import Publish
from hawker.platforms.bluesky.sandbox_json import fields
from hawker.platforms.bluesky.tests.world import SMALL, World, encode, noise, picture, website, write
from hawker.sandbox.faults import Kind

HEAD = (
    '<html><head><meta charset="utf-8"><title>Tea</title><meta property="og:title" content="好茶 &amp; Buns">'
    '<meta property="og:title" content="another"><meta name="description" content="每天早上七點">'
    '<meta property="og:image" content="/tea.png"></head><body><title>no</title></body></html>'
)
PICTURES = {"/tea.png": SMALL, "/large.png": encode(noise(900, 900), "PNG"), "/broken.png": b"no picture"}


@dataclass(frozen=True, kw_only=True)
class Page:
    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: int = 200


def page(html: str) -> Page:
    return Page(body=html.encode())


class Shop:
    """A small website; `pages` by path, `redirects` from path to path."""

    def __init__(self, pages: Mapping[str, Page], redirects: Mapping[str, str] | None = None) -> None:
        pictures = {path: Page(body=data, kind="image/png") for path, data in PICTURES.items()}
        self._pages = {**pictures, **pages}
        self._redirects = redirects or {}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        if request.path in self._redirects:
            raise web.HTTPFound(self._redirects[request.path])
        if request.path not in self._pages:
            raise web.HTTPNotFound
        page = self._pages[request.path]
        return web.Response(body=page.body, status=page.status, headers={"Content-Type": page.kind})


async def card(world: World, shop: Shop, path: str = "/") -> dict[str, Json]:
    """The card of a post with a link to this page; empty where it has none."""
    async with website(shop.answer) as address:
        await world.publish(await world.alice(), write(f"看 {address}{path}，和 {address}/second"))
        external = fields(fields(world.person.posts[-1].value.get("embed")).get("external"))
        assert not external or external["uri"] == f"{address}{path}"
        return external


async def test_a_card_shows_what_the_page_says_of_itself(world: World) -> None:
    shop = Shop({"/": page(HEAD)})
    shown = await card(world, shop)
    assert (shown["title"], shown["description"]) == ("好茶 & Buns", "每天早上七點")
    assert fields(shown["thumb"])["mimeType"] == "image/png"
    assert [blob.data for blob in world.person.blobs.values()] == [SMALL]


async def test_a_plain_page_is_shown_by_its_title(world: World) -> None:
    shop = Shop({"/": page("<title> Tea &amp; buns </title><p>hello")})
    assert {**await card(world, shop), "uri": ""} == {"uri": "", "title": "Tea & buns", "description": ""}


@pytest.mark.parametrize("kind", ["text/html; charset=Big5", "text/html"])
async def test_a_page_in_big5_is_read(world: World, kind: str) -> None:
    html = f"<meta {kind.partition('=')[2] or 'charset=big5'}><title>珍珠奶茶</title>"
    shop = Shop({"/": Page(body=html.encode("big5"), kind=kind)})
    assert (await card(world, shop))["title"] == "珍珠奶茶"


async def test_a_page_in_a_charset_that_nobody_knows_is_read_as_utf_8(world: World) -> None:
    shop = Shop({"/": Page(body="<title>茶</title>".encode(), kind="text/html; charset=tea-1")})
    assert (await card(world, shop))["title"] == "茶"


async def test_redirects_are_followed_three_times(world: World) -> None:
    shop = Shop({"/": page(HEAD)}, {"/a": "/b", "/b": "/c", "/c": "/"})
    assert (await card(world, shop, "/a"))["title"] == "好茶 & Buns"


async def test_a_fourth_redirect_is_not_followed(world: World) -> None:
    shop = Shop({"/": page(HEAD)}, {"/a": "/b", "/b": "/c", "/c": "/d", "/d": "/"})
    assert await card(world, shop, "/a") == {}


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://[bad", "ftp://x.example/"])
async def test_a_redirect_to_something_else_is_not_followed(world: World, target: str) -> None:
    async def lead(_: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": target})

    async with website(lead) as address:
        await world.publish(await world.alice(), write(address))
    assert "embed" not in world.person.posts[-1].value


BARE = [
    Page(body=b"%PDF", kind="application/pdf"),
    Page(body=b"<p>no title"),
    Page(body=b"<title>Error</title>", status=500),
    Page(body=b"<![bad[<title>too late</title>"),
]


@pytest.mark.parametrize("bare", BARE)
async def test_a_page_that_tells_nothing_gives_no_card_and_the_post_goes_out(
    world: World, bare: Page
) -> None:
    shop = Shop({"/": bare})
    assert await card(world, shop) == {}
    assert len(world.person.posts) == 1


@pytest.mark.parametrize("image", ["/missing.png", "/broken.png", "http://[bad"])
async def test_a_card_may_be_without_its_picture(world: World, image: str) -> None:
    shop = Shop({"/": page(HEAD.replace("/tea.png", image))})
    shown = await card(world, shop)
    assert shown["title"] == "好茶 & Buns"
    assert "thumb" not in shown


async def test_a_card_goes_without_a_picture_that_is_too_large(world: World) -> None:
    shop = Shop({"/": page(HEAD.replace("/tea.png", "/large.png"))})
    assert "thumb" not in await card(world, shop)


async def test_an_upload_that_breaks_off_is_tried_later_and_the_page_is_not_forgotten(world: World) -> None:
    shop = Shop({"/": page(HEAD)})
    world.strike(Kind.error_before, "uploadBlob")
    with pytest.raises(Later):
        await card(world, shop)
    assert (await card(world, shop))["title"] == "好茶 & Buns"


async def test_a_post_with_pictures_has_no_card(world: World) -> None:
    async with website(Shop({}).answer) as address:
        done = await world.prepare(await world.alice(), write(address, picture(SMALL)), {})
    assert list(done) == ["picture.one"]


async def test_a_page_that_was_read_is_not_read_again(world: World) -> None:
    account = await world.alice()
    async with website(Shop({}).answer) as address:
        draft = write(f"{address}/nothing-here")
        done = await world.prepare(account, draft, {})
    assert len(done) == 1
    assert await world.prepare(account, draft, done) == {}


async def test_a_link_into_this_network_is_not_visited(world: World) -> None:
    account = await world.alice()
    seen: list[str] = []

    async def note(request: web.Request) -> web.StreamResponse:
        seen.append(request.path)
        return web.Response(text=HEAD, content_type="text/html")

    async with website(note) as address, Http(allow_private=False) as guarded:
        steps = [step async for step in Publish().prepare(guarded, account, write(address), {})]
    assert seen == []
    assert len(steps) == 1
