"""A lost answer: the key of the post is ours, so whether it is there can always be seen."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import web

from hawker.connect.errors import Later, OutcomeUnknown
from hawker.connect.http import Json
from hawker.connect.values import Account, Draft, Published
from hawker.platforms.bluesky.publish import Publish
from hawker.platforms.bluesky.tests.world import SMALL, World, picture, website, write
from hawker.sandbox.faults import Kind


async def find(world: World, account: Account, draft: Draft) -> Published | None:
    return await Publish().find(world.http, account, draft, {}, since=datetime.now(UTC))


async def lose(world: World, account: Account, draft: Draft, kind: Kind) -> dict[str, str]:
    done = await world.prepare(account, draft, {})
    world.strike(kind)
    with pytest.raises(OutcomeUnknown):
        await Publish().send(world.http, account, draft, done)
    return done


@pytest.mark.parametrize("kind", [Kind.reset_after, Kind.error_after])
async def test_what_was_taken_is_found(world: World, kind: Kind) -> None:
    account, draft = await world.alice(), write("包子出爐", picture(SMALL))
    await lose(world, account, draft, kind)
    found = await find(world, account, draft)
    assert found is not None
    (post,) = world.person.posts
    assert (found.remote_id, found.detail["cid"]) == (post.uri, post.cid)
    assert found.url.endswith(f"/profile/alice.bsky.social/post/{post.key}")


@pytest.mark.parametrize("kind", [Kind.reset_before, Kind.error_before])
async def test_what_was_not_taken_is_absent_and_goes_out_once(world: World, kind: Kind) -> None:
    account, draft = await world.alice(), write("包子出爐")
    done = await lose(world, account, draft, kind)
    assert await find(world, account, draft) is None
    sent = await Publish().send(world.http, account, draft, done)
    assert await find(world, account, draft) == sent
    assert len(world.person.posts) == 1


async def test_writing_twice_makes_one_post_and_the_first_stays(world: World) -> None:
    account, draft = await world.alice(), write("包子出爐")
    sent = await world.publish(account, draft)
    with pytest.raises(OutcomeUnknown):
        await Publish().send(world.http, account, draft, await world.prepare(account, draft, {}))
    assert await find(world, account, draft) == sent
    assert len(world.person.posts) == 1


async def test_a_found_reply_knows_where_its_thread_begins(world: World) -> None:
    account = await world.alice()
    root = await world.publish(account, write("one"))
    draft = write("two", reply_to=root)
    await lose(world, account, draft, Kind.reset_after)
    found = await find(world, account, draft)
    assert found is not None
    assert found.detail["root_uri"] == root.remote_id
    assert found.detail["root_cid"] == root.detail["cid"]


async def test_looking_needs_no_key(world: World) -> None:
    account, draft = await world.alice(), write("包子出爐")
    sent = await world.publish(account, draft)
    world.pretend.revoke("alice")
    assert await find(world, account, draft) == sent


async def test_a_repository_that_is_not_there_proves_nothing(world: World) -> None:
    account = replace(await world.alice(), remote_id="did:plc:elsewhere")
    with pytest.raises(Later):
        await find(world, account, write("x"))


@pytest.mark.parametrize("kind", [Kind.reset_before, Kind.error_before, Kind.limited])
async def test_a_fault_while_looking_proves_nothing(world: World, kind: Kind) -> None:
    account = await world.alice()
    world.strike(kind, "getRecord")
    world.strike(kind, "getRecord")
    with pytest.raises(Later):
        await find(world, account, write("x"))


async def answered(world: World, status: int, body: Json) -> Published | None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status)

    account = await world.alice()
    async with website(answer) as address:
        return await find(world, replace(account, server=address), write("x"))


async def test_older_servers_say_only_in_words_that_there_is_none(world: World) -> None:
    body: Json = {"error": "InvalidRequest", "message": "Could not locate record: at://did:plc:x/y/z"}
    assert await answered(world, 400, body) is None


async def test_a_server_that_cannot_ask_further_has_not_looked(world: World) -> None:
    with pytest.raises(Later):
        await answered(world, 400, {"error": "InvalidRequest", "message": "Could not locate record"})


async def test_an_answer_that_is_no_record_proves_nothing(world: World) -> None:
    with pytest.raises(Later):
        await answered(world, 200, {"bakery": True})
