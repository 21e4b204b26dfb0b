"""Looking for a note whose answer was lost: the relays are asked for it by its id."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import CannotLook, Later, OutcomeUnknown, Refused
from hawker.connect.values import Draft, Published
from hawker.platforms.nostr import events
from hawker.platforms.nostr.keys import Key
from hawker.platforms.nostr.tests.scene import Scene, aged, other_relay
from hawker.sandbox.faults import Kind
from hawker.sandbox.tests.makers import draft, medium, picture
from hawker.sandbox.tests.strangers import gate
from tests.conformance.elsewhere import closed_port

NOW = datetime.now(UTC)


async def look(scene: Scene, post: Draft, done: Mapping[str, str]) -> Published | None:
    return await scene.find(post, NOW, done)


async def test_what_the_relay_has_is_found_under_the_id_it_was_given_before(scene: Scene) -> None:
    post = draft("烏龍茶到貨", medium())
    done = await scene.lose(post)
    found = await look(scene, post, done)
    assert found == await scene.send(post, done)
    assert found is not None
    assert [each.id for each in scene.notes] == [found.remote_id]


async def test_what_the_relay_never_took_is_sent_as_the_same_event(scene: Scene) -> None:
    post = draft("Tea")
    done = await scene.lose(post, Kind.reset_before)
    assert await look(scene, post, done) is None
    published = await scene.send(post, done)
    assert f'"id":"{published.remote_id}"' in done["event"]


async def test_where_a_backup_knows_no_event_the_drafts_own_note_is_found(scene: Scene) -> None:
    plain, shown = draft("Tea"), draft("Tea", picture())
    above = await scene.post(plain)
    below = draft("Tea", reply_to=above)
    published = [above, await scene.post(shown), await scene.post(below)]
    assert [await look(scene, each, {}) for each in (plain, shown, below)] == published
    assert await look(scene, draft("Tea, fresh"), {}) is None
    assert await scene.find(plain, datetime.now(UTC) + timedelta(minutes=20)) is None


async def test_work_does_not_hide_whose_note_it_is(scene: Scene) -> None:
    scene.pretend.relay.rules.work = 12
    diligent, post = scene.at(await scene.sign_in()), draft("Tea")
    published = await diligent.post(post)
    assert await look(diligent, post, {}) == published


async def test_a_lost_answer_and_a_restore_in_the_same_second_leave_one_note(scene: Scene) -> None:
    """What is signed again in that second is the same event; a second later it would be another one."""
    post = draft("Tea")
    await scene.lose(post)
    found = await look(scene, post, {})
    assert found is not None
    assert [each.id for each in scene.notes] == [found.remote_id]


async def test_after_a_restore_each_of_two_posts_with_equal_words_finds_its_own(scene: Scene) -> None:
    first, second = draft("早安"), draft("早安")
    ids = [(await scene.post(each)).remote_id for each in (first, second)]
    found = [await look(scene, each, {}) for each in (second, first)]
    assert [each.remote_id for each in found if each] == ids[::-1]


async def test_after_a_restore_the_same_words_under_another_key_are_for_their_owner_to_judge(
    scene: Scene,
) -> None:
    """A post that was saved anew has another key; so has one that was written twice."""
    told, shown = await scene.post(draft("Tea")), await scene.post(draft("Tea", picture()))
    for again in (draft("Tea"), draft("Tea", picture())):
        with pytest.raises(CannotLook) as caught:
            await look(scene, again, {})
        assert "the same words is out" in str(caught.value)
    known = [told.remote_id, shown.remote_id]
    assert await scene.find(draft("Tea"), NOW, known=known) is None
    assert await look(scene, draft("T", picture()), {}) is None
    assert await look(scene, draft("Tea", reply_to=told), {}) is None


async def test_what_somebody_else_wrote_is_not_taken_for_hers(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relay may tell what it was not asked for."""
    others = events.write(Key.make(), events.Kind.note, content="Tea")
    monkeypatch.setattr(scene.pretend.store, "find", lambda *_, **__: [others])
    assert await look(scene, draft("Tea"), {}) is None


async def test_after_a_restore_the_relay_that_is_away_may_be_the_one_that_has_it(scene: Scene) -> None:
    post = draft("Tea")
    async with other_relay() as second:
        second.rules.refusal = "rate-limited: slow down"
        published = await scene.on(scene.relay, second.address).post(post)
        with pytest.raises(Later):
            await look(scene.on(closed_port(), second.address), post, {})
        async with gate() as bakery:
            with pytest.raises(CannotLook) as caught:
                await look(scene.on(bakery, second.address), post, {})
        assert "Not all of your relays" in str(caught.value)
        assert await look(scene.on(second.address), post, {}) is None
        found = await look(scene.on(closed_port(), scene.relay), post, {})
        assert found is not None
        assert found.remote_id == published.remote_id


async def test_a_note_is_found_behind_more_than_a_relay_tells_at_once(scene: Scene) -> None:
    post = draft("Tea")
    published = await scene.post(post)
    for minute in range(1, 6):
        at = datetime.now(UTC) + timedelta(minutes=minute)
        scene.pretend.store.keep(events.write(scene.key, events.Kind.note, content="More", at=at))
    scene.pretend.relay.rules.limit = 2
    assert await look(scene, post, {}) == published


async def test_a_note_that_was_deleted_since_is_not_there_and_does_not_come_back(scene: Scene) -> None:
    post = draft("Tea")
    done = await scene.prepare(post)
    await scene.delete(await scene.send(post, done))
    assert await look(scene, post, done) is None
    assert scene.notes == []


async def test_a_note_that_too_few_have_is_offered_to_the_others(scene: Scene) -> None:
    post = draft("Tea")
    async with other_relay() as second:
        shop = scene.on(scene.relay, second.address, enough=2)
        second.rules.refusal = "rate-limited: slow down"
        done = await shop.prepare(post)
        with pytest.raises(OutcomeUnknown):
            await shop.send(post, done)
        with pytest.raises(Later):
            await look(shop, post, done)
        second.rules.refusal = ""
        found = await look(shop, post, done)
        assert found is not None
        assert [each.id for each in second.notes()] == [found.remote_id]


async def test_a_relay_that_refuses_for_good_does_not_take_the_note_back(scene: Scene) -> None:
    post = draft("Tea")
    async with other_relay() as second:
        shop = scene.on(scene.relay, second.address, enough=2)
        second.rules.refusal = "blocked: no tea here"
        done = await shop.prepare(post)
        with pytest.raises(OutcomeUnknown):
            await shop.send(post, done)
        assert await look(shop, post, done) is not None
    assert len(scene.notes) == 1


async def test_one_relay_that_answers_is_enough_to_send_again(scene: Scene) -> None:
    """The same event again is harmless, wherever it may have arrived."""
    post = draft("Tea")
    done = await scene.prepare(post)
    gone = closed_port()
    assert await look(scene.on(gone, scene.relay), post, done) is None
    with pytest.raises(Later):
        await look(scene.on(gone, scene.relay, enough=2), post, done)


@pytest.mark.parametrize("age", [timedelta(hours=3), -timedelta(minutes=20)])
async def test_what_waited_long_is_dated_anew(scene: Scene, age: timedelta) -> None:
    """Else its readers find it far down, and relays refuse what a wrong clock dated for ever."""
    post = draft("Tea", medium())
    done = aged(scene.key, await scene.prepare(post), age)
    begun = int(datetime.now(UTC).timestamp())
    anew = await scene.prepare(post, done)
    assert list(anew) == ["event"]
    published = await scene.send(post, {**done, **anew})
    assert [each.created_at >= begun for each in scene.notes] == [True]
    assert await look(scene, post, done) == await look(scene, post, {**done, **anew}) == published


async def test_what_a_relay_has_or_may_have_keeps_its_date(scene: Scene) -> None:
    post = draft("Tea")
    done = aged(scene.key, await scene.prepare(post), timedelta(hours=3))
    away = scene.on(closed_port(), scene.relay)
    assert await away.prepare(post, done) == {}
    published = await scene.send(post, done)
    assert await scene.prepare(post, done) == {}
    assert await look(scene, post, done) == published
    await scene.delete(published)
    assert await scene.prepare(post, done) == {}
    assert await look(scene, post, done) is None
    with pytest.raises(Refused):
        await scene.send(post, done)
    assert scene.notes == []


async def test_a_stale_note_is_absent_only_where_each_relay_says_so(scene: Scene) -> None:
    post = draft("Tea")
    done = aged(scene.key, await scene.prepare(post), timedelta(hours=3))
    with pytest.raises(Later):
        await look(scene.on(closed_port(), scene.relay), post, done)
    assert await look(scene, post, done) is None
