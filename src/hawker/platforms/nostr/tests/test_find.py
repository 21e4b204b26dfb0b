"""Looking for a note whose answer was lost: the relays are asked for it by its id."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hawker.connect.errors import Later, OutcomeUnknown
from hawker.connect.values import Draft, Published
from hawker.platforms.nostr.tests.scene import Scene, other_relay
from hawker.sandbox.faults import Kind
from hawker.sandbox.tests.makers import draft, medium, picture
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


async def test_where_a_backup_knows_no_event_the_words_tell(scene: Scene) -> None:
    assert await look(scene, draft("Tea"), {}) is None
    plain, shown = await scene.post(draft("Tea")), await scene.post(draft("Tea", picture()))
    below = await scene.post(replace(draft("Tea"), reply_to=plain))
    again = [draft("Tea"), draft("Tea", picture()), replace(draft("Tea"), reply_to=plain)]
    assert [await look(scene, each, {}) for each in again] == [plain, shown, below]
    assert await look(scene, draft("Tea, fresh"), {}) is None
    assert await scene.find(draft("Tea"), datetime.now(UTC) + timedelta(minutes=2)) is None
    assert await scene.find(draft("Tea"), datetime.now(UTC), known=[plain.remote_id]) is None


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
