"""The promise: a lost answer never doubles a post and never loses one."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import CannotLook, KeyExpired, Later, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Http
from hawker.connect.platform import Platform
from hawker.connect.values import Draft
from hawker.sandbox.faults import Kind
from tests.conformance.drafts import another, longest, simplest
from tests.conformance.losses import BROKEN, LOSSES, Loss
from tests.conformance.stage import HASTE, OWNER, Stage, explained, staged

TAKEN, NOT_TAKEN = Loss(Kind.reset_after), Loss(Kind.reset_before)
LOOKS = "finds_lost_answers"


async def lose(stage: Stage, draft: Draft, loss: Loss) -> Mapping[str, str]:
    """Sends a post whose answer is lost; gives the steps of its preparation."""
    done = await stage.prepare(draft)
    stage.lose(loss.kind, loss.status)
    async with Http(allow_private=True, answer_seconds=HASTE) as hasty:
        http = hasty if loss.kind is Kind.delay_after else stage.http
        with pytest.raises(OutcomeUnknown) as caught:
            await replace(stage, http=http).send(draft, done)
    explained(caught.value)
    return done


async def is_absent(
    stage: Stage, draft: Draft, done: Mapping[str, str], since: datetime, known: Collection[str] = ()
) -> bool:
    """Skips the rest of the test where the folder says that such posts are never known not to be there."""
    try:
        return await stage.find(draft, done, since, known) is None
    except CannotLook as error:
        explained(error)
        if kind_of(draft) != stage.platform.lost_answers.get("blind"):
            raise
        pytest.skip(f"{stage.platform.name}: {error.sentence}")


def kind_of(draft: Draft) -> str:
    """As `tests.conformance.drafts` names it."""
    if any(medium.is_video for medium in draft.media):
        return "video"
    return "pictures" if draft.media else "words"


def needs_such(stage: Stage, draft: Draft) -> None:
    """Skips the test where the network takes no post like this one."""
    problems = stage.platform.publishes.check(draft, stage.account.limits)
    if problems:
        pytest.skip(f"{stage.platform.name}: {problems[0].sentence}")


@pytest.mark.parametrize("loss", LOSSES, ids=str)
async def test_a_lost_answer_is_unknown_and_the_call_is_not_repeated(
    stage: Stage, draft: Draft, loss: Loss
) -> None:
    await lose(stage, draft, loss)
    assert len(stage.seen) == (1 if loss.taken else 0)


@pytest.mark.parametrize("loss", [loss for loss in LOSSES if loss.taken], ids=str)
async def test_what_the_network_took_is_found(stage: Stage, draft: Draft, loss: Loss) -> None:
    stage.needs(LOOKS)
    since = datetime.now(UTC)
    done = await lose(stage, draft, loss)
    found = await stage.find(draft, done, since)
    assert found is not None
    assert [found.remote_id] == stage.seen_ids


@pytest.mark.parametrize("loss", [loss for loss in LOSSES if not loss.taken], ids=str)
async def test_what_the_network_never_took_is_absent_and_goes_out_once(
    stage: Stage, draft: Draft, loss: Loss
) -> None:
    stage.needs(LOOKS)
    since = datetime.now(UTC)
    done = await lose(stage, draft, loss)
    assert await is_absent(stage, draft, done, since)
    published = await stage.send(draft, done)
    assert stage.seen_ids == [published.remote_id]
    assert await stage.find(draft, done, since) == published


async def test_what_went_out_after_a_backup_is_not_sent_again(stage: Stage, draft: Draft) -> None:
    """A backup may be older than the steps of the preparation: the look knows the draft only. It finds the
    post, or asks; where it takes it for absent, the next `send` must not double it."""
    stage.needs(LOOKS)
    since = datetime.now(UTC)
    published = await stage.send(draft, await stage.prepare(draft))
    try:
        found = await stage.find(draft, {}, since)
    except CannotLook as error:
        explained(error)
    else:
        again = found or await stage.send(draft, await stage.prepare(draft))
        assert again.remote_id == published.remote_id
    assert stage.seen_ids == [published.remote_id]


async def test_a_refusal_that_got_lost_is_absent(stage: Stage, draft: Draft) -> None:
    stage.needs(LOOKS)
    since = datetime.now(UTC)
    overlong = another(draft, longest(stage.platform, stage.account.limits, "a") + "a")
    try:
        done = await stage.prepare(overlong)
    except Refused as error:
        pytest.skip(f"{stage.platform.name} refuses it while it is prepared: {error.sentence}")
    stage.lose(Kind.reset_after)
    with pytest.raises((OutcomeUnknown, Refused)) as caught:
        await stage.send(overlong, done)
    explained(caught.value)
    assert await is_absent(stage, overlong, done, since)
    assert stage.seen == ()


async def test_a_found_post_can_be_answered(stage: Stage, draft: Draft) -> None:
    stage.needs(LOOKS)
    stage.needs_replies()
    since = datetime.now(UTC)
    found = await stage.find(draft, await lose(stage, draft, TAKEN), since)
    reply = replace(another(draft, "And tea."), media=(), reply_to=found)
    done = await lose(stage, reply, TAKEN)
    found_reply = await stage.find(reply, done, since)
    assert found is not None
    assert found_reply is not None
    assert [(seen.remote_id, seen.reply_to) for seen in stage.seen] == [
        (found.remote_id, ""),
        (found_reply.remote_id, found.remote_id),
    ]


async def test_a_lost_post_is_not_mistaken_for_its_neighbour(stage: Stage, draft: Draft) -> None:
    stage.needs(LOOKS)
    since = datetime.now(UTC)
    neighbour, other = another(draft, "Closed on Monday."), another(draft, "Closed on Monday. 初一公休")
    done = await stage.prepare(neighbour)
    published = await stage.send(neighbour, done)
    assert await is_absent(stage, other, await lose(stage, other, NOT_TAKEN), since)
    found = await stage.find(other, await lose(stage, other, TAKEN), since)
    assert found is not None
    assert stage.seen_ids == [published.remote_id, found.remote_id]
    assert await stage.find(neighbour, done, since) == published


async def test_the_same_words_with_other_pictures_are_not_adopted(stage: Stage, draft: Draft) -> None:
    stage.needs(LOOKS)
    if not draft.media:
        pytest.skip("a post without pictures has no other pictures")
    since = datetime.now(UTC)
    await stage.publish(draft)
    bare = replace(another(draft), media=())
    needs_such(stage, bare)
    assert await is_absent(stage, bare, await lose(stage, bare, NOT_TAKEN), since)


async def test_the_same_words_as_a_reply_are_not_adopted(stage: Stage, draft: Draft) -> None:
    stage.needs(LOOKS)
    stage.needs_replies()
    since = datetime.now(UTC)
    first = await stage.publish(draft)
    await stage.publish(replace(another(draft, "And tea."), media=(), reply_to=first))
    alone = replace(another(draft, "And tea."), media=())
    needs_such(stage, alone)
    assert await is_absent(stage, alone, await lose(stage, alone, NOT_TAKEN), since)


async def test_the_same_post_of_an_earlier_day_is_not_adopted(stage: Stage, draft: Draft) -> None:
    stage.needs(LOOKS)
    await stage.publish(draft)
    today, since = another(draft), datetime.now(UTC) + timedelta(minutes=1)
    assert await is_absent(stage, today, await lose(stage, today, NOT_TAKEN), since)
    assert len(stage.seen) == 1


async def test_the_same_post_of_the_same_second_is_not_adopted_where_hawker_knows_it(
    stage: Stage, draft: Draft
) -> None:
    stage.needs(LOOKS)
    since = datetime.now(UTC)
    twin = await stage.publish(draft)
    other = another(draft)
    done = await lose(stage, other, NOT_TAKEN)
    assert await is_absent(stage, other, done, since, {twin.remote_id})


@pytest.mark.parametrize("kind", BROKEN)
async def test_a_fault_while_looking_is_not_taken_for_absence(stage: Stage, draft: Draft, kind: Kind) -> None:
    stage.needs(LOOKS)
    since = datetime.now(UTC)
    done = await lose(stage, draft, TAKEN)
    with stage.faulty(kind), pytest.raises(Later) as caught:
        await stage.find(draft, done, since)
    explained(caught.value)


async def test_a_dead_token_while_looking_is_not_taken_for_absence(stage: Stage, draft: Draft) -> None:
    stage.needs(LOOKS)
    since = datetime.now(UTC)
    done = await lose(stage, draft, TAKEN)
    stage.network.pretend.revoke(OWNER)
    try:
        found = await stage.find(draft, done, since)
    except (SignInAgain, KeyExpired) as error:
        explained(error)
    else:
        assert found is not None, "what is public may be found without a key, but it is there"
        assert [found.remote_id] == stage.seen_ids


async def test_a_server_that_is_gone_is_looked_at_later(platform: Platform) -> None:
    async with staged(platform) as stage:
        stage.needs(LOOKS)
        draft = simplest(platform, stage.account.limits, pictures=1)
        done = await lose(stage, draft, TAKEN)
    async with Http(allow_private=True) as http:
        with pytest.raises(Later) as caught:
            await platform.publishes.find(http, stage.account, draft, done, since=datetime.now(UTC))
    explained(caught.value)


async def test_where_nothing_can_be_looked_up_the_owner_is_asked(stage: Stage, draft: Draft) -> None:
    if stage.platform.quality[LOOKS] != "exempt":
        pytest.skip(f"{stage.platform.name} looks by itself")
    done = await lose(stage, draft, TAKEN)
    with pytest.raises(CannotLook) as caught:
        await stage.find(draft, done, datetime.now(UTC))
    explained(caught.value)
