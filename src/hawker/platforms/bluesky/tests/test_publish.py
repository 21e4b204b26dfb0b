"""Publishing: what the record holds, what is prepared, and what each refusal means."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import KeyExpired, Later, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Json
from hawker.platforms.bluesky import PLATFORM
from hawker.platforms.bluesky.limits import LIMITS
from hawker.platforms.bluesky.publish import Publish
from hawker.platforms.bluesky.record import AUDIENCE, SIGNED_IN
from hawker.platforms.bluesky.sandbox_json import fields, items
from hawker.platforms.bluesky.sandbox_refusal import Allowance
from hawker.platforms.bluesky.tests.world import SMALL, World, encode, noise, picture, website, write
from hawker.sandbox.faults import Kind


def record(world: World) -> dict[str, Json]:
    """The last post of the pretend network."""
    return world.person.posts[-1].value


def embed(world: World) -> dict[str, Json]:
    return fields(record(world).get("embed"))


def feature(world: World, place: int = 0) -> dict[str, Json]:
    return fields(items(fields(items(record(world)["facets"])[place])["features"])[0])


async def test_a_post_is_at_the_address_of_its_account_under_a_key_of_ours(world: World) -> None:
    account, draft = await world.alice(), write("早安 🍵")
    published = await world.publish(account, draft)
    key = world.person.posts[0].key
    assert published.remote_id == f"at://{account.remote_id}/app.bsky.feed.post/{key}"
    assert published.url == f"{world.address}/profile/alice.bsky.social/post/{key}"
    assert published.detail == {
        "cid": world.person.posts[0].cid,
        "root_uri": published.remote_id,
        "root_cid": world.person.posts[0].cid,
    }


async def test_a_post_says_its_language_and_the_time_of_publishing(world: World) -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    await world.publish(await world.alice(), write("早安"))
    assert record(world)["langs"] == ["zh-Hant"]
    assert before <= datetime.fromisoformat(str(record(world)["createdAt"])) <= datetime.now(UTC)


async def test_a_language_that_is_none_is_left_out(world: World) -> None:
    await world.publish(await world.alice(), write("早安", language="no such language"))
    assert "langs" not in record(world)


async def test_links_tags_and_mentions_are_marked(world: World) -> None:
    world.pretend.account("bob")
    await world.publish(await world.alice(), write("🍵@bob.bsky.social 看 http://127.0.0.1:9/x，#珍奶"))
    bob = world.pretend.people.open("bob")
    assert feature(world, 0) == {"$type": "app.bsky.richtext.facet#mention", "did": bob.did}
    assert feature(world, 1) == {"$type": "app.bsky.richtext.facet#link", "uri": "http://127.0.0.1:9/x"}
    assert feature(world, 2) == {"$type": "app.bsky.richtext.facet#tag", "tag": "珍奶"}


async def test_a_mention_of_nobody_stays_plain_text(world: World) -> None:
    await world.publish(await world.alice(), write("ask @nobody.bsky.social"))
    assert "facets" not in record(world)


async def test_a_mention_that_cannot_be_resolved_just_now_is_tried_later(world: World) -> None:
    account = await world.alice()
    world.strike(Kind.error_before, "resolveHandle", 502)
    with pytest.raises(Later):
        await world.prepare(account, write("ask @bob.bsky.social"), {})


async def test_pictures_go_out_in_order_with_alternative_text_and_shape(world: World) -> None:
    media = (picture(SMALL, "橘色的牆", "a"), picture(encode(noise(30, 60), "PNG"), "", "b"))
    await world.publish(await world.alice(), write("今天", *media))
    images = [fields(image) for image in items(embed(world)["images"])]
    assert [image["alt"] for image in images] == ["橘色的牆", ""]
    assert [image["aspectRatio"] for image in images] == [
        {"width": 40, "height": 30},
        {"width": 30, "height": 60},
    ]
    assert world.pretend.published("alice")[0].alts == ("橘色的牆", "")


async def test_a_finished_step_is_not_done_again(world: World) -> None:
    account = await world.alice()
    draft = write("@bob.bsky.social", picture(SMALL, name="a"), picture(encode(noise(9, 9), "PNG"), name="b"))
    done = await world.prepare(account, draft, {})
    assert list(done) == ["picture.a", "picture.b", "mention.bob.bsky.social"]
    half = {name: done[name] for name in ("picture.a", "mention.bob.bsky.social")}
    assert list(await world.prepare(account, draft, half)) == ["picture.b"]
    assert await world.prepare(account, draft, done) == {}


async def test_a_picture_that_the_server_may_have_forgotten_is_sent_again(world: World) -> None:
    account, draft = await world.alice(), write("今天", picture(SMALL))
    done = await world.prepare(account, draft, {})
    kept = json.loads(done["picture.one"])
    kept["at"] = (datetime.now(UTC) - timedelta(minutes=31)).isoformat()
    world.person.blobs.clear()
    with pytest.raises(Later) as caught:
        await Publish().send(world.http, account, draft, done)
    assert caught.value.code == "BlobNotFound"
    again = await world.prepare(account, draft, {"picture.one": json.dumps(kept)})
    await Publish().send(world.http, account, draft, again)
    assert len(world.person.posts) == 1


async def test_sending_a_picture_that_was_never_prepared_is_a_fault_of_ours(world: World) -> None:
    account, draft = await world.alice(), write("今天", picture(SMALL))
    with pytest.raises(KeyError):
        await Publish().send(world.http, account, draft, {})
    assert world.person.posts == []


async def test_a_first_comment_hangs_on_the_post_and_a_second_on_the_first(world: World) -> None:
    account = await world.alice()
    root = await world.publish(account, write("one"))
    first = await world.publish(account, write("two", reply_to=root))
    second = await world.publish(account, write("three", reply_to=first))
    reply = fields(record(world)["reply"])
    assert reply["root"] == {"uri": root.remote_id, "cid": root.detail["cid"]}
    assert reply["parent"] == {"uri": first.remote_id, "cid": first.detail["cid"]}
    assert second.detail["root_uri"] == root.remote_id
    assert [seen.reply_to for seen in world.pretend.published("alice")] == [
        "",
        root.remote_id,
        first.remote_id,
    ]


async def test_a_post_can_be_hidden_from_people_who_are_not_signed_in(world: World) -> None:
    draft = replace(write("for friends"), options={AUDIENCE: SIGNED_IN})
    await world.publish(await world.alice(), draft)
    assert fields(record(world)["labels"])["values"] == [{"val": "!no-unauthenticated"}]
    assert [option.name for option in PLATFORM.options] == [AUDIENCE]


def test_characters_are_counted_as_a_reader_sees_them() -> None:
    assert Publish().count("👩‍👩‍👧 é 茶", {}, LIMITS) == 5


def test_bytes_can_run_out_before_characters_do() -> None:
    family = "👨‍👩‍👧‍👦"
    assert Publish().check(write(family * 120), LIMITS) == []
    (problem,) = Publish().check(write(family * 121), LIMITS)
    assert problem.field == "text"
    assert "3025" in str(problem.sentence)


async def test_a_text_that_is_too_long_is_refused_at_the_text(world: World) -> None:
    account = await world.alice()
    for text in ("x" * 301, "👨‍👩‍👧‍👦" * 121):
        with pytest.raises(Refused) as caught:
            await world.publish(account, write(text))
        assert (caught.value.field, caught.value.code) == ("text", "InvalidRequest")
    assert world.person.posts == []


async def test_too_many_pictures_are_refused_at_the_media(world: World) -> None:
    media = [picture(SMALL, name=str(number)) for number in range(5)]
    with pytest.raises(Refused) as caught:
        await world.publish(await world.alice(), write("", *media))
    assert caught.value.field == "media"
    assert "array too big" in str(caught.value)


async def test_a_server_that_lowered_its_limit_meanwhile_refuses_at_the_media(world: World) -> None:
    account = await world.alice()
    world.pretend.accounts.upload_bytes = 50
    with pytest.raises(Refused) as caught:
        await world.publish(account, write("", picture(SMALL)))
    assert (caught.value.field, caught.value.code) == ("media", "PayloadTooLarge")


async def test_a_key_that_ran_out_asks_for_a_refresh_and_nothing_was_published(world: World) -> None:
    world.pretend.accounts.tokens.access_seconds = -60
    account = await world.alice()
    with pytest.raises(KeyExpired) as caught:
        await world.publish(account, write("late"))
    assert caught.value.code == "ExpiredToken"
    assert world.person.posts == []


async def test_a_key_that_is_not_one_asks_for_a_refresh_too(world: World) -> None:
    account = await world.alice()
    forged = replace(account, secrets={**account.secrets, "access": account.secrets["refresh"]})
    with pytest.raises(KeyExpired) as caught:
        await world.publish(forged, write("x"))
    assert caught.value.code == "InvalidToken"


@pytest.mark.parametrize(
    ("status", "code"), [("takendown", "AccountTakedown"), ("deactivated", "AccountDeactivated")]
)
async def test_a_closed_account_is_for_its_owner_to_settle(world: World, status: str, code: str) -> None:
    account = await world.alice()
    world.person.status = status
    with pytest.raises(SignInAgain) as caught:
        await world.publish(account, write("x"))
    assert caught.value.code == code


async def test_an_account_that_moved_away_must_sign_in_at_its_new_home(world: World) -> None:
    account = replace(await world.alice(), remote_id="did:plc:elsewhere")
    with pytest.raises(SignInAgain) as caught:
        await world.publish(account, write("x"))
    assert caught.value.code == "AccountNotFound"


async def test_too_many_posts_in_an_hour_wait_until_the_network_says(world: World) -> None:
    account = await world.alice()
    world.pretend.repositories.writes = [Allowance(points=5, seconds=3600)]
    await world.publish(account, write("one"))
    with pytest.raises(Later) as caught:
        await world.publish(account, write("two"))
    assert caught.value.code == "RateLimitExceeded"
    assert caught.value.at is not None
    assert timedelta(minutes=59) < caught.value.at - datetime.now(UTC) <= timedelta(seconds=3601)
    assert len(world.person.posts) == 1


ANSWERS = [
    (400, {"error": "BlobTooLarge", "message": "1.2MB"}, Refused, "media"),
    (400, {"error": "InvalidMimeType", "message": "text/plain"}, Refused, "media"),
    (
        400,
        {"error": "InvalidRequest", "message": "Record/text must not be longer than 300 graphemes"},
        Refused,
        "text",
    ),
    (400, {"error": "InvalidRequest", "message": "Invalid at-uri at $.record.reply.root.uri"}, Refused, ""),
    (400, {"error": "InvalidSwap", "message": "x"}, Later, ""),
    (400, {"error": "RepoNotFound", "message": "x"}, SignInAgain, ""),
    (401, {"error": "AuthenticationRequired", "message": "x"}, KeyExpired, ""),
    (401, "a proxy", KeyExpired, ""),
    (413, "a proxy", Refused, "media"),
    (403, {"error": "Forbidden", "message": "x"}, Refused, ""),
    (429, {"error": "RateLimitExceeded", "message": "x"}, Later, ""),
    (200, {"bakery": True}, OutcomeUnknown, ""),
    (500, {"error": "InternalServerError", "message": "x"}, OutcomeUnknown, ""),
    (502, {"error": "ExpiredToken", "message": "a proxy mixes things up"}, OutcomeUnknown, ""),
]


@pytest.mark.parametrize(("status", "body", "kind", "field"), ANSWERS)
async def test_each_answer_means_what_should_happen_now(
    world: World, status: int, body: Json, kind: type[Exception], field: str
) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status)

    account = await world.alice()
    async with website(answer) as address:
        with pytest.raises(kind) as caught:
            await Publish().send(world.http, replace(account, server=address), write("x"), {})
    assert type(caught.value) is kind
    assert getattr(caught.value, "field", "") == field


async def test_an_upload_without_a_reference_is_tried_later(world: World) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({})

    account = await world.alice()
    async with website(answer) as address:
        with pytest.raises(Later):
            await world.prepare(replace(account, server=address), write("", picture(SMALL)), {})


async def test_a_post_is_taken_off_and_twice_does_no_harm(world: World) -> None:
    account = await world.alice()
    published = await world.publish(account, write("a mistake"))
    await Publish().delete(world.http, account, published)
    await Publish().delete(world.http, account, published)
    assert world.person.posts == []
