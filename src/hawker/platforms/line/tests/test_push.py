"""Messages to friends by name: one for each person of a list."""

from dataclasses import replace
from datetime import UTC, datetime

import aiohttp
import pytest

from hawker.connect.errors import Refused
from hawker.connect.values import Draft, Recipient
from hawker.platforms.line.crowd import CHOOSING
from hawker.platforms.line.sandbox_world import Person
from hawker.platforms.line.tests.ear import listening
from hawker.platforms.line.tests.scene import Scene, card, choosing, problems
from hawker.sandbox.faults import Kind
from hawker.sandbox.tests.makers import draft


@pytest.fixture
def lin(scene: Scene) -> Person:
    return scene.world.befriend(scene.account, "林小姐")


def to(person: Person, post: Draft) -> Draft:
    return replace(post, to=Recipient(address=person.id, name=person.name))


async def test_it_goes_to_one_person_and_costs_one_message(scene: Scene, lin: Person) -> None:
    picture = scene.picture()
    published = await scene.post(to(lin, draft("您的茶到了", picture, sound="silent")))
    (sent,) = scene.sent
    assert (published.remote_id, published.url) == (sent.id, scene.shop.url)
    assert (sent.way, sent.to, sent.silent, scene.account.used) == ("push", lin, True, 1)
    assert [each.kind for each in sent.bubbles] == ["text", "image"]


async def test_a_card_goes_to_one_person_too(scene: Scene, lin: Person) -> None:
    await scene.post(to(lin, card("阿嬤手作")))
    assert [each.kind for each in scene.bubbles] == ["card"]


async def test_what_line_took_is_found_by_its_key_and_never_sent_twice(scene: Scene, lin: Person) -> None:
    post = to(lin, draft("茶"))
    done = await scene.lose(post)
    found = await scene.find(post, datetime.now(UTC), done)
    again = await scene.send(post, done)
    assert found is not None
    assert found.remote_id == again.remote_id == scene.sent[0].id
    assert len(scene.sent) == 1


async def test_what_line_never_took_goes_out_once(scene: Scene, lin: Person) -> None:
    post = to(lin, draft("茶"))
    done = await scene.lose(post, Kind.reset_before)
    assert await scene.find(post, datetime.now(UTC), done) is None
    await scene.send(post, done)
    assert len(scene.sent) == 1


async def test_a_lost_message_is_looked_for_when_the_person_is_forgotten(scene: Scene, lin: Person) -> None:
    post = to(lin, draft("茶"))
    done = await scene.lose(post)
    forgotten = replace(post, to=Recipient(address=""))
    assert await scene.find(forgotten, datetime.now(UTC), done) is not None


async def test_whoever_blocked_the_account_or_never_was_a_friend_is_refused_alone(
    scene: Scene, lin: Person
) -> None:
    chen = scene.world.befriend(scene.account, "陳太太")
    scene.world.block(scene.account, lin)
    stranger = Person(id="U" + "0" * 32, name="nobody")
    for person in (lin, stranger):
        with pytest.raises(Refused, match="no friend of this account") as caught:
            await scene.post(to(person, draft("茶")))
        assert (caught.value.field, caught.value.code) == ("audience", "400")
    await scene.post(to(chen, draft("茶")))
    assert ([each.to for each in scene.sent], scene.account.used) == ([chen], 1)


async def test_where_line_takes_it_for_nobody_it_counts_as_sent(scene: Scene, lin: Person) -> None:
    """No document tells which of the two LINE does."""
    scene.behave(mute=True)
    scene.world.block(scene.account, lin)
    published = await scene.post(to(lin, draft("茶")))
    assert published.remote_id
    assert (scene.account.shown, scene.account.used) == ([], 0)


async def test_a_used_up_month_stops_it(scene: Scene, lin: Person) -> None:
    scene.account.quota, scene.account.used = 200, 200
    with pytest.raises(Refused, match="used up"):
        await scene.post(to(lin, draft("茶")))


async def test_one_message_left_is_enough_and_an_hours_broadcasts_do_not_matter(
    scene: Scene, lin: Person
) -> None:
    scene.account.quota, scene.account.used, scene.account.hourly = 200, 199, 0
    await scene.post(to(lin, draft("茶")))
    assert scene.account.used == 200


@pytest.mark.parametrize("name", CHOOSING)
async def test_line_chooses_nobody_among_a_list(scene: Scene, lin: Person, name: str) -> None:
    post = to(lin, choosing({name: "20"}))
    ((field, words),) = problems(post)
    assert field == name
    assert "each person of your list" in words
    with pytest.raises(Refused, match="each person of your list"):
        await scene.prepare(post)


async def test_a_repeated_call_is_answered_with_the_ids_of_the_first(scene: Scene, lin: Person) -> None:
    post = to(lin, draft("茶"))
    await scene.post(post)
    headers = {"Authorization": f"Bearer {scene.account.token}", "X-Line-Retry-Key": str(post.key)}
    async with (
        aiohttp.ClientSession(headers=headers) as browser,
        browser.post(f"{scene.network.address}/v2/bot/message/push", json={"messages": []}) as answer,
    ):
        told = await answer.json()
    assert (answer.status, len(told["sentMessages"])) == (409, 1)


async def test_a_visitor_becomes_a_friend_and_blocks_the_account_on_its_page(scene: Scene) -> None:
    page = scene.shop.url
    async with aiohttp.ClientSession() as visitor, listening() as ear:
        scene.network.pretend.tell(ear.address)  # type: ignore[attr-defined]
        await visitor.post(f"{page}/friends", data={"name": "<b>林</b>"})
        await visitor.post(f"{page}/friends", data={"name": " "})
        (person,) = scene.account.people.values()
        await scene.post(to(person, draft("茶")))
        async with visitor.get(page) as answer:
            shown = await answer.text()
        assert shown.count("&lt;b&gt;林&lt;/b&gt;") == 2
        assert "to &lt;b&gt;林" in shown
        await visitor.post(f"{page}/blocked", data={"id": "U0"})
        await visitor.post(f"{page}/blocked", data={"id": person.id})
        assert not person.friend
        assert len([await ear.next(), await ear.next()]) == 2
