"""Mastodon.py, the client that most programs use, at the pretend Mastodon."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Union, get_args, get_origin, get_type_hints

import mastodon
import pytest
from mastodon import Mastodon
from mastodon.types_base import AttribAccessDict

from hawker.platforms.mastodon.sandbox_world import World
from hawker.sandbox.app import Network
from hawker.sandbox.tests.makers import pixels
from hawker.sandbox.tests.owner import BACK, decide

SCOPES = ["read", "write"]
# A status names its application by name and website only; the other three may be null (entities/*).
MAY_LACK = re.compile(
    r"Application\.\w+|InstanceContact\.account|Instance\.contact_account|MediaAttachment\.blurhash"
)


async def sign_in(network: Network) -> Mastodon:
    """As the client's own documentation tells: register, ask, redeem."""
    app = await asyncio.to_thread(
        Mastodon.create_app, "Any client", SCOPES, redirect_uris=BACK, api_base_url=network.address
    )
    client = Mastodon(*app, api_base_url=network.address, ratelimit_method="throw")
    url = await asyncio.to_thread(
        client.auth_request_url, redirect_uris=BACK, scopes=SCOPES, state="s", allow_http=True
    )
    answer = await decide(url)
    assert answer["state"] == "s"
    await asyncio.to_thread(
        client.log_in, code=answer["code"], redirect_uri=BACK, scopes=SCOPES, allow_http=True
    )
    return client


@pytest.fixture
async def client(network: Network) -> Mastodon:
    return await sign_in(network)


def strays(entity: AttribAccessDict, place: str = "") -> Iterator[str]:
    """Fields that the client's own types demand and the answer lacks, or has of another kind."""
    for name, kind in get_type_hints(type(entity)).items():
        if name.startswith("_"):
            continue
        value, where = entity.get(name), f"{place}{type(entity).__name__}.{name}"
        optional = get_origin(kind) is Union and type(None) in get_args(kind)
        if value is None and not optional and not MAY_LACK.search(where):
            yield where
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, AttribAccessDict):
                yield from strays(each, f"{where} ")


async def test_the_client_sees_who_it_is(network: Network, client: Mastodon) -> None:
    def run() -> None:
        me = client.account_verify_credentials()
        assert (me.username, me.url) == ("shop", f"{network.address}/@shop")
        assert isinstance(me.created_at, datetime)
        assert set(strays(me)) == set()

    await asyncio.to_thread(run)


async def test_the_client_sees_the_limits(client: Mastodon) -> None:
    def run() -> None:
        instance = client.instance_v2()
        assert client.retrieve_mastodon_version() == "4.6.1"
        assert instance.configuration.statuses.max_characters == 500
        assert set(strays(instance)) == set()
        assert set(strays(client.instance_v1())) == set()

    await asyncio.to_thread(run)


async def test_the_client_posts_a_picture_and_reads_everything_back(world: World, client: Mastodon) -> None:
    def run() -> None:
        media = client.media_post(pixels(), mime_type="image/png", description="Steam", file_name="a.png")
        assert media.url is None
        assert client.media(media).url is None
        described = client.media_update(media, description="Steam over bao")
        assert described.description == "Steam over bao"
        assert client.media(media).url
        post = client.status_post(
            "剛出爐的肉包 https://example.com/menu",
            media_ids=[media],
            spoiler_text="Hungry?",
            language="zh-TW",
            visibility="unlisted",
            sensitive=False,
        )
        again = client.status(post)
        assert again == post
        assert (again.spoiler_text, again.sensitive, again.language) == ("Hungry?", True, "zh-TW")
        assert again.media_attachments[0].description == "Steam over bao"
        assert 'href="https://example.com/menu"' in again.content
        assert client.status_source(post).text == "剛出爐的肉包 https://example.com/menu"
        assert set(strays(again)) == set()

    await asyncio.to_thread(run)
    assert len(world.posts) == 1


async def test_the_client_sees_answers_in_their_thread(client: Mastodon) -> None:
    def run() -> None:
        first = client.status_post("One")
        second = client.status_post("Two", in_reply_to_id=first)
        third = client.status_post("Three", in_reply_to_id=second)
        assert [each.id for each in client.status_context(first).descendants] == [second.id, third.id]
        assert [each.id for each in client.status_context(third).ancestors] == [first.id, second.id]
        assert client.status(first).replies_count == 1

    await asyncio.to_thread(run)


async def test_the_client_posts_once_with_one_key(client: Mastodon) -> None:
    def run() -> None:
        first = client.status_post("One", idempotency_key="k")
        assert client.status_post("Something else", idempotency_key="k") == first
        assert client.status_post("One", idempotency_key="l").id != first.id

    await asyncio.to_thread(run)


async def test_the_client_turns_pages(client: Mastodon) -> None:
    def run() -> None:
        posts = [client.status_post(f"Number {number}").id for number in range(5)][::-1]
        me = client.account_verify_credentials()
        first = client.account_statuses(me, limit=2)
        second = client.fetch_next(first) or []
        third = client.fetch_next(second) or []
        assert [each.id for page in (first, second, third) for each in page] == posts
        assert client.fetch_next(third) is None
        assert [each.id for each in client.fetch_previous(third) or []] == posts[2:4]

    await asyncio.to_thread(run)


async def test_the_client_schedules_and_gets_another_kind_of_answer(world: World, client: Mastodon) -> None:
    def run() -> None:
        scheduled = client.status_post("Later", scheduled_at=datetime.now(UTC) + timedelta(hours=1))
        assert scheduled.params.text == "Later"
        assert set(strays(scheduled)) == set()
        with pytest.raises(mastodon.MastodonAPIError, match="must be in the future"):
            client.status_post("Sooner", scheduled_at=datetime.now(UTC) + timedelta(minutes=1))

    await asyncio.to_thread(run)
    assert not world.posts


async def test_the_client_deletes(world: World, client: Mastodon) -> None:
    def run() -> None:
        post = client.status_post("A slip")
        assert client.status_delete(post).text == "A slip"
        with pytest.raises(mastodon.MastodonNotFoundError, match="Record not found"):
            client.status_delete(post)

    await asyncio.to_thread(run)
    assert not world.posts


async def test_the_client_is_refused_what_mastodon_refuses(client: Mastodon) -> None:
    def run() -> None:
        with pytest.raises(mastodon.MastodonAPIError, match="character limit of 500 exceeded"):
            client.status_post("a" * 501)
        with pytest.raises(mastodon.MastodonAPIError, match="Text can't be blank"):
            client.status_post("")
        with pytest.raises(mastodon.MastodonAPIError, match="File content type is invalid"):
            client.media_post(b"abc", mime_type="image/png")
        media = client.media_post(pixels(), mime_type="image/png")
        with pytest.raises(mastodon.MastodonAPIError, match="have not finished processing"):
            client.status_post("Too soon", media_ids=media)
        with pytest.raises(mastodon.MastodonNotFoundError, match="reply to does not appear to exist"):
            client.status_post("To nobody", in_reply_to_id=1)

    await asyncio.to_thread(run)


async def test_the_client_signs_out(client: Mastodon) -> None:
    token = client.access_token

    def run() -> None:
        client.revoke_access_token(allow_http=True)
        client.access_token = token
        with pytest.raises(mastodon.MastodonUnauthorizedError, match="The access token was revoked"):
            client.account_verify_credentials()

    await asyncio.to_thread(run)
