"""The network's official client drives the sandbox, and sees what it would see at the network."""

from collections.abc import AsyncIterator

import httpx
import pytest
from atproto import AsyncClient, client_utils, models
from atproto.exceptions import BadRequestError, RequestErrorBase, UnauthorizedError

from hawker.platforms.bluesky.sandbox_cid import blob_cid
from hawker.platforms.bluesky.sandbox_tokens import ACCESS_SECONDS
from hawker.platforms.bluesky.tests.world import SMALL, World, picture, write

# The client hands raw bytes to httpx in a way that httpx retires (atproto 0.0.73, httpx 0.28).
UPLOADS = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")


@pytest.fixture
async def client(world: World) -> AsyncIterator[AsyncClient]:
    _, fields = world.pretend.account("alice")
    client = AsyncClient(base_url=world.address)
    await client.login(fields["handle"], fields["password"])
    yield client
    await client.request.close()


def failed(error: RequestErrorBase) -> tuple[int, str]:
    """What the client read: the status, and the network's code."""
    return error.response.status_code, error.response.content.error


async def test_it_signs_in_and_knows_who_it_is(world: World, client: AsyncClient) -> None:
    assert (client.me.did, client.me.handle, client.me.display_name) == (
        world.person.did,
        "alice.bsky.social",
        "Alice",
    )
    session = await client.com.atproto.server.get_session()
    assert (session.did, session.active) == (world.person.did, True)
    server = await client.com.atproto.server.describe_server()
    assert server.blob_upload_limit == 5 * 2**20


async def test_a_wrong_password_and_a_guarded_account_are_told_apart(world: World) -> None:
    world.pretend.account("alice")
    world.person.email_code = True
    client = AsyncClient(base_url=world.address)
    codes = []
    for password in ("abcd-efgh-ijkl-mnop", world.person.password):
        with pytest.raises(UnauthorizedError) as caught:
            await client.login("alice.bsky.social", password)
        codes.append(failed(caught.value))
    await client.request.close()
    assert codes == [(401, "AuthenticationRequired"), (401, "AuthFactorTokenRequired")]


async def test_it_posts_rich_text_and_reads_it_back(world: World, client: AsyncClient) -> None:
    world.pretend.account("bob")
    did = (await client.resolve_handle("bob.bsky.social")).did
    text = client_utils.TextBuilder()
    text.text("🍵 謝謝 ").mention("@bob", did).text("，看 ").link("菜單", "https://tea.tw/menu")
    text.text(" ").tag("#珍奶", "珍奶")
    sent = await client.send_post(text, langs=["zh-Hant"])
    (view,) = (await client.get_posts([sent.uri])).posts
    assert (view.cid, view.record.text, view.record.langs) == (
        sent.cid,
        "🍵 謝謝 @bob，看 菜單 #珍奶",
        ["zh-Hant"],
    )
    data = view.record.text.encode()
    cut = [data[facet.index.byte_start : facet.index.byte_end].decode() for facet in view.record.facets]
    assert cut == ["@bob", "菜單", "#珍奶"]
    assert view.record.facets[0].features[0].did == did


async def test_what_hawker_posts_reads_alike_at_the_client(world: World, client: AsyncClient) -> None:
    account = await world.alice()
    draft = write("早安 https://127.0.0.1:9/x #珍奶", picture(SMALL, "橘色的牆"))
    published = await world.publish(account, draft)
    record = (await client.get_post(published.remote_id.rpartition("/")[2], account.remote_id)).value
    expected = await client.detect_facets(draft.text)
    assert [facet.model_dump() for facet in record.facets] == [facet.model_dump() for facet in expected]
    assert record.embed.images[0].alt == "橘色的牆"
    assert (record.embed.images[0].aspect_ratio.width, record.embed.images[0].aspect_ratio.height) == (40, 30)


@UPLOADS
async def test_it_sends_a_picture_whose_bytes_come_back_equal(world: World, client: AsyncClient) -> None:
    sent = await client.send_image("看", SMALL, "橘色的牆")
    (view,) = (await client.get_posts([sent.uri])).posts
    (image,) = view.embed.images
    assert image.alt == "橘色的牆"
    async with httpx.AsyncClient() as browser:
        answer = await browser.get(image.fullsize)
    assert (answer.content, answer.headers["Content-Type"]) == (SMALL, "image/png")
    blob = await client.com.atproto.sync.get_blob({"did": world.person.did, "cid": blob_cid(SMALL)})
    assert blob == SMALL


@UPLOADS
async def test_it_sees_a_card_and_its_picture(world: World, client: AsyncClient) -> None:
    blob = (await client.upload_blob(SMALL)).blob
    external = models.AppBskyEmbedExternal.External(
        uri="https://tea.tw", title="茶", description="", thumb=blob
    )
    sent = await client.send_post("看", embed=models.AppBskyEmbedExternal.Main(external=external))
    (view,) = (await client.get_posts([sent.uri])).posts
    assert (view.embed.external.title, view.embed.external.thumb.startswith(world.address)) == ("茶", True)


async def test_a_thread_hangs_together(world: World, client: AsyncClient) -> None:
    root = models.create_strong_ref(await client.send_post("one"))
    first = models.create_strong_ref(
        await client.send_post("two", reply_to=models.AppBskyFeedPost.ReplyRef(parent=root, root=root))
    )
    await client.send_post("three", reply_to=models.AppBskyFeedPost.ReplyRef(parent=first, root=root))
    thread = (await client.get_post_thread(first.uri)).thread
    assert (thread.parent.post.record.text, thread.post.record.text) == ("one", "two")
    assert [reply.post.record.text for reply in thread.replies] == ["three"]
    feed = (await client.get_author_feed("alice.bsky.social", limit=2)).feed
    assert [item.post.record.text for item in feed] == ["three", "two"]


async def test_it_deletes_twice_without_harm(world: World, client: AsyncClient) -> None:
    sent = await client.send_post("a mistake")
    assert await client.delete_post(sent.uri)
    assert await client.delete_post(sent.uri)
    assert (await client.get_posts([sent.uri])).posts == []
    with pytest.raises(BadRequestError) as caught:
        await client.get_post(sent.uri.rpartition("/")[2])
    assert failed(caught.value) == (400, "RecordNotFound")
    with pytest.raises(BadRequestError) as caught:
        await client.get_post_thread(sent.uri)
    assert failed(caught.value) == (400, "NotFound")
    with pytest.raises(BadRequestError) as caught:
        await client.get_profile("nobody.example")
    assert failed(caught.value) == (400, "InvalidRequest")


async def test_a_text_that_is_too_long_is_refused_in_the_networks_words(client: AsyncClient) -> None:
    with pytest.raises(BadRequestError) as caught:
        await client.send_post("茶" * 301)
    assert failed(caught.value) == (400, "InvalidRequest")
    assert caught.value.response.content.message == (
        "Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got 301) at $.record.text"
    )


async def test_an_old_key_is_refused_with_400_and_renewed_by_the_client(world: World) -> None:
    _, fields = world.pretend.account("alice")
    client = AsyncClient(base_url=world.address)
    world.pretend.accounts.tokens.access_seconds = -60
    with pytest.raises(BadRequestError) as caught:
        await client.login(fields["handle"], fields["password"])
    assert failed(caught.value) == (400, "ExpiredToken")
    world.pretend.accounts.tokens.access_seconds = ACCESS_SECONDS
    await client.send_post("in time", profile_identify=world.person.did)
    await client.request.close()
    assert [post.text for post in world.pretend.published("alice")] == ["in time"]


async def test_a_saved_session_goes_on_and_ends_when_it_is_closed(world: World, client: AsyncClient) -> None:
    other = AsyncClient(base_url=world.address)
    await other.login(session_string=client.export_session_string())
    await other.send_post("from elsewhere")
    refresh = {"Authorization": f"Bearer {other._session.refresh_jwt}"}
    await other.com.atproto.server.delete_session(headers=refresh)
    with pytest.raises(BadRequestError) as caught:
        await other.com.atproto.server.refresh_session(headers=refresh)
    await other.request.close()
    assert failed(caught.value) == (400, "ExpiredToken")


async def test_records_can_be_put_and_listed_page_by_page(world: World, client: AsyncClient) -> None:
    repo, collection = world.person.did, "app.bsky.feed.post"
    sent = [await client.send_post(f"number {number}") for number in range(3)]
    changed = {"$type": collection, "text": "changed", "createdAt": "2026-08-20T12:00:00.000Z"}
    place = {"repo": repo, "collection": collection, "rkey": sent[0].uri.rpartition("/")[2]}
    await client.com.atproto.repo.put_record({**place, "record": changed})
    texts, cursor = [], None
    for _ in range(2):
        page = await client.com.atproto.repo.list_records(
            {"repo": repo, "collection": collection, "limit": 2, "cursor": cursor}
        )
        texts += [record.value.text for record in page.records]
        cursor = page.cursor
    assert texts == ["number 2", "number 1", "changed"]
    assert cursor is None
