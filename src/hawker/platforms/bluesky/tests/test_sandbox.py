"""The pretend network refuses what the network refuses, and shows visitors what was posted."""

import time
from collections.abc import AsyncIterator, Awaitable, Mapping
from dataclasses import dataclass

import aiohttp
import pytest

from hawker.connect.http import Json
from hawker.platforms.bluesky.sandbox import PretendBluesky
from hawker.platforms.bluesky.sandbox_json import fields, words
from hawker.platforms.bluesky.tests.world import SMALL, World, encode, noise, picture, write
from hawker.platforms.bluesky.wire import POST, Xrpc
from hawker.sandbox.faults import Kind

NOW = "2026-08-20T12:00:00.000Z"
FINE: dict[str, Json] = {"$type": POST, "text": "hi", "createdAt": NOW}
LINK: dict[str, Json] = {"$type": "app.bsky.richtext.facet#link", "uri": "https://tea.tw"}


def facet(start: Json, end: Json, **feature: Json) -> Json:
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [{**LINK, **feature}]}


def tagged(tag: str) -> Json:
    return facet(0, 1, **{"$type": "app.bsky.richtext.facet#tag", "tag": tag})


def images(count: int, **changes: Json) -> Json:
    blob: Json = {"$type": "blob", "ref": {"$link": "bafkreinone"}, "mimeType": "image/png", "size": 3}
    image: Json = {"image": blob, "alt": "", **changes}
    return {"$type": "app.bsky.embed.images", "images": [image] * count}


def blob(**changes: Json) -> Json:
    whole: dict[str, Json] = {"$type": "blob", "ref": {"$link": "x"}, "mimeType": "image/png", "size": 3}
    return {**whole, **changes}


def external(**parts: Json) -> Json:
    return {"$type": "app.bsky.embed.external", "external": parts}


FAULTS: list[tuple[Mapping[str, Json], str]] = [
    ({"text": None}, 'Missing required key "text" at $.record'),
    ({"text": "👨‍👩‍👧‍👦" * 121}, "string too big (maximum 3000, got 3025) at $.record.text"),
    ({"text": "茶" * 301}, "grapheme too big (maximum 300, got 301) at $.record.text"),
    ({"createdAt": None}, "Invalid datetime (got null) at $.record.createdAt"),
    ({"createdAt": "yesterday"}, 'Invalid datetime (got "yesterday") at $.record.createdAt'),
    ({"langs": ["en", "de", "fr", "es"]}, "array too big (maximum 3, got 4) at $.record.langs"),
    ({"langs": ["no such!"]}, 'Invalid language (got "no such!") at $.record.langs[0]'),
    (
        {"facets": [facet(-1, 1)]},
        "integer too small (minimum 0, got -1) at $.record.facets[0].index.byteStart",
    ),
    ({"facets": [facet(0, None)]}, 'Missing required key "byteEnd" at $.record.facets[0].index'),
    ({"facets": [facet(None, 1)]}, 'Missing required key "byteStart" at $.record.facets[0].index'),
    ({"facets": [facet(0, 99)]}, "integer too big (maximum 2, got 99) at $.record.facets[0].index.byteEnd"),
    ({"facets": [facet(0, 1, uri="tea")]}, 'Invalid URI (got "tea") at $.record.facets[0].features[0].uri'),
    (
        {"facets": [facet(0, 1, **{"$type": "app.bsky.richtext.facet#mention", "did": "nope"})]},
        'Invalid DID (got "nope") at $.record.facets[0].features[0].did',
    ),
    (
        {"facets": [tagged("x" * 65)]},
        "grapheme too big (maximum 64, got 65) at $.record.facets[0].features[0].tag",
    ),
    (
        {"reply": {"root": {"uri": "at://x", "cid": "y"}}},
        'Invalid at-uri (got "at://x") at $.record.reply.root.uri',
    ),
    ({"embed": images(5)}, "array too big (maximum 4, got 5) at $.record.embed.images"),
    ({"embed": images(1, image=None)}, "Expected blob value type at $.record.embed.images[0].image"),
    (
        {"embed": images(1, image=blob(mimeType="text/plain"))},
        'Expected "image/*" (got "text/plain") at $.record.embed.images[0].image.mimeType',
    ),
    (
        {"embed": images(1, image=blob(size=2_100_070))},
        "blob too big (maximum 2000000, got 2100070) at $.record.embed.images[0].image",
    ),
    ({"embed": external(title="a", description="")}, 'Missing required key "uri" at $.record.embed.external'),
    (
        {"embed": external(uri="https://a.b", title="a", description="", thumb=blob(size=1_000_001))},
        "blob too big (maximum 1000000, got 1000001) at $.record.embed.external.thumb",
    ),
]


@dataclass(frozen=True)
class Raw:
    """The wire as it is, below the client of the house."""

    world: World
    session: aiohttp.ClientSession
    token: str
    did: str

    async def do(self, name: str, wish: Json, token: str | None = None) -> tuple[int, dict[str, Json]]:
        headers = {"Authorization": f"Bearer {token or self.token}"}
        async with self.session.post(
            f"{self.world.address}/xrpc/{name}", json=wish, headers=headers
        ) as answer:
            return answer.status, fields(await answer.json())

    async def create(self, record: Json, **more: Json) -> tuple[int, dict[str, Json]]:
        wish: dict[str, Json] = {"repo": self.did, "collection": POST, "record": record}
        return await self.do("com.atproto.repo.createRecord", {**wish, **more})

    async def ask(self, name: str, **params: str) -> tuple[int, dict[str, Json]]:
        async with self.session.get(f"{self.world.address}/xrpc/{name}", params=params) as answer:
            return answer.status, fields(await answer.json())


@pytest.fixture
async def raw(world: World) -> AsyncIterator[Raw]:
    account = await world.alice()
    async with aiohttp.ClientSession() as session:
        yield Raw(world, session, account.secrets["access"], account.remote_id)


@pytest.mark.parametrize(("changes", "reason"), FAULTS)
async def test_a_faulty_post_is_refused_in_the_reference_servers_words(
    world: World, raw: Raw, changes: Mapping[str, Json], reason: str
) -> None:
    answer = await raw.create({**FINE, **changes})
    assert answer == (400, {"error": "InvalidRequest", "message": f"Invalid {POST} record: {reason}"})
    assert world.person.posts == []


async def test_what_is_missing_altogether_is_named(raw: Raw) -> None:
    assert await message(raw.create({"$type": POST, "text": ""})) == (
        f'Invalid {POST} record: Missing required key "createdAt" at $.record'
    )
    no_alt: Json = {"$type": "app.bsky.embed.images", "images": [{"image": blob()}]}
    assert await message(raw.create({**FINE, "embed": no_alt})) == (
        f'Invalid {POST} record: Missing required key "alt" at $.record.embed.images[0]'
    )
    assert await message(raw.create(None)) == 'Missing required key "record" at $'
    assert await message(raw.do("com.atproto.server.createSession", {"identifier": "x"})) == (
        'Missing required key "password" at $'
    )
    assert await message(raw.do("com.atproto.server.createSession", [])) == "Expected object value type at $"


async def message(answer: Awaitable[tuple[int, dict[str, Json]]]) -> str:
    status, body = await answer
    assert (status, body["error"]) == (400, "InvalidRequest")
    return words(body["message"])


async def test_a_key_must_be_a_tid_and_is_taken_once(raw: Raw) -> None:
    assert await message(raw.create(FINE, rkey="nottid")) == (
        f'Invalid record key for {POST}: Invalid TID string (got "nottid") at $'
    )
    assert await message(raw.create(FINE, rkey="not tid")) == 'Invalid record key (got "not tid") at $.rkey'
    assert await message(raw.create({**FINE, "$type": "a.b.c"})) == (
        f"Invalid $type: expected {POST}, got a.b.c"
    )
    assert (await raw.create(FINE, rkey="3lbf2r4jcgs2a"))[0] == 200
    again = await raw.create(FINE, rkey="3lbf2r4jcgs2a")
    assert again == (500, {"error": "InternalServerError", "message": "Internal Server Error"})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ref": {"$link": "bafkreinone"}}, "BlobNotFound"),
        ({"mimeType": "image/jpeg"}, "InvalidMimeType"),
        ({"size": 5}, "InvalidSize"),
    ],
)
async def test_a_picture_must_be_the_one_that_was_sent(
    world: World, raw: Raw, changes: dict[str, Json], code: str
) -> None:
    await world.prepare(await world.alice(), write("", picture(SMALL)), {})
    (kept,) = world.person.blobs.values()
    same: dict[str, Json] = {"ref": {"$link": kept.cid}, "size": len(SMALL)}
    sent = blob(**{**same, **changes})
    status, body = await raw.create({**FINE, "embed": images(1, image=sent)})
    assert (status, body["error"]) == (400, code)


async def test_a_file_is_what_its_bytes_say(world: World, raw: Raw) -> None:
    files = [
        SMALL,
        encode(noise(2, 2), "JPEG"),
        encode(noise(2, 2), "WEBP"),
        encode(noise(2, 2), "GIF"),
        b"?",
    ]
    xrpc = Xrpc(world.http, world.address, raw.token)
    answers = [(await xrpc.upload(data, "image/bmp")).json() for data in files]
    kinds = [fields(fields(answer)["blob"])["mimeType"] for answer in answers]
    assert kinds == ["image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp"]


async def test_only_the_owner_writes_and_only_with_an_access_token(world: World, raw: Raw) -> None:
    world.pretend.account("bob")
    bob = world.pretend.people.open("bob")
    status, body = await raw.create(FINE, repo=bob.did)
    assert (status, body["error"]) == (403, "AccountNotFound")
    status, body = await raw.do("com.atproto.repo.createRecord", {}, token="a.b.c")
    assert (status, body["error"]) == (400, "InvalidToken")
    status, body = await raw.ask("com.atproto.server.getSession")
    assert (status, body["error"]) == (401, "AuthMissing")


async def test_what_is_not_there_is_said(raw: Raw) -> None:
    assert (await raw.ask("com.atproto.identity.resolveHandle", handle="x.y"))[1]["error"] == "HandleNotFound"
    assert await message(raw.ask("com.atproto.repo.getRecord", repo="x")) == "Could not find repo: x"
    assert await message(raw.ask("com.atproto.sync.getBlob", did=raw.did, cid="x")) == "Blob not found"
    assert (await raw.ask("com.atproto.no.such"))[0] == 501
    async with raw.session.post(
        f"{raw.world.address}/xrpc/com.atproto.server.createSession", data=b"{nonsense"
    ) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "SyntaxError")


async def test_one_call_too_many_says_when_calls_are_taken_again(world: World, raw: Raw) -> None:
    world.strike(Kind.limited)
    async with raw.session.post(f"{world.address}/xrpc/com.atproto.repo.createRecord") as answer:
        assert (answer.status, (await answer.json())["error"]) == (429, "RateLimitExceeded")
        assert int(answer.headers["RateLimit-Reset"]) > time.time()
        assert "Retry-After" not in answer.headers


async def read(raw: Raw, address: str) -> tuple[int, str]:
    async with raw.session.get(address) as answer:
        return answer.status, await answer.text()


async def test_a_visitor_reads_a_post_with_its_links_pictures_and_answers(world: World, raw: Raw) -> None:
    world.pretend.account("bob")
    account = await world.alice()
    text = "🍵 <b> @bob.bsky.social http://127.0.0.1:9/?a=1&b=2 #珍奶"
    post = await world.publish(account, write(text, picture(SMALL, 'the "wall"')))
    await world.publish(account, write("一則回覆", reply_to=post))
    status, html = await read(raw, post.url)
    assert status == 200
    assert "🍵 &lt;b&gt; " in html
    assert f'<a href="{world.address}/profile/did:plc:' in html
    assert '<a href="http://127.0.0.1:9/?a=1&amp;b=2">http://127.0.0.1:9/?a=1&amp;b=2</a>' in html
    assert 'alt="the &quot;wall&quot;"' in html
    assert "一則回覆" in html
    assert '<article lang="zh-Hant">' in html


async def test_a_visitor_reads_an_account_newest_first(world: World, raw: Raw) -> None:
    account = await world.alice()
    for text in ("older", "newer"):
        await world.publish(account, write(text))
    _, html = await read(raw, account.url)
    assert html.index("newer") < html.index("older")
    assert "<h1>Alice</h1>" in html


async def test_a_card_leads_to_its_page_and_to_nothing_that_acts(world: World, raw: Raw) -> None:
    await raw.create({**FINE, "embed": external(uri="https://tea.tw", title="<茶>", description="早")})
    sly: Json = {
        "index": {"byteStart": 0, "byteEnd": 2},
        "features": [{**LINK, "uri": "javascript:alert(1)"}],
    }
    await raw.create(
        {**FINE, "facets": [sly], "embed": external(uri="javascript:alert(2)", title="t", description="")}
    )
    _, html = await read(raw, f"{world.address}/profile/{raw.did}")
    assert 'href="https://tea.tw"' in html
    assert "<b>&lt;茶&gt;</b>" in html
    assert "javascript" not in html


@pytest.mark.parametrize("path", ["/profile/nobody.example", "/profile/alice.bsky.social/post/3lbf2r4jcgs2a"])
async def test_a_visitor_of_nothing_is_told_so(world: World, raw: Raw, path: str) -> None:
    assert (await read(raw, world.address + path))[0] == 404


async def test_the_page_of_a_post_can_be_shown_as_a_card(world: World) -> None:
    account = await world.alice()
    post = await world.publish(account, write("第一則", picture(SMALL)))
    await world.publish(account, write(f"看 {post.url}"))
    card = fields(fields(world.person.posts[-1].value["embed"])["external"])
    assert (card["title"], card["description"]) == ("Alice (@alice.bsky.social)", "第一則")
    assert fields(card["thumb"])["size"] == len(SMALL)


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("@Tea Shop", "tea-shop.bsky.social"),
        ("tea.example.org", "tea.example.org"),
        ("茶", "shop-7e005b.bsky.social"),
    ],
)
def test_any_name_opens_an_account_and_finds_it_again(name: str, handle: str) -> None:
    pretend = PretendBluesky("http://x")
    _, fields = pretend.account(name)
    assert fields["handle"] == handle
    assert pretend.account(name) == ("password", fields)
    assert pretend.account(handle) == ("password", fields)
