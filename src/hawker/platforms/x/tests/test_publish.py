from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import web

from hawker.connect.errors import KeyExpired, Later, OutcomeUnknown, Refused
from hawker.connect.values import Published
from hawker.platforms.x.account import LIMITS
from hawker.platforms.x.publish import BEGUN, SETTLED, Publish
from hawker.platforms.x.tests.scene import Scene
from hawker.platforms.x.tests.strangers import Stranger
from hawker.sandbox.faults import Fault, Kind
from hawker.sandbox.tests.makers import draft, picture

TEXT = "Tea & buns: 2 < 3\n剛出爐的肉包 https://example.com/menu?a=1&b=2 #早餐"


async def test_a_post_goes_out_with_all_that_belongs_to_it(scene: Scene) -> None:
    post = draft(
        TEXT,
        picture("Steam over bao"),
        picture("", kind="JPEG"),
        replies="following",
        made_with_ai="yes",
        paid_partnership="yes",
    )
    published = await scene.post(post)
    seen = scene.world.posts[published.remote_id]
    assert (seen.text, seen.reply_settings) == (TEXT, "following")
    assert [upload.alt for upload in seen.uploads] == ["Steam over bao", ""]
    assert [upload.content for upload in seen.uploads] == [each.read() for each in post.media]
    assert seen.labels == ("made_with_ai", "paid_partnership")
    assert published.url == f"{scene.shop.site}/shop/status/{published.remote_id}"


async def test_a_plain_post_sets_nothing(scene: Scene) -> None:
    seen = scene.world.posts[(await scene.post(draft())).remote_id]
    assert (seen.reply_settings, seen.labels, seen.poll, seen.reply_to) == ("", (), (), "")


async def test_a_thread_hangs_together_and_its_first_post_says_who_may_reply(scene: Scene) -> None:
    first = await scene.post(draft("One", replies="verified"))
    second = await scene.post(draft("Two", reply_to=first, replies="verified"))
    third = await scene.post(draft("Three", reply_to=second))
    posts = scene.world.posts
    assert [posts[each.remote_id].reply_to for each in (second, third)] == [first.remote_id, second.remote_id]
    assert [posts[each.remote_id].reply_settings for each in (first, second)] == ["verified", ""]


async def test_a_poll_goes_out_with_its_answers(scene: Scene) -> None:
    published = await scene.post(draft("Which?", poll="Tea / coffee／豆漿", poll_time="4320"))
    assert scene.world.posts[published.remote_id].poll == ("Tea", "coffee", "豆漿")


async def test_a_poll_is_that_of_a_threads_first_post(scene: Scene) -> None:
    first = await scene.post(draft("Which?", poll="tea / coffee"))
    second = draft("And with it?", picture(), reply_to=first, poll="tea / coffee")
    assert Publish().check(second, LIMITS) == []
    posts = [scene.world.posts[each.remote_id] for each in (first, await scene.post(second))]
    assert [post.poll for post in posts] == [("tea", "coffee"), ()]


@pytest.mark.parametrize(
    ("options", "media", "text", "field"),
    [
        ({"poll": "tea"}, 0, "Which?", "poll"),
        ({"poll": "a/b/c/d/e"}, 0, "Which?", "poll"),
        ({"poll": f"tea/{'a' * 26}"}, 0, "Which?", "poll"),
        ({"poll": "tea/coffee"}, 1, "Which?", "poll"),
        ({}, 0, "A sign\uffff", "text"),
        ({}, 0, "$TSM and $AAPL", "text"),
    ],
)
def test_what_x_will_refuse_is_said_while_she_writes(
    options: dict[str, str], media: int, text: str, field: str
) -> None:
    post = replace(draft(text, *tuple(picture() for _ in range(media))), options=options)
    assert [problem.field for problem in Publish().check(post, LIMITS)] == [field]


def test_what_is_said_of_all_networks_is_not_said_again() -> None:
    post = draft("  ", replies="nobody", poll_time="1")
    assert Publish().check(post, LIMITS) == []


def test_a_gif_stands_alone() -> None:
    alone, beside = draft(TEXT, picture(kind="GIF")), draft(TEXT, picture(kind="GIF"), picture())
    assert Publish().check(alone, LIMITS) == []
    assert [problem.field for problem in Publish().check(beside, LIMITS)] == ["media"]


async def test_no_credit_is_said_and_tried_again(scene: Scene) -> None:
    scene.behave(credit=False)
    with pytest.raises(Later, match="credit of your X developer account is used up") as later:
        await scene.send(draft())
    assert (later.value.code, later.value.at) == ("402", None)
    scene.behave()
    await scene.send(draft())
    assert len(scene.world.posts) == 1


async def test_a_rate_limit_names_the_time_at_which_it_ends(scene: Scene) -> None:
    scene.network.faults.add(Fault(kind=Kind.limited))
    with pytest.raises(Later, match="asks to wait") as later:
        await scene.send(draft())
    assert later.value.at is not None
    assert 0 < (later.value.at - scene.world.now()).total_seconds() <= 3


async def test_words_of_an_earlier_post_are_to_be_changed(scene: Scene) -> None:
    earlier = await scene.post(draft())
    with pytest.raises(Refused, match=earlier.url) as refused:
        await scene.post(draft())
    assert (refused.value.field, refused.value.code) == ("text", "duplicate")


async def test_words_that_x_took_while_the_answer_was_lost_call_for_a_look(scene: Scene) -> None:
    post = draft()
    done = await scene.lose(post)
    with pytest.raises(OutcomeUnknown, match="Hawker looks for it"):
        await scene.send(post, done)
    found = await scene.find(post, scene.world.now(), done)
    assert found is not None
    assert list(scene.world.posts) == [found.remote_id]


@pytest.mark.parametrize("kind", [Kind.error_before, Kind.limited])
async def test_words_that_cannot_be_looked_up_call_for_a_look(scene: Scene, kind: Kind) -> None:
    await scene.post(draft())
    post = draft()
    done = await scene.prepare(post)
    scene.network.faults.add(Fault(kind=kind, call="/users/", times=2))
    with pytest.raises(OutcomeUnknown, match="these words in a post already"):
        await scene.send(post, done)


async def test_words_that_are_nowhere_to_be_seen_call_for_a_look(scene: Scene) -> None:
    await scene.post(draft())
    scene.behave(hides=True)
    with pytest.raises(OutcomeUnknown):
        await scene.post(draft())


async def test_words_that_x_refuses_for_long_and_never_shows_are_left_to_the_owner(scene: Scene) -> None:
    """Else each look would find nothing, and each call after it would be refused, until the post is late."""
    await scene.post(draft())
    scene.behave(hides=True)
    long_ago = datetime.now(UTC) - SETTLED
    with pytest.raises(Refused, match="Look at X whether this post is out") as refused:
        await scene.send(draft(), {BEGUN: long_ago.isoformat()})
    assert (refused.value.field, refused.value.code) == ("text", "duplicate")


async def test_words_that_stand_under_another_picture_since_are_to_be_changed(scene: Scene) -> None:
    """No look takes that post for this one: it would come to no end either."""
    post = draft()
    done = await scene.prepare(post)
    other = await scene.post(draft(post.text, picture()))
    with pytest.raises(Refused, match=other.url):
        await scene.send(post, done)


async def test_words_of_another_draft_that_went_out_meanwhile_are_to_be_changed(scene: Scene) -> None:
    post = draft()
    long_ago = datetime.now(UTC) - 2 * SETTLED
    other = await scene.post(draft())
    kept = scene.world.posts[other.remote_id]
    scene.world.posts[other.remote_id] = replace(kept, created_at=long_ago + SETTLED / 2)
    with pytest.raises(Refused, match=other.url):
        await scene.send(post, {BEGUN: long_ago.isoformat()})


@pytest.mark.parametrize(("words", "mentions"), [("Nice weather", False), ("Hello @shop", True)])
async def test_somebody_elses_post_is_answered_only_where_it_mentions_us(
    scene: Scene, words: str, mentions: bool
) -> None:
    bob = scene.world.person("bob")
    mine = await scene.post(draft(words))
    scene.world.posts[mine.remote_id] = replace(scene.world.posts[mine.remote_id], person=bob)
    answer = draft("Thank you", reply_to=mine)
    if mentions:
        assert scene.world.posts[(await scene.post(answer)).remote_id].reply_to == mine.remote_id
        return
    with pytest.raises(Refused, match="only where that post mentions or quotes you") as refused:
        await scene.post(answer)
    assert refused.value.field == "reply_to"


async def test_an_answer_to_a_post_that_is_gone_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused, match="gone from X") as refused:
        await scene.post(draft(reply_to=Published(remote_id="123", url="")))
    assert refused.value.field == "reply_to"


async def test_two_cashtags_are_refused_at_the_text(scene: Scene) -> None:
    with pytest.raises(Refused, match="one cashtag") as refused:
        await scene.send(draft("$TSM and $AAPL"))
    assert refused.value.field == "text"


async def test_a_token_that_ran_out_is_refreshed_before_the_next_try(scene: Scene) -> None:
    scene.world.keys.access.clear()
    with pytest.raises(KeyExpired):
        await scene.send(draft())


async def test_an_answer_that_names_no_post_is_unknown(scene: Scene, stranger: Stranger) -> None:
    stranger.says = {"POST /2/tweets": web.json_response({"data": {}}, status=201)}
    with pytest.raises(OutcomeUnknown, match="did not say whether it took the post"):
        await scene.at(stranger.account()).send(draft())


async def test_a_deleted_post_is_gone_and_deleting_it_again_is_no_fault(scene: Scene) -> None:
    published = await scene.post(draft())
    await scene.delete(published)
    await scene.delete(published)
    assert not scene.world.posts


async def test_a_post_of_somebody_else_is_not_deleted(scene: Scene) -> None:
    published = await scene.post(draft())
    other = replace(scene.world.posts[published.remote_id], person=scene.world.person("bob"))
    scene.world.posts[published.remote_id] = other
    with pytest.raises(Refused, match="not authorized to delete"):
        await scene.delete(published)


async def test_a_post_that_x_keeps_is_said(scene: Scene, stranger: Stranger) -> None:
    stranger.says = {"DELETE /2/tweets/1": web.json_response({"data": {"deleted": False}})}
    with pytest.raises(Refused, match="did not delete"):
        await scene.at(stranger.account()).delete(Published(remote_id="1", url=""))
