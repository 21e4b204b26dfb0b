"""Publishing Pins: what is sent, what Pinterest is spared, and boards that are gone."""

import base64
from dataclasses import asdict, replace

import pytest
from PIL import Image

from hawker.connect.errors import Later, Refused
from hawker.connect.http import Heard
from hawker.connect.shapes import PictureShape, VideoShape
from hawker.connect.values import Draft, Own
from hawker.platforms.pinterest import PLATFORM
from hawker.platforms.pinterest.limits import LIMITS, shapes
from hawker.platforms.pinterest.pin import body
from hawker.platforms.pinterest.tests.scene import DOCUMENT, TEXT, Scene, film, photo, post
from hawker.sandbox.tests.makers import draft, encoded, medium, pixels
from hawker.sandbox.tests.scene import problems
from tests.conformance import media as core
from tests.conformance.test_preview import drawn

LONG = "https://tea.example/menu"


async def test_a_pin_has_all_that_was_written(scene: Scene) -> None:
    board = scene.boards[1]
    published = await scene.post(post(board=board.id, title=" Bao ", link=LONG))
    (pin,) = scene.pins
    assert (published.remote_id, published.url) == (pin.id, f"{scene.world.site}/pin/{pin.id}/")
    assert (pin.board, pin.title, pin.description, pin.link) == (board.id, "Bao", TEXT, LONG)
    assert (pin.alt_text, pin.kind, pin.files[0].content) == ("Steam over bao", "image", pixels("JPEG"))


async def test_a_post_that_names_no_board_goes_to_the_first_one(scene: Scene) -> None:
    wish = post()
    done = await scene.prepare(wish)
    assert done == {"board": scene.boards[0].id}
    fewer = scene.at(replace(scene.shop, limits=LIMITS))
    await fewer.send(wish, done)
    assert await fewer.prepare(wish) == done
    assert scene.pins[0].board == scene.boards[0].id


async def test_what_is_chosen_later_comes_before_what_was_kept(scene: Scene) -> None:
    board = scene.boards[1].id
    await scene.send(post(board=board), {"board": scene.boards[0].id})
    assert scene.pins[0].board == board


async def test_an_account_without_a_board_is_told_to_make_one(scene: Scene) -> None:
    for board in scene.boards:
        del scene.world.boards[board.id]
    bare = scene.at(replace(scene.shop, limits=LIMITS))
    with pytest.raises(Refused, match="Make one at Pinterest") as refused:
        await bare.post(post())
    assert refused.value.field == "board"


async def test_a_board_that_is_gone_is_said_at_the_board(scene: Scene) -> None:
    board = scene.boards[0]
    del scene.world.boards[board.id]
    with pytest.raises(Refused, match="Choose another board") as refused:
        await scene.post(post(board=board.id))
    assert (refused.value.field, refused.value.code) == ("board", "404")


async def test_a_board_that_became_secret_is_said_at_the_board(scene: Scene) -> None:
    scene.boards[0].privacy = "SECRET"
    with pytest.raises(Refused, match="Choose another board") as refused:
        await scene.post(post())
    assert (refused.value.field, refused.value.code) == ("board", "403")


async def test_the_first_link_of_the_text_is_where_the_pin_leads(scene: Scene) -> None:
    await scene.post(post(text=f"早餐出爐了！{LONG}?a=1。還有 https://cake.example"))
    await scene.post(post(text=f"See {LONG}", link="https://shop.example"))
    await scene.post(post(text="No link at all"))
    assert [pin.link for pin in scene.pins] == [f"{LONG}?a=1", "https://shop.example", ""]


async def test_several_pictures_are_a_carousel(scene: Scene) -> None:
    await scene.post(post(photo("Bao"), photo(""), photo("Tea", colour="blue")))
    (pin,) = scene.pins
    assert (pin.kind, len(pin.files), pin.alt_text) == ("multiple_images", 3, "Bao\nTea")


async def test_pictures_of_a_carousel_that_differ_in_size_are_refused_at_the_media(scene: Scene) -> None:
    """Hawker makes them alike beforehand; this is what happens where it did not."""
    wide = medium(pixels("PNG"), "image/png")
    odd = medium(encoded(Image.new("RGB", (80, 30))), "image/png", size=(80, 30))
    with pytest.raises(Refused) as refused:
        await scene.post(post(wide, odd))
    assert refused.value.field == "media"


SIZES = [
    ((300, 450), (360, 360), (270, 180)),
    ((324, 324), (324, 405)),
    ((800, 600), (799, 601), (1000, 400)),
    ((333, 777), (501, 13)),
    ((20, 40), (300, 200)),
]


@pytest.mark.parametrize("sizes", SIZES)
async def test_pictures_of_a_carousel_are_made_of_one_size(
    scene: Scene, sizes: tuple[tuple[int, int], ...]
) -> None:
    pictures = [
        core.medium(f"picture-{number}", "image/png", encoded(Image.new("RGB", size)), *size, number)
        for number, size in enumerate(sizes)
    ]
    wish = post(*pictures)
    made = core.made_right(PLATFORM, wish, LIMITS)
    assert len({(each.width, each.height) for each in made}) == 1
    await scene.post(replace(wish, media=made))
    assert len(scene.pins[0].files) == len(sizes)


def test_a_single_picture_keeps_its_shape_and_a_video_gets_its_limits() -> None:
    (alone,) = shapes(post(), LIMITS)
    assert alone == PictureShape(types=LIMITS.image_types, bytes=10_000_000, side=4_096)
    video, cover = shapes(post(film(), photo()), LIMITS)
    assert isinstance(video, VideoShape)
    assert (video.shortest, video.longest, video.narrowest, video.widest) == (4, 900, 0.5, 1.91)
    assert cover == alone


async def test_a_video_goes_out_with_the_picture_at_a_second_as_cover(scene: Scene) -> None:
    heard = await _heard(scene, post(film(alt="Steam"), cover="3"))
    assert heard == ["POST /v5/media", "POST /store/", "GET /v5/media/…", "POST /v5/pins"]
    (pin,) = scene.pins
    assert (pin.kind, pin.alt_text, pin.files) == ("video", "Steam", ())
    assert pin.video == film().read()


async def test_a_picture_beside_a_video_is_its_cover(scene: Scene) -> None:
    await scene.post(post(photo("Cover"), film()))
    (pin,) = scene.pins
    assert (pin.kind, pin.alt_text) == ("video", "Cover")
    assert [file.content for file in pin.files] == [pixels("JPEG")]


async def _heard(scene: Scene, wish: Draft) -> list[str]:
    heard: list[Heard] = []
    await replace(scene, http=scene.http.heard_by(heard.append)).post(wish)
    return [f"{each.method} {_path(each)}" for each in heard]


def _path(heard: Heard) -> str:
    path = heard.path.removeprefix("/pinterest")
    return "/".join("…" if part.isdecimal() else part for part in path.split("/"))


async def test_what_is_sent_is_as_pinterests_document_says(scene: Scene) -> None:
    board = scene.boards[0].id
    wishes = (
        post(title="Bao", link=LONG),
        post(photo(), photo()),
        post(film()),
        post(film(), photo(), cover="2"),
    )
    assert [
        DOCUMENT.faults_of_request("POST", "/pins", await body(wish, board, "12")) for wish in wishes
    ] == [[]] * 4
    sent = await body(wishes[3], board, "12")
    assert sent["media_source"] == {
        "source_type": "video_id",
        "media_id": "12",
        "cover_image_content_type": "image/jpeg",
        "cover_image_data": base64.b64encode(pixels("JPEG")).decode(),
    }


REFUSED = [
    (draft(TEXT), "media"),
    (post(film(), film()), "media"),
    (post(film(), photo(), photo()), "media"),
    (post(title="x" * 101), "title"),
    (post(link="tea.example"), "link"),
    (post(link="https://tea.example/" + "x" * 2_048), "link"),
    (post(link="https://tea.example https://cake.example"), "link"),
    (post(board="Fresh today"), "board"),
    (post(film(), cover="soon"), "cover"),
    (post(film(), cover="7"), "cover"),
    (post(film(), cover="7" * 5_000), "cover"),
    (post(photo("x" * 300), photo("x" * 200)), "alt_text"),
]


@pytest.mark.parametrize(("wish", "field"), REFUSED)
async def test_what_pinterest_will_refuse_is_said_beforehand(scene: Scene, wish: Draft, field: str) -> None:
    assert [name for name, _ in problems(PLATFORM, wish)] == [field]
    with pytest.raises(Refused) as refused:
        await scene.prepare(wish)
    assert refused.value.field == field


def test_what_pinterest_takes_is_no_problem() -> None:
    for wish in (post(), post(film(), cover="6"), post(cover=""), post(*[photo("")] * 5), post(board="42")):
        assert problems(PLATFORM, wish) == []


def test_a_board_that_the_account_has_not_is_said_while_she_writes() -> None:
    limits = replace(LIMITS, own=(Own(option="board", value="42", label="Tea"),))
    check = PLATFORM.publishes.check
    assert [problem.field for problem in check(post(board="43"), limits)] == ["board"]
    assert check(post(board="42"), limits) == []


@pytest.mark.parametrize(("board", "named"), [("", "Tea"), ("1", "Tea"), ("2", "Cake"), ("3", "")])
def test_the_preview_names_the_board(board: str, named: str) -> None:
    boards = tuple(
        Own(option="board", value=value, label=name) for value, name in (("1", "Tea"), ("2", "Cake"))
    )
    account = {"name": "Shop", "handle": "shop", "limits": {"own": [asdict(each) for each in boards]}}
    page = drawn(PLATFORM, account=account, text="", options={"board": board})
    assert f'<span class="pinterest-board">{named}</span>' in page


async def test_with_trial_access_a_pin_is_taken_and_nobody_sees_it(scene: Scene) -> None:
    scene.behave(trial=True)
    published = await scene.post(post())
    assert [pin.hidden for pin in scene.pins] == [True]
    assert published.remote_id == scene.pins[0].id


async def test_a_pin_is_deleted_and_a_second_time_does_no_harm(scene: Scene) -> None:
    published = await scene.post(post())
    await scene.delete(published)
    assert scene.pins == []
    await scene.delete(published)


async def test_a_picture_that_cannot_be_read_now_is_tried_later(scene: Scene) -> None:
    def lost() -> bytes:
        raise Later(PLATFORM.options[0].label)

    wish = post(replace(photo(), read=lost))
    done = await scene.prepare(wish)
    with pytest.raises(Later):
        await scene.send(wish, done)
    assert scene.pins == []
