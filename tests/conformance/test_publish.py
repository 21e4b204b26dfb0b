"""Publishing where all goes well, and where the network says plainly that it will not take a post."""

from dataclasses import replace
from uuid import UUID

import pytest

from hawker.connect.errors import Later, Refused
from hawker.connect.http import Http
from hawker.connect.platform import Platform
from hawker.connect.values import Draft
from hawker.sandbox.faults import Kind
from tests.conformance.calls import Calls
from tests.conformance.drafts import another, compose, longest, simplest
from tests.conformance.media import medium
from tests.conformance.stage import Stage, described, explained, staged, takes_replies

LETTERS = ("a", "包", "🥟")


async def test_a_post_is_on_the_network_once_as_it_was_written(stage: Stage, draft: Draft) -> None:
    published = await stage.publish(draft)
    assert [(seen.remote_id, seen.text) for seen in stage.seen] == [(published.remote_id, draft.text)]
    assert stage.seen[0].reply_to == ""


async def test_alternative_texts_are_on_the_network_too(stage: Stage, draft: Draft) -> None:
    stage.needs("alternative_text")
    await stage.publish(draft)
    assert [seen.alts for seen in stage.seen] == [described(stage, draft)]


async def test_sending_is_one_writing_call(stage: Stage, draft: Draft, calls: Calls) -> None:
    done = await stage.prepare(draft)
    calls.clear()
    await stage.send(draft, done)
    assert len(calls.writing) == 1


async def test_a_reply_hangs_on_the_post_it_answers(stage: Stage, draft: Draft) -> None:
    stage.needs_replies()
    first = await stage.publish(draft)
    reply = await stage.publish(replace(another(draft, "And tea."), media=(), reply_to=first))
    assert [(seen.remote_id, seen.reply_to) for seen in stage.seen] == [
        (first.remote_id, ""),
        (reply.remote_id, first.remote_id),
    ]


async def test_where_nothing_can_follow_a_post_a_reply_is_refused(stage: Stage, draft: Draft) -> None:
    if takes_replies(stage.platform):
        pytest.skip(f"{stage.platform.name} takes replies")
    first = await stage.publish(draft)
    with pytest.raises(Refused) as caught:
        await stage.publish(replace(another(draft, "And tea."), media=(), reply_to=first))
    explained(caught.value)
    assert stage.seen_ids == [first.remote_id]


async def test_the_parts_of_a_thread_hang_on_each_other(stage: Stage, draft: Draft) -> None:
    if not stage.platform.threads:
        pytest.skip(f"{stage.platform.name} claims no threads")
    first = await stage.publish(draft)
    second = await stage.publish(replace(another(draft, "And tea."), reply_to=first))
    third = await stage.publish(replace(another(draft, "And cake."), reply_to=second))
    comment = await stage.publish(replace(another(draft, "Till eight."), media=(), reply_to=first))
    assert [seen.remote_id for seen in stage.seen] == [
        each.remote_id for each in (first, second, third, comment)
    ]
    assert [seen.reply_to for seen in stage.seen] == [
        "",
        first.remote_id,
        second.remote_id,
        first.remote_id,
    ]


async def test_every_choice_of_every_option_is_taken(stage: Stage, draft: Draft) -> None:
    """Each in words of its own: some networks take no text twice. A choice that names another kind of post is
    told about beforehand."""
    chosen = [(option.name, choice.value) for option in stage.platform.options for choice in option.choices]
    posts = [
        replace(another(draft, f"{draft.text} {number}"), options={**draft.options, name: value})
        for number, (name, value) in enumerate(chosen)
    ]
    limits = stage.account.limits
    fitting = [post for post in posts if not stage.platform.publishes.check(post, limits)]
    for post in fitting:
        await stage.publish(post)
    assert len(stage.seen) == len(fitting) >= min(1, len(chosen))


@pytest.mark.parametrize("close", ["ddd22b01e65a", "9cd1c6f8d9ac"], ids=["last-bit", "same-millisecond"])
async def test_posts_of_close_keys_are_two_posts(stage: Stage, draft: Draft, close: str) -> None:
    one = replace(draft, key=UUID("019ab6f1-7c3e-7a55-8f10-ddd22b01e65b"))
    other = replace(draft, key=UUID(f"019ab6f1-7c3e-7a55-8f10-{close}"), text="And tea.")
    first, second = await stage.publish(one), await stage.publish(other)
    assert stage.seen_ids == [first.remote_id, second.remote_id]


@pytest.mark.parametrize("letter", LETTERS)
async def test_the_longest_text_by_the_networks_own_count_is_taken(stage: Stage, letter: str) -> None:
    limits = stage.account.limits
    text = longest(stage.platform, limits, letter)
    if limits.text_bytes and len(text.encode()) > limits.text_bytes:
        pytest.skip("its bytes run out before its characters do")
    draft = simplest(stage.platform, limits, text=text, pictures=1)
    if stage.platform.publishes.check(draft, limits):
        draft = simplest(stage.platform, limits, text=text)  # some networks take less text beside a picture
    await stage.publish(draft)
    assert [seen.text for seen in stage.seen] == [text]


@pytest.mark.parametrize("letter", LETTERS)
async def test_one_letter_more_is_refused_at_the_text(stage: Stage, letter: str) -> None:
    limits = stage.account.limits
    text = longest(stage.platform, limits, letter) + letter
    with pytest.raises(Refused) as caught:
        await stage.publish(simplest(stage.platform, limits, text=text, pictures=1))
    explained(caught.value)
    assert caught.value.field == "text"
    assert stage.seen == ()


async def test_one_picture_more_is_refused_at_the_media(stage: Stage) -> None:
    limits = stage.account.limits
    draft = compose(stage.platform, limits, pictures=limits.media + 1)
    with pytest.raises(Refused) as caught:
        await stage.publish(draft)
    explained(caught.value)
    assert caught.value.field == "media"
    assert stage.seen == ()


async def test_a_picture_that_is_none_is_refused_at_the_media_or_kept_as_a_file(stage: Stage) -> None:
    """Core never hands one over; some networks keep whatever they are given."""
    limits = stage.account.limits
    if not limits.media:
        pytest.skip(f"{stage.platform.name} takes no pictures")
    draft = simplest(stage.platform, limits, pictures=1)
    broken = tuple(
        medium(each.id, each.content_type, b"none", 640, 480, seconds=each.seconds) for each in draft.media
    )
    try:
        published = await stage.publish(replace(draft, media=broken))
    except Refused as error:
        refused: Refused | None = error
        ids = []
    else:
        refused, ids = None, [published.remote_id]
    assert stage.seen_ids == ids
    if refused:
        explained(refused)
        assert refused.field == "media"


@pytest.mark.parametrize("kind", [Kind.limited, Kind.limited_bare])
@pytest.mark.parametrize("call", ["send", "any"])
async def test_one_request_too_many_is_tried_later(stage: Stage, draft: Draft, call: str, kind: Kind) -> None:
    with stage.faulty(kind, call), pytest.raises(Later) as caught:
        await stage.publish(draft)
    explained(caught.value)
    assert stage.seen == ()
    await stage.publish(draft)
    assert len(stage.seen) == 1


async def test_a_dead_token_publishes_nothing(stage: Stage, draft: Draft) -> None:
    async with stage.signed_out():
        await stage.publish(draft)
    assert stage.seen == ()


async def test_a_token_that_dies_before_the_call_publishes_nothing(stage: Stage, draft: Draft) -> None:
    done = await stage.prepare(draft)
    async with stage.signed_out():
        await stage.send(draft, done)
    assert stage.seen == ()


@pytest.mark.parametrize("pictures", [0, 1])
async def test_a_server_that_is_gone_was_never_reached(platform: Platform, pictures: int) -> None:
    async with staged(platform) as stage:
        draft = simplest(platform, stage.account.limits, pictures=pictures)
        done = await stage.prepare(draft)
    async with Http(allow_private=True) as http:
        with pytest.raises(Later) as caught:
            await platform.publishes.send(http, stage.account, draft, done)
    explained(caught.value)
