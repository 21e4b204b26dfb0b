"""Pictures are made to fit."""

import io

import pytest
from PIL import Image

from hawker.connect.errors import Refused
from hawker.platforms.bluesky.picture import Picture, fit
from hawker.platforms.bluesky.tests.world import SMALL, encode, noise

MOST = 2_000_000
ORIENTATION, GPS = 0x0112, 0x8825


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    image.load()
    assert image.get_format_mimetype() == picture.content_type
    assert image.size == (picture.width, picture.height)
    return image


def test_a_small_clean_picture_goes_out_as_it_is() -> None:
    assert fit(SMALL, MOST).data == SMALL
    webp = encode(Image.new("RGB", (20, 10), "red"), "WEBP")
    assert fit(webp, MOST).data == webp


@pytest.mark.parametrize(
    ("mode", "form"), [("RGB", "PNG"), ("RGB", "JPEG"), ("RGBA", "PNG"), ("RGBA", "WEBP")]
)
def test_a_large_picture_shrinks_below_a_million_bytes_and_keeps_its_shape(mode: str, form: str) -> None:
    options = {"quality": 100} if form != "PNG" else {}
    large = encode(noise(1320, 880, mode), form, **options)
    assert len(large) > MOST
    picture = fit(large, MOST)
    assert len(picture.data) <= 1_000_000
    assert picture.width / picture.height == pytest.approx(1.5, rel=0.01)
    assert opened(picture).mode == mode


def test_quality_goes_before_size() -> None:
    picture = fit(encode(noise(1100, 1000), "PNG"), MOST)
    assert (picture.content_type, picture.width, picture.height) == ("image/jpeg", 1100, 1000)


def test_a_server_with_a_low_limit_gets_a_smaller_one() -> None:
    assert len(fit(encode(noise(1200, 900), "PNG"), 120_000).data) <= 120_000


def test_a_limit_that_no_picture_meets_is_said() -> None:
    with pytest.raises(Refused) as caught:
        fit(encode(noise(300, 300), "PNG"), 100)
    assert caught.value.field == "media"


def test_a_flat_png_with_a_note_stays_a_png() -> None:
    image = Image.new("P", (500, 400))
    image.info["comment"] = "made at home"
    large = encode(image.convert("RGBA"), "PNG", exif=_exif(GPS))
    assert fit(large, MOST).content_type == "image/png"


def _exif(tag: int, value: object = 6) -> Image.Exif:
    exif = Image.Exif()
    if tag == GPS:
        exif.get_ifd(GPS)[1] = "N"
        exif[0x010E] = "a place"
    else:
        exif[tag] = value
    return exif


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_noted_does_not_go_out(form: str) -> None:
    noted = encode(Image.new("RGB", (60, 40), "teal"), form, exif=_exif(GPS))
    assert Image.open(io.BytesIO(noted)).getexif()
    image = opened(fit(noted, MOST))
    assert not image.getexif()
    assert "exif" not in image.info


def test_a_picture_that_lies_on_its_side_is_set_upright() -> None:
    lying = encode(Image.new("RGB", (60, 40), "teal"), "JPEG", exif=_exif(ORIENTATION))
    assert (fit(lying, MOST).width, fit(lying, MOST).height) == (40, 60)


def test_a_picture_that_moves_is_shown_by_its_first_frame() -> None:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    moving = encode(frames[0], "GIF", save_all=True, append_images=frames[1:])
    picture = fit(moving, MOST)
    assert picture.content_type == "image/png"
    assert opened(picture).convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_colours_for_print_become_colours_for_screens() -> None:
    printed = encode(Image.new("CMYK", (30, 20)), "JPEG", comment="from the printer")
    assert opened(fit(printed, MOST)).mode == "RGB"


@pytest.mark.parametrize("data", [b"", b"no picture", SMALL[:-30]])
def test_what_cannot_be_read_is_said_at_the_media(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        fit(data, MOST)
    assert caught.value.field == "media"


@pytest.mark.parametrize("side", [7_500, 14_000])
def test_a_pixel_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    bomb = encode(Image.new("1", (side, side)), "PNG")
    assert len(bomb) < 200_000
    with pytest.raises(Refused) as caught:
        fit(bomb, MOST)
    assert caught.value.field == "media"
