from dataclasses import replace

import pytest
from aiohttp import web

from hawker.connect.errors import Later, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.values import Draft, Published
from hawker.platforms.mastodon.instance import LIMITS
from hawker.platforms.mastodon.publish import Publish
from hawker.platforms.mastodon.sandbox_world import Manners
from hawker.platforms.mastodon.tests.hangs_up import hangs_up
from hawker.platforms.mastodon.tests.scene import Scene
from hawker.platforms.mastodon.tests.strangers import Stranger
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import TEXT, draft, picture


async def test_a_post_goes_out_with_all_that_belongs_to_it(scene: Scene) -> None:
    front = await scene.send(draft("The menu"))
    pictures = (picture("Steam over bao"), picture("", colour="blue"))
    post = draft(
        "剛出爐的肉包",
        *pictures,
        language="zh-Hant-TW",
        reply_to=front,
        visibility="unlisted",
        content_warning="Hungry?",
    )
    done = await scene.prepare(post)
    published = await scene.send(post, done)
    seen = scene.world.posts[published.remote_id]
    assert seen.text == "剛出爐的肉包"
    assert [upload.description for upload in seen.uploads] == ["Steam over bao", ""]
    assert [upload.content for upload in seen.uploads] == [each.read() for each in pictures]
    assert (seen.language, seen.visibility, seen.warning, seen.sensitive) == (
        "zh-TW",
        "unlisted",
        "Hungry?",
        True,
    )
    assert seen.reply_to == front.remote_id
    assert published.url == f"{scene.shop.site}/@shop/{published.remote_id}"


async def test_a_plain_post_is_public_and_hides_nothing(scene: Scene) -> None:
    published = await scene.send(draft(language=""))
    seen = scene.world.posts[published.remote_id]
    assert (seen.visibility, seen.sensitive, seen.warning, seen.language) == ("public", False, "", "")


async def test_mastodon_knows_a_post_that_it_has_by_its_key(scene: Scene) -> None:
    post = draft()
    assert await scene.send(post, {}) == await scene.send(post)
    assert len(scene.world.posts) == 1
    await scene.send(replace(post, key=draft().key))
    assert len(scene.world.posts) == 2


@pytest.mark.parametrize("kind", [Kind.reset_before, Kind.reset_after, Kind.error_before, Kind.error_after])
async def test_a_lost_answer_is_unknown(scene: Scene, kind: Kind) -> None:
    scene.network.faults.add(Fault(kind=kind))
    with pytest.raises(OutcomeUnknown):
        await scene.send(draft())


async def test_a_server_that_hangs_up_unannounced_after_each_answer_is_posted_to_all_the_same(
    scene: Scene,
) -> None:
    async with hangs_up() as address:
        snac = scene.at(replace(scene.shop, server=address))
        for _ in range(10):
            assert await snac.find(draft(), scene.world.now()) is None
            assert (await snac.send(draft())).remote_id == "1"


async def test_an_answer_that_names_no_post_is_unknown(scene: Scene, stranger: Stranger) -> None:
    stranger.says = {"POST /api/v1/statuses": web.Response(text="<h1>Hello</h1>", content_type="text/html")}
    with pytest.raises(OutcomeUnknown, match="did not say what became"):
        await scene.at(stranger.account()).send(draft())


async def test_a_rate_limit_names_the_time_at_which_it_ends(scene: Scene) -> None:
    scene.network.faults.add(Fault(kind=Kind.limited))
    with pytest.raises(Later) as later:
        await scene.send(draft())
    assert later.value.code == "429"
    assert later.value.at is not None
    assert 0 < (later.value.at - scene.world.now()).total_seconds() <= 300
    assert not scene.world.posts


async def test_a_text_that_is_too_long_is_refused_at_its_field(scene: Scene) -> None:
    with pytest.raises(Refused, match="too long") as refused:
        await scene.send(draft("包" * 501))
    assert (refused.value.field, refused.value.code) == ("text", "422")


async def test_an_empty_text_is_refused_at_its_field(scene: Scene) -> None:
    with pytest.raises(Refused, match="Write a text") as refused:
        await scene.send(draft("  "))
    assert refused.value.field == "text"


async def test_too_many_pictures_are_refused_at_their_field(scene: Scene) -> None:
    post = draft(TEXT, *tuple(picture() for _ in range(5)))
    done = await scene.prepare(post)
    with pytest.raises(Refused, match="more than 4 files") as refused:
        await scene.send(post, done)
    assert refused.value.field == "media"


async def test_pictures_that_are_not_ready_are_sent_later(scene: Scene) -> None:
    post = draft(TEXT, picture())
    done = await scene.prepare(post)
    scene.world.uploads[done[post.media[0].id]].looks = 1
    with pytest.raises(Later, match="still working on the pictures"):
        await scene.send(post, done)
    assert not scene.world.posts


async def test_a_picture_that_is_in_a_post_already_calls_for_a_look(scene: Scene) -> None:
    post = draft(TEXT, picture())
    done = await scene.prepare(post)
    await scene.send(post, done)
    with pytest.raises(OutcomeUnknown, match="may be in a post already"):
        await scene.send(replace(post, key=draft().key), done)
    assert len(scene.world.posts) == 1


async def test_an_answer_to_a_post_that_is_gone_is_refused(scene: Scene) -> None:
    gone = Published(remote_id="123", url="")
    with pytest.raises(Refused, match="no longer on") as refused:
        await scene.send(draft(reply_to=gone))
    assert refused.value.field == "reply_to"


async def test_a_revoked_token_means_to_sign_in_again(scene: Scene) -> None:
    scene.network.pretend.revoke("shop")
    with pytest.raises(SignInAgain) as dead:
        await scene.send(draft())
    assert dead.value.code == "401"


async def test_a_token_without_the_right_to_write_means_to_sign_in_again(scene: Scene) -> None:
    token = scene.world.give_token(scene.world.person("shop"), "", frozenset({"read"}))
    with pytest.raises(SignInAgain, match="allow all") as dead:
        await scene.at(replace(scene.shop, secrets={"token": token.value})).send(draft())
    assert dead.value.code == "403"


async def test_a_deleted_post_is_gone_and_deleting_it_again_is_no_fault(scene: Scene) -> None:
    published = await scene.send(draft())
    await scene.delete(published)
    assert not scene.world.posts
    await scene.delete(published)


async def test_a_server_that_deletes_nothing_is_not_believed(scene: Scene) -> None:
    """Its 404 says that the post is gone, and the post is still there."""
    published = await scene.send(draft())
    scene.world.manners = Manners(deletes=False)
    with pytest.raises(Refused, match="Delete it there yourself"):
        await scene.delete(published)
    assert len(scene.world.posts) == 1


async def test_deleting_without_the_right_to_is_said(scene: Scene) -> None:
    published = await scene.send(draft())
    scene.network.pretend.revoke("shop")
    with pytest.raises(SignInAgain):
        await scene.delete(published)


async def test_a_delete_that_the_server_forbids_is_said(scene: Scene, stranger: Stranger) -> None:
    stranger.says = {
        "DELETE /api/v1/statuses/1": web.json_response({"error": "This action is not allowed"}, status=403)
    }
    with pytest.raises(Refused, match="not allowed"):
        await scene.at(stranger.account()).delete(Published(remote_id="1", url=""))


@pytest.mark.parametrize(
    ("post", "fields"),
    [
        (draft("Bao"), []),
        (draft("", picture()), []),
        (draft(" \n"), ["text"]),
        (draft("", content_warning="Food"), ["text"]),
        (draft("Bao", visibility="nobody"), ["visibility"]),
    ],
)
def test_a_draft_is_checked_while_it_is_written(post: Draft, fields: list[str]) -> None:
    assert [problem.field for problem in Publish().check(post, LIMITS)] == fields
