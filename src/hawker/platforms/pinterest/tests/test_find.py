"""Lost answers: the board's Pins are read and compared."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from hawker.connect.errors import CannotLook
from hawker.connect.http import Json
from hawker.platforms.pinterest import lookup
from hawker.platforms.pinterest.pin import UNTOLD, Pin, page_of
from hawker.platforms.pinterest.tests.scene import TEXT, Scene, film, photo, post
from hawker.sandbox.faults import Kind
from hawker.sandbox.tests.strangers import Stranger

NOW = datetime.now(UTC)
LINK = "https://tea.example/menu"


@pytest.mark.parametrize("zoned", [False, True])
async def test_a_pin_whose_answer_was_lost_is_found(scene: Scene, zoned: bool) -> None:
    scene.behave(zoned=zoned)
    wish = post(title="Bao", link=LINK)
    found = await scene.find(wish, NOW, await scene.lose(wish))
    assert found is not None
    assert found.url == f"{scene.world.site}/pin/{scene.pins[0].id}/"


async def test_a_pin_that_never_came_is_absent(scene: Scene) -> None:
    wish = post()
    done = await scene.lose(wish, Kind.reset_before)
    assert await scene.find(wish, NOW, done) is None


async def test_what_is_like_it_is_not_adopted(scene: Scene) -> None:
    wish = post(title="Bao", link=LINK)
    alike = (
        replace(wish, options={"title": "Buns", "link": LINK}),
        replace(wish, options={"title": "Bao", "link": "https://cake.example"}),
        replace(wish, text="Fresh bao at seven."),
        replace(wish, media=(photo(), photo())),
        replace(wish, media=(film(),)),
        replace(wish, options={"title": "Bao", "link": LINK, "board": scene.boards[1].id}),
    )
    for each in alike:
        await scene.post(each)
    done = {"board": scene.boards[0].id}
    assert await scene.find(wish, NOW, done) is None
    assert await scene.find(replace(wish, media=(photo(), photo(), photo())), NOW, done) is None
    assert await scene.find(alike[3], NOW, done)


async def test_a_pin_of_before_and_one_that_is_known_are_not_adopted(scene: Scene) -> None:
    wish = post()
    twin = await scene.post(wish)
    done = {"board": scene.boards[0].id}
    assert await scene.find(wish, NOW, done, {twin.remote_id}) is None
    assert await scene.find(wish, datetime.now(UTC) + timedelta(minutes=1), done) is None
    assert await scene.find(wish, NOW, done) == twin


async def test_pins_on_all_pages_are_looked_at_however_they_are_arranged(scene: Scene) -> None:
    wish = post()
    done = await scene.lose(wish)
    (pin,) = scene.pins
    for number in range(600):
        other = replace(pin, id=str(number + 1), description=f"Tea {number}")
        scene.world.pins[other.id] = other
    found = await scene.find(wish, NOW, done)
    scene.behave(arranged=True)
    assert found == await scene.find(wish, NOW, done)
    assert found is not None
    assert found.remote_id == pin.id


async def test_a_link_that_pinterest_does_not_tell_proves_nothing(scene: Scene) -> None:
    scene.behave(tells_links=False)
    wish = post(link=LINK)
    assert await scene.find(wish, NOW, await scene.lose(wish))


async def test_on_a_board_that_is_gone_there_is_nothing(scene: Scene) -> None:
    wish = post()
    done = await scene.lose(wish)
    del scene.world.boards[scene.boards[0].id]
    assert await scene.find(wish, NOW, done) is None


async def test_a_board_with_too_many_pins_is_left_to_the_owner(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MOST", 2)
    wish = post()
    done = await scene.lose(wish)
    for _ in range(2):
        await scene.post(post(text="Tea"))
    scene.behave(arranged=True)
    found = await scene.find(wish, NOW, done)
    assert found is not None
    with pytest.raises(CannotLook, match="too many Pins"):
        await scene.find(wish, NOW, done, {found.remote_id})


async def test_a_pin_of_which_pinterest_tells_little_may_be_it(scene: Scene, stranger: Stranger) -> None:
    board = scene.boards[0].id
    told: Json = {"items": [{"id": 7, "description": f" {TEXT}\n", "media": None, "created_at": "soon"}]}
    stranger.says = {f"GET /v5/boards/{board}/pins": web.json_response(told)}
    found = await scene.beside(stranger).find(post(), NOW, {"board": board})
    assert found is not None
    assert found.remote_id == "7"


def test_a_pin_is_read_as_pinterest_tells_it() -> None:
    plain = Pin.model_validate({"id": "1", "created_at": "2022-10-13T01:40:29", "creative_type": "VIDEO"})
    assert (plain.at, plain.kind) == (datetime(2022, 10, 13, 1, 40, 29, tzinfo=UTC), "video")
    zoned = Pin.model_validate({"id": "1", "created_at": "2022-10-13T01:40:29-00:00"})
    assert (zoned.at, zoned.kind) == (plain.at, "")
    assert Pin.model_validate({"id": "1"}).at == UNTOLD


def test_links_are_compared_by_their_page() -> None:
    same = ("https://tea.example/menu", "http://www.tea.example/Menu/", "https://tea.example/menu?utm=pin#a")
    assert len({page_of(link) for link in same}) == 1
    assert page_of("https://tea.example/") != page_of("https://cake.example/")


def test_links_in_chinese_are_the_same_however_they_are_written() -> None:
    same = (
        "https://包子.tw/菜單",
        "https://xn--uirw6q.tw/%E8%8F%9C%E5%96%AE",
        "https://包子.tw/%e8%8f%9c%e5%96%ae/?utm=pin",
    )
    assert len({page_of(link) for link in same}) == 1


@pytest.mark.parametrize("link", ["https://[tea", "https://tea.example:port/", "https://"])
def test_a_link_that_is_none_is_compared_as_it_is(link: str) -> None:
    assert page_of(link) == page_of(link) != page_of("https://tea.example/")
